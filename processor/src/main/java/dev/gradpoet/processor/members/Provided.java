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
 * A method that objects of the generated class have.
 *
 * @param name its name
 * @param parameters the types of its parameters
 * @param returns what it returns
 * @param exceptions what it throws
 * @param varargs whether the last parameter takes any number
 * @param implementsOthers whether it can implement a method of an interface: it is public and not static
 * @param byDefault whether its body is a default of {@code Model}
 */
record Provided(
    String name,
    List<TypeName> parameters,
    TypeName returns,
    List<TypeName> exceptions,
    boolean varargs,
    boolean implementsOthers,
    boolean byDefault) {

  /** A method of the generated class. */
  static Provided of(MethodSpec method) {
    return new Provided(
        method.name(),
        method.parameters().stream().map(ParameterSpec::type).toList(),
        method.returnType(),
        method.exceptions(),
        method.varargs(),
        method.modifiers().contains(Modifier.PUBLIC)
            && !method.modifiers().contains(Modifier.STATIC),
        false);
  }

  /** A method of a class above the generated one, a default method of {@code Model}, or one of Object. */
  static Provided ofElement(ExecutableElement method) {
    return new Provided(
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

  /** Whether it has a name and erased parameters. */
  boolean hasErasure(String otherName, List<TypeName> erased) {
    return name.equals(otherName)
        && parameters.stream().map(Erasure::of).toList().equals(erased);
  }

  /** {@code Map<String, Tensor> parameters()}. */
  String inWords() {
    return Words.of(returns) + " " + name
        + parameters.stream().map(Words::of).collect(Collectors.joining(", ", "(", ")"));
  }
}
