package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * A list of statements that grows with the number of layers: a method, or several where one would pass the 8000 bytes of byte code above
 * which HotSpot compiles nothing.
 */
public final class Sequence {

  /** Statements of a method; none of ours takes more than some 60 bytes. */
  private static final int LONGEST = 100;

  private Sequence() {}

  /** Whether so many statements need more than one method. */
  public static boolean isSplit(int statements) {
    return statements > LONGEST;
  }

  // void forward(Values v, int n) {        void forward(Values v, int n) {
  //   first;                                 forward1(v, n);
  //   second;                          or    forward2(v, n);
  //   ...                                  }
  // }
  /** Adds a method with these statements to a type. */
  public static void add(
      TypeSpec.Builder type, MethodSpec.Builder method, List<CodeBlock> statements) {
    if (!isSplit(statements.size())) {
      statements.forEach(method::addStatement);
      type.addMethod(method.build());
      return;
    }
    MethodSpec whole = method.build();
    String name = whole.isConstructor() ? "allocate" : whole.name();
    String arguments =
        whole.parameters().stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
    int parts = (statements.size() + LONGEST - 1) / LONGEST;
    for (int part = 1; part <= parts; part++) {
      method.addStatement("$L$L($L)", name, part, arguments);
    }
    type.addMethod(method.build());
    for (int part = 1; part <= parts; part++) {
      MethodSpec.Builder piece = MethodSpec.methodBuilder(name + part)
          .addModifiers(Modifier.PRIVATE)
          .addParameters(whole.parameters());
      if (whole.modifiers().contains(Modifier.STATIC)) {
        piece.addModifiers(Modifier.STATIC);
      }
      int from = (part - 1) * LONGEST;
      statements
          .subList(from, Math.min(from + LONGEST, statements.size()))
          .forEach(piece::addStatement);
      type.addMethod(piece.build());
    }
  }
}
