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

/** Finds the methods that a class inherits from an interface. */
final class Inheritance {

  private final Elements elements;
  private final Types types;

  Inheritance(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /**
   * The methods of an interface, without overridden ones and without those of Object: first the inherited methods by owner, then the interface's own
   * in order.
   */
  List<InterfaceMethod> of(TypeElement declaration) {
    DeclaredType self = (DeclaredType) declaration.asType();
    List<InterfaceMethod> all =
        ElementFilter.methodsIn(elements.getAllMembers(declaration)).stream()
            .filter(Inheritance::isInherited)
            .map(method -> declared(method, self, declaration))
            .toList();
    return all.stream()
        .filter(method -> all.stream().noneMatch(other -> overrides(other, method)))
        .sorted(
            Comparator.comparing(InterfaceMethod::own).thenComparing(Inheritance::ownerOfInherited))
        .toList();
  }

  /** The methods that a subclass in any package inherits from a class and its superclasses, without those of Object. */
  List<ExecutableElement> ofClass(TypeElement type) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getEnclosingElement().getKind() == ElementKind.CLASS)
        .filter(method -> method.getModifiers().contains(Modifier.PUBLIC)
            || method.getModifiers().contains(Modifier.PROTECTED))
        .filter(Inheritance::isInherited)
        .toList();
  }

  private static String ownerOfInherited(InterfaceMethod method) {
    return method.own() ? "" : method.owner().getQualifiedName().toString();
  }

  private static boolean isInherited(ExecutableElement method) {
    TypeElement owner = (TypeElement) method.getEnclosingElement();
    return !owner.getQualifiedName().contentEquals("java.lang.Object")
        && !method.getModifiers().contains(Modifier.STATIC)
        && !method.getModifiers().contains(Modifier.PRIVATE);
  }

  private InterfaceMethod declared(
      ExecutableElement method, DeclaredType self, Element declaration) {
    ExecutableType type = (ExecutableType) types.asMemberOf(self, method);
    return new InterfaceMethod(
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

  /** Whether a method of a subinterface overrides one of a superinterface. */
  private boolean overrides(InterfaceMethod below, InterfaceMethod above) {
    return !below.owner().equals(above.owner())
        && types.isSubtype(
            types.erasure(below.owner().asType()), types.erasure(above.owner().asType()))
        && sameSignature(below, above);
  }

  /** Whether one of two methods would override the other in a class. */
  boolean sameSignature(InterfaceMethod a, InterfaceMethod b) {
    return a.name().equals(b.name())
        && (types.isSubsignature(a.type(), b.type()) || types.isSubsignature(b.type(), a.type()));
  }

  /** Whether two methods differ for javac but have the same erasure, so that no class can have both. */
  boolean nameClash(InterfaceMethod a, InterfaceMethod b) {
    return a.name().equals(b.name())
        && a.descriptor().equals(b.descriptor())
        && !sameSignature(a, b);
  }
}
