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
 * A method of the interface, its own or inherited, as the generated class would inherit it.
 *
 * @param element the method
 * @param type the same with the type arguments of the interface
 * @param erased the erased types of its parameters
 * @param descriptor the same where it is declared, without type arguments: what the virtual machine knows it by
 * @param own whether the interface itself declares it
 */
record Wanted(
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

  /** Whether the virtual machine could not tell it from another. */
  boolean hasErasureOf(Wanted other) {
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

  /** {@code forward(Tensor)}, or {@code Scorer.forward(Tensor)} where it is inherited. */
  String inWords() {
    return (own ? "" : owner().getSimpleName() + ".")
        + name()
        + parameters().stream().map(Words::of).collect(Collectors.joining(", ", "(", ")"));
  }
}
