package dev.gradpoet.processor.members;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;

/**
 * A method of the generated class, declared or inherited.
 *
 * @param name its name
 * @param parameters the types of its parameters
 * @param returns its return type
 * @param exceptions the exceptions that it declares
 * @param varargs whether the last parameter is a varargs parameter
 * @param implementsOthers whether it can implement a method of an interface: it is public and not static
 * @param byDefault whether its body is a default of {@code Model}
 */
record ClassMethod(
    String name,
    List<TypeName> parameters,
    TypeName returns,
    List<TypeName> exceptions,
    boolean varargs,
    boolean implementsOthers,
    boolean byDefault) {

  /** A method of the generated class. */
  static ClassMethod of(MethodSpec method) {
    return new ClassMethod(
        method.name(),
        method.parameters().stream().map(ParameterSpec::type).toList(),
        method.returnType(),
        method.exceptions(),
        method.varargs(),
        method.modifiers().contains(Modifier.PUBLIC)
            && !method.modifiers().contains(Modifier.STATIC),
        false);
  }

  /** A method of a superclass, a default method of {@code Model}, or a method of Object. */
  static ClassMethod ofElement(ExecutableElement method) {
    return new ClassMethod(
        method.getSimpleName().toString(),
        method.getParameters().stream()
            .map(VariableElement::asType)
            .map(TypeName::get)
            .toList(),
        TypeName.get(method.getReturnType()),
        method.getThrownTypes().stream().map(TypeName::get).toList(),
        method.isVarArgs(),
        method.getModifiers().contains(Modifier.PUBLIC),
        method.isDefault());
  }

  /** Whether it has this name and these erased parameter types. */
  boolean hasErasure(String otherName, List<TypeName> erased) {
    return name.equals(otherName)
        && parameters.stream().map(Erasure::of).toList().equals(erased);
  }

  /** {@code Map<String, Tensor> parameters()}. */
  String describe() {
    return TypeNames.of(returns) + " " + name
        + parameters.stream().map(TypeNames::of).collect(Collectors.joining(", ", "(", ")"));
  }
}
