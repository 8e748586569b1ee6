package dev.gradpoet.processor.members;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Prints a method that resolves a conflict between two inherited ones: it calls the default method of {@code Model} and implements the abstract one
 * of the interface.
 */
final class Bridge {

  private Bridge() {}

  // @Override
  // public void load(Path a0) throws IOException {
  //   super.load(a0);
  // }
  static MethodSpec of(ClassMethod method) {
    List<TypeName> parameters = method.parameters();
    MethodSpec.Builder bridge = MethodSpec.methodBuilder(method.name())
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(method.returns())
        .addExceptions(method.exceptions())
        .varargs(method.varargs());
    for (int i = 0; i < parameters.size(); i++) {
      bridge.addParameter(parameters.get(i), "a" + i);
    }
    String arguments = IntStream.range(0, parameters.size())
        .mapToObj(i -> "a" + i)
        .collect(Collectors.joining(", "));
    String format =
        (method.returns().equals(TypeName.VOID) ? "" : "return ") + "super.$N(" + arguments + ")";
    return bridge.addStatement(format, method.name()).build();
  }
}
