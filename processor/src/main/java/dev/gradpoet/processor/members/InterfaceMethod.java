package dev.gradpoet.processor.members;

import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/**
 * A method of the interface, declared or inherited, as the generated class inherits it.
 *
 * @param element the method
 * @param type its type as a member of the interface, with type arguments substituted
 * @param erased the erased types of its parameters in {@code type}
 * @param descriptor the erased types of its parameters as declared, which identify it for the virtual machine
 * @param own whether the interface itself declares it
 */
record InterfaceMethod(
    ExecutableElement element,
    ExecutableType type,
    List<TypeName> erased,
    List<TypeName> descriptor,
    boolean own) {

  String name() {
    return element.getSimpleName().toString();
  }

  TypeElement owner() {
    return (TypeElement) element.getEnclosingElement();
  }

  boolean isAbstract() {
    return element.getModifiers().contains(Modifier.ABSTRACT);
  }

  /** Whether it has the same erasure as another method. */
  boolean hasErasureOf(InterfaceMethod other) {
    return name().equals(other.name()) && erased.equals(other.erased());
  }

  List<TypeName> parameters() {
    return names(type.getParameterTypes());
  }

  TypeName returns() {
    return TypeName.get(type.getReturnType());
  }

  private static List<TypeName> names(List<? extends TypeMirror> types) {
    return types.stream().map(TypeName::get).toList();
  }

  /** {@code forward(Tensor)}, or {@code Scorer.forward(Tensor)} if it is inherited. */
  String describe() {
    return (own ? "" : owner().getSimpleName() + ".")
        + name()
        + parameters().stream().map(TypeNames::of).collect(Collectors.joining(", ", "(", ")"));
  }
}
