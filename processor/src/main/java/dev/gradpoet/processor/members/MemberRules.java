package dev.gradpoet.processor.members;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.NetworkReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Compares the methods of an interface with those of the class that is about to be generated from it. The class must implement every abstract method
 * of the interface, and no method with a body may conflict with a method of the class, of {@code Model} or of Object.
 */
public final class MemberRules {

  private static final ClassName MODEL = ClassName.get("dev.gradpoet.runtime", "Model");

  private final Types types;
  private final NetworkReader reader;
  private final Inheritance inheritance;

  public MemberRules(Elements elements, Types types, NetworkReader reader) {
    this.types = types;
    this.reader = reader;
    this.inheritance = new Inheritance(elements, types);
  }

  /** Compares the interface of a declaration with the class that is generated from it. */
  public Comparison compare(TypeElement declaration, String packageName, TypeSpec generated) {
    return new OneDeclaration(declaration, packageName, generated).compare();
  }

  private final class OneDeclaration {

    private final TypeElement declaration;
    private final Optional<TypeElement> model;
    private final List<ClassMethod> provided;
    private final Compatibility compatibility;
    private final Comparison comparison = new Comparison();
    private final Set<String> reported = new HashSet<>();

    OneDeclaration(TypeElement declaration, String packageName, TypeSpec generated) {
      this.declaration = declaration;
      this.model = Optional.ofNullable(visible(MODEL.canonicalName()));
      this.provided = new ArrayList<>();
      generated.methodSpecs().stream()
          .filter(method -> !method.isConstructor())
          .map(ClassMethod::of)
          .forEach(provided::add);
      if (generated.superclass() instanceof ClassName above && !above.equals(ClassName.OBJECT)) {
        inheritance.ofClass(visible(above.canonicalName())).stream()
            .map(ClassMethod::ofElement)
            .forEach(provided::add);
      }
      model.stream()
          .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
          .filter(ExecutableElement::isDefault)
          .map(ClassMethod::ofElement)
          .forEach(provided::add);
      Map<ClassName, TypeSpec> types = new HashMap<>();
      ClassName name = ClassName.get(packageName, generated.name());
      types.put(name, generated);
      generated.typeSpecs().forEach(nested -> types.put(name.nestedClass(nested.name()), nested));
      this.compatibility =
          new Compatibility(MemberRules.this.types, this::visible, types, declaration.asType());
    }

    private TypeElement visible(String name) {
      return reader.visible(declaration, name);
    }

    Comparison compare() {
      List<InterfaceMethod> all = inheritance.of(declaration).stream()
          .filter(declared -> model.filter(declared.owner()::equals).isEmpty())
          .toList();
      Set<InterfaceMethod> conflicting = conflicts(all);
      for (InterfaceMethod declared : all) {
        if (!conflicting.contains(declared)) {
          check(declared);
        }
      }
      return comparison;
    }

    /** Reports inherited methods that conflict with each other unless the interface overrides them. */
    private Set<InterfaceMethod> conflicts(List<InterfaceMethod> all) {
      Set<InterfaceMethod> found = new HashSet<>();
      for (int i = 0; i < all.size(); i++) {
        for (InterfaceMethod other : all.subList(i + 1, all.size())) {
          InterfaceMethod one = all.get(i);
          String both = declaration.getSimpleName() + " inherits " + one.describe() + " and "
              + other.describe();
          if (inheritance.nameClash(one, other)) {
            found.addAll(List.of(one, other));
            conflict(
                one,
                both
                    + ", which have the same erasure, expected different names: rename one of the two");
          } else if (!(one.isAbstract() && other.isAbstract())
              && inheritance.sameSignature(one, other)) {
            found.addAll(List.of(one, other));
            conflict(
                one,
                both
                    + ", at least one of which has a body, expected the interface to choose: override "
                    + one.name() + " here");
          }
        }
      }
      return found;
    }

    private void conflict(InterfaceMethod one, String text) {
      comparison.clash = true;
      report(one, ProblemCode.INHERITED_CONFLICT, text);
    }

