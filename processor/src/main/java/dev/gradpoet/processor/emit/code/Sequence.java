package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Prints a list of statements that grows with the number of layers: as one method, or as several if one could exceed 8000 bytes of byte code, above
 * which HotSpot does not compile a method.
 */
public final class Sequence {

  /** The maximum number of statements of a method; each takes at most about 60 bytes. */
  private static final int LONGEST = 100;

  private Sequence() {}

  /** Whether this number of statements needs more than one method. */
  public static boolean isSplit(int statements) {
    return statements > LONGEST;
  }

  // void forward(Values v, int n) {        void forward(Values v, int n) {
  //   first;                                 forward1(v, n);
  //   second;                          or    forward2(v, n);
  //   ...                                  }
  // }
  /** Adds a method with these statements to a type; its parts have the same parameters. */
  public static void add(
      TypeSpec.Builder type, MethodSpec.Builder method, List<CodeBlock> statements) {
    type.addMethods(methods(method, statements));
  }

  /** A method with these statements, followed by the parts that it calls if it is split. */
  public static List<MethodSpec> methods(MethodSpec.Builder method, List<CodeBlock> statements) {
    List<MethodSpec> parts = append(method, method.build().parameters(), statements);
    return Stream.concat(Stream.of(method.build()), parts.stream()).toList();
  }

  /**
   * Appends these statements, or calls of parts that contain them, to a method.
   *
   * @param passed the variables of the method that the statements read
   * @return the parts; none if the method is not split
   */
  public static List<MethodSpec> append(
      MethodSpec.Builder method, List<ParameterSpec> passed, List<CodeBlock> statements) {
    if (!isSplit(statements.size())) {
      statements.forEach(method::addStatement);
      return List.of();
    }
    MethodSpec whole = method.build();
    String name = whole.isConstructor() ? "allocate" : whole.name();
    String arguments = passed.stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
    List<MethodSpec> parts = new ArrayList<>();
    for (int from = 0; from < statements.size(); from += LONGEST) {
      MethodSpec.Builder part = MethodSpec.methodBuilder(name + (parts.size() + 1))
          .addModifiers(Modifier.PRIVATE)
          .addParameters(passed);
      if (whole.modifiers().contains(Modifier.STATIC)) {
        part.addModifiers(Modifier.STATIC);
      }
      statements
          .subList(from, Math.min(from + LONGEST, statements.size()))
          .forEach(part::addStatement);
      parts.add(part.build());
      method.addStatement("$L$L($L)", name, parts.size(), arguments);
    }
    return parts;
  }
}
