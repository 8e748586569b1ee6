package dev.gradpoet.processor.members;

import com.palantir.javapoet.TypeName;
import java.util.Comparator;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the methods that a class which implements an interface inherits. */
final class Inheritance {

  private final Elements elements;
  private final Types types;

  Inheritance(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /**
   * The methods of an interface without those that others of them override and without those of Object: the inherited ones by owner, then its
   * own in their order.
   */
  List<Wanted> of(TypeElement declaration) {
    DeclaredType self = (DeclaredType) declaration.asType();
    List<Wanted> all = ElementFilter.methodsIn(elements.getAllMembers(declaration)).stream()
        .filter(Inheritance::isInherited)
        .map(method -> wanted(method, self, declaration))
        .toList();
    return all.stream()
        .filter(method -> all.stream().noneMatch(other -> overrides(other, method)))
        .sorted(Comparator.comparing(Wanted::own).thenComparing(Inheritance::ownerOfInherited))
        .toList();
  }

  /** The methods of a class and of those above it up to Object that a class of any package below inherits. */
  List<ExecutableElement> ofClass(TypeElement type) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getEnclosingElement().getKind() == ElementKind.CLASS)
        .filter(method -> method.getModifiers().contains(Modifier.PUBLIC)
            || method.getModifiers().contains(Modifier.PROTECTED))
        .filter(Inheritance::isInherited)
        .toList();
  }

  private static String ownerOfInherited(Wanted method) {
    return method.own() ? "" : method.owner().getQualifiedName().toString();
  }

  private static boolean isInherited(ExecutableElement method) {
    TypeElement owner = (TypeElement) method.getEnclosingElement();
    return !owner.getQualifiedName().contentEquals("java.lang.Object")
        && !method.getModifiers().contains(Modifier.STATIC)
        && !method.getModifiers().contains(Modifier.PRIVATE);
  }

  private Wanted wanted(ExecutableElement method, DeclaredType self, Element declaration) {
    ExecutableType type = (ExecutableType) types.asMemberOf(self, method);
    return new Wanted(
        method,
        type,
        erased(type.getParameterTypes()),
        erased(((ExecutableType) method.asType()).getParameterTypes()),
        method.getEnclosingElement().equals(declaration));
  }

  private List<TypeName> erased(List<? extends TypeMirror> parameters) {
    return parameters.stream()
        .map(types::erasure)
        .map(TypeName::get)
        .map(TypeName::withoutAnnotations)
        .toList();
  }

  /** Whether a method of a sub-interface takes the place of one above it. */
  private boolean overrides(Wanted below, Wanted above) {
    return !below.owner().equals(above.owner())
        && types.isSubtype(
            types.erasure(below.owner().asType()), types.erasure(above.owner().asType()))
        && sameSignature(below, above);
  }

  /** Whether one of two methods would override the other in a class. */
  boolean sameSignature(Wanted a, Wanted b) {
    return a.name().equals(b.name())
        && (types.isSubsignature(a.type(), b.type()) || types.isSubsignature(b.type(), a.type()));
  }

  /** Whether two methods are different ones for javac and the same for the virtual machine, which no class can have. */
  boolean nameClash(Wanted a, Wanted b) {
    return a.name().equals(b.name())
        && a.descriptor().equals(b.descriptor())
        && !sameSignature(a, b);
  }
}