    private void check(InterfaceMethod declared) {
      if (isMethodOfObject(declared)) {
        return;
      }
      Optional<ClassMethod> met = provided.stream()
          .filter(method -> method.hasErasure(declared.name(), declared.erased())
              || method.hasErasure(declared.name(), declared.descriptor()))
          .findFirst();
      if (met.isEmpty()) {
        if (declared.isAbstract()) {
          missing(declared);
        }
      } else if (!declared.isAbstract()) {
        clash(
            declared,
            "the method " + declared.describe() + " has a body and conflicts with "
                + origin(met.get()) + met.get().describe()
                + ", expected a different name or parameters: rename it, or change its parameters");
      } else {
        implement(declared, met.get());
      }
    }

    private void implement(InterfaceMethod declared, ClassMethod method) {
      Optional<String> obstacle = compatibility.obstacle(method, declared);
      if (obstacle.isPresent()) {
        clash(
            declared,
            "the method " + TypeNames.of(declared.returns()) + " " + declared.describe()
                + " conflicts with "
                + origin(method) + method.describe() + ", " + obstacle.get()
                + ": change its declaration to match, or rename it");
      } else if (method.byDefault() && extendsModel()) {
        clash(
            declared,
            "the method " + declared.describe() + " would override " + origin(method)
                + method.describe() + ", expected no redeclaration: remove it");
      } else if (method.byDefault() && reported.add(declared.name() + declared.erased())) {
        comparison.bridges.add(Bridge.of(method));
      }
    }

    private boolean extendsModel() {
      return model
          .filter(type -> types.isSubtype(declaration.asType(), type.asType()))
          .isPresent();
    }

    private void missing(InterfaceMethod declared) {
      if (comparison.missing.stream().noneMatch(declared::hasErasureOf)) {
        comparison.missing.add(declared);
      }
      if (declared.own()) {
        report(
            declared,
            ProblemCode.UNANNOTATED_METHOD,
            declared.describe()
                + " has no body, is not a layer, and is not a method of the generated class:"
                + " declare a layer as \"@Linear(out = ..) Layer " + declared.name()
                + "();\", or give the method a default body");
      } else {
        report(
            declared,
            ProblemCode.INHERITED_METHOD,
            "the inherited method " + declared.describe()
                + " has no body and is not a method of the generated class: give it a default body,"
                + " or redeclare it here if it is a layer");
      }
    }

    /** Whether Object has the method, which then either implements it or conflicts with it. */
    private boolean isMethodOfObject(InterfaceMethod declared) {
      Optional<ExecutableElement> met =
          ElementFilter.methodsIn(visible("java.lang.Object").getEnclosedElements()).stream()
              .filter(method -> !method.getModifiers().contains(Modifier.PRIVATE))
              .filter(method ->
                  ClassMethod.ofElement(method).hasErasure(declared.name(), declared.erased()))
              .findFirst();
      if (met.isEmpty()) {
        return false;
      }
      Set<Modifier> modifiers = met.get().getModifiers();
      ClassMethod method = ClassMethod.ofElement(met.get());
      if (!declared.isAbstract()
          || !modifiers.contains(Modifier.PUBLIC)
          || modifiers.contains(Modifier.FINAL)
          || compatibility.obstacle(method, declared).isPresent()) {
        clash(
            declared,
            "the method " + declared.describe() + (declared.isAbstract() ? "" : " has a body and")
                + " conflicts with Object's " + method.describe()
                + ", which every class has: rename it");
      }
      return true;
    }

    private String origin(ClassMethod method) {
      return method.byDefault() ? "Model's " : "the generated class's ";
    }

    private void clash(InterfaceMethod declared, String text) {
      comparison.clash = true;
      report(declared, ProblemCode.METHOD_CLASH, text);
    }

    /** Reports a problem with a method, once per signature. Layers are skipped, because they have already been validated. */
    private void report(InterfaceMethod declared, ProblemCode code, String text) {
      if (reader.isMeantAsLayer(declared.element()) && declared.own()) {
        return;
      }
      if (reported.add(declared.name() + declared.erased())) {
        Site site = reader.site(declared.own() ? declared.element() : declaration);
        comparison.problems.add(new Problem(code, text, site));
      }
    }
  }
}
