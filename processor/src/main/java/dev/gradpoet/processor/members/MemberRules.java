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
 * Judges the methods of an interface beside those of the class that is generated from it, as that class is about to be written: an abstract
 * method that it has is implemented, and no other method may meet one of its own, or of {@code Model} or Object.
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

  /** Compares a declaration, an interface, with the class that is generated from it in a package. */
  public Comparison compare(TypeElement declaration, String packageName, TypeSpec generated) {
    return new OneDeclaration(declaration, packageName, generated).compare();
  }

  private final class OneDeclaration {

    private final TypeElement declaration;
    private final Optional<TypeElement> model;
    private final List<Provided> provided;
    private final Fit fit;
    private final Comparison comparison = new Comparison();
    private final Set<String> said = new HashSet<>();

    OneDeclaration(TypeElement declaration, String packageName, TypeSpec generated) {
      this.declaration = declaration;
      this.model = Optional.ofNullable(visible(MODEL.canonicalName()));
      this.provided = new ArrayList<>();
      generated.methodSpecs().stream()
          .filter(method -> !method.isConstructor())
          .map(Provided::of)
          .forEach(provided::add);
      if (generated.superclass() instanceof ClassName above && !above.equals(ClassName.OBJECT)) {
        inheritance.ofClass(visible(above.canonicalName())).stream()
            .map(Provided::ofElement)
            .forEach(provided::add);
      }
      model.stream()
          .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
          .filter(ExecutableElement::isDefault)
          .map(Provided::ofElement)
          .forEach(provided::add);
      Map<ClassName, TypeSpec> types = new HashMap<>();
      ClassName name = ClassName.get(packageName, generated.name());
      types.put(name, generated);
      generated.typeSpecs().forEach(nested -> types.put(name.nestedClass(nested.name()), nested));
      this.fit = new Fit(MemberRules.this.types, this::visible, types, declaration.asType());
    }

    private TypeElement visible(String name) {
      return reader.visible(declaration, name);
    }

    Comparison compare() {
      List<Wanted> all = inheritance.of(declaration).stream()
          .filter(wanted -> model.filter(wanted.owner()::equals).isEmpty())
          .toList();
      Set<Wanted> conflicting = conflicts(all);
      for (Wanted wanted : all) {
        if (!conflicting.contains(wanted)) {
          judge(wanted);
        }
      }
      return comparison;
    }

    /** Reports inherited methods of which the interface does not say which is meant. */
    private Set<Wanted> conflicts(List<Wanted> all) {
      Set<Wanted> found = new HashSet<>();
      for (int i = 0; i < all.size(); i++) {
        for (Wanted other : all.subList(i + 1, all.size())) {
          Wanted one = all.get(i);
          String both = declaration.getSimpleName() + " inherits " + one.inWords() + " and "
              + other.inWords();
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

    private void conflict(Wanted one, String text) {
      comparison.clash = true;
      report(one, ProblemCode.INHERITED_CONFLICT, text);
    }

    private void judge(Wanted wanted) {
      if (meetsObject(wanted)) {
        return;
      }
      Optional<Provided> met = provided.stream()
          .filter(method -> method.hasErasure(wanted.name(), wanted.erased())
              || method.hasErasure(wanted.name(), wanted.descriptor()))
          .findFirst();
      if (met.isEmpty()) {
        if (wanted.isAbstract()) {
          missing(wanted);
        }
      } else if (!wanted.isAbstract()) {
        clash(
            wanted,
            "the method " + wanted.inWords() + " has a body and conflicts with "
                + origin(met.get()) + met.get().inWords()
                + ", expected a different name or parameters: rename it, or change its parameters");
      } else {
        implement(wanted, met.get());
      }
    }

    private void implement(Wanted wanted, Provided method) {
      Optional<String> obstacle = fit.obstacle(method, wanted);
      if (obstacle.isPresent()) {
        clash(
            wanted,
            "the method " + Words.of(wanted.returns()) + " " + wanted.inWords() + " conflicts with "
                + origin(method) + method.inWords() + ", " + obstacle.get()
                + ": change its declaration to match, or rename it");
      } else if (method.byDefault() && extendsModel()) {
        clash(
            wanted,
            "the method " + wanted.inWords() + " would override " + origin(method)
                + method.inWords() + ", expected no redeclaration: remove it");
      } else if (method.byDefault() && said.add(wanted.name() + wanted.erased())) {
        comparison.bridges.add(Bridge.of(method));
      }
    }

    private boolean extendsModel() {
      return model
          .filter(type -> types.isSubtype(declaration.asType(), type.asType()))
          .isPresent();
    }

    private void missing(Wanted wanted) {
      if (comparison.missing.stream().noneMatch(wanted::hasErasureOf)) {
        comparison.missing.add(wanted);
      }
      if (wanted.own()) {
        report(
            wanted,
            ProblemCode.UNANNOTATED_METHOD,
            wanted.inWords()
                + " has no body, is not a layer, and is not a method of the generated class:"
                + " declare a layer as \"@Linear(out = ..) Layer " + wanted.name()
                + "();\", or give the method a default body");
      } else {
        report(
            wanted,
            ProblemCode.INHERITED_METHOD,
            "the inherited method " + wanted.inWords()
                + " has no body and is not a method of the generated class: give it a default body,"
                + " or redeclare it here if it is a layer");
      }
    }

    /** Whether Object has the method, which then either implements it or stands in its way. */
    private boolean meetsObject(Wanted wanted) {
      Optional<ExecutableElement> met =
          ElementFilter.methodsIn(visible("java.lang.Object").getEnclosedElements()).stream()
              .filter(method -> !method.getModifiers().contains(Modifier.PRIVATE))
              .filter(
                  method -> Provided.ofElement(method).hasErasure(wanted.name(), wanted.erased()))
              .findFirst();
      if (met.isEmpty()) {
        return false;
      }
      Set<Modifier> modifiers = met.get().getModifiers();
      Provided method = Provided.ofElement(met.get());
      if (!wanted.isAbstract()
          || !modifiers.contains(Modifier.PUBLIC)
          || modifiers.contains(Modifier.FINAL)
          || fit.obstacle(method, wanted).isPresent()) {
        clash(
            wanted,
            "the method " + wanted.inWords() + (wanted.isAbstract() ? "" : " has a body and")
                + " conflicts with Object's " + method.inWords()
                + ", which every class has: rename it");
      }
      return true;
    }

    private String origin(Provided method) {
      return method.byDefault() ? "Model's " : "the generated class's ";
    }

    private void clash(Wanted wanted, String text) {
      comparison.clash = true;
      report(wanted, ProblemCode.METHOD_CLASH, text);
    }

    /** Says something of a method, but not of layers, which are judged before, and not twice of a signature. */
    private void report(Wanted wanted, ProblemCode code, String text) {
      if (reader.isMeantAsLayer(wanted.element()) && wanted.own()) {
        return;
      }
      if (said.add(wanted.name() + wanted.erased())) {
        Site site = reader.site(wanted.own() ? wanted.element() : declaration);
        comparison.problems.add(new Problem(code, text, site));
      }
    }
  }
}
