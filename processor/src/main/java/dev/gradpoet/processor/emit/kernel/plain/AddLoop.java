package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.TileCode.after;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * {@code add4x2(a00, a01, ..., a31, r0, r1, y0, y1, y2, y3, width)}, the innermost loop of products and gradients.
 *
 * @param rows the number of rows that it adds to
 * @param terms the number of terms that it adds to each
 */
record AddLoop(Scalar scalar, int rows, int terms) implements Helper {

  @Override
  public String wantedName() {
    return "add" + rows + "x" + terms;
  }

  // for (int j = 0; j < width; j++) {
  //   float w0 = r0[j], w1 = r1[j];
  //   y0[j] = Math.fma(a01, w1, Math.fma(a00, w0, y0[j]));
  //   ...
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(helpers.name(this))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "$L of {@code y}, $L added to each: every index is j, the form that C2 vectorizes.\n",
            rows == 1 ? "One row" : rows + " rows",
            terms == 1 ? "one term" : terms + " terms");
    for (int q = 0; q < rows; q++) {
      for (int f = 0; f < terms; f++) {
        method.addParameter(scalar.type(), "a" + q + f);
      }
    }
    for (int f = 0; f < terms; f++) {
      method.addParameter(scalar.array(), "r" + f);
    }
    for (int q = 0; q < rows; q++) {
      method.addParameter(scalar.array(), "y" + q);
    }
    method
        .addParameter(TypeName.INT, "width")
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("$T $L", scalar.type(), each(terms, f -> "w" + f + " = r" + f + "[j]"));
    for (int q = 0; q < rows; q++) {
      CodeBlock sum = CodeBlock.of("y$L[j]", q);
      for (int f = 0; f < terms; f++) {
        sum = CodeBlock.of("$T.fma(a$L$L, w$L, $L)", Math.class, q, f, f, sum);
      }
      method.addStatement("y$L[j] = $L", q, sum);
    }
    return method.endControlFlow().build();
  }

  // for (; k + 2 <= inner; k += 2) {
  //   add4x2(x0[k], x0[k + 1], ..., w[k], w[k + 1], y0, y1, y2, y3, width);
  // }
  /**
   * Adds the loop that calls this method.
   *
   * @param index the loop variable over the terms
   * @param end the exclusive end of the terms
   * @param factor the factor of a row for the term at an index
   */
  void addCalls(
      MethodSpec.Builder method, Helpers helpers, String index, String end, Factor factor) {
    beginTerms(method, index, end)
        .addStatement(
            "$L($L, $L, $L, width)",
            helpers.name(this),
            each(rows, q -> each(terms, f -> factor.of(q, after(index, f)))),
            each(terms, f -> "w[" + after(index, f) + "]"),
            each(rows, q -> rows == 1 ? "y" : "y" + q))
        .endControlFlow();
  }

  /** The factor of a row for the term at an index. */
  interface Factor {
    String of(int row, String index);
  }

  /** {@code for (; k + 2 <= inner; k += 2)}. */
  MethodSpec.Builder beginTerms(MethodSpec.Builder method, String index, String end) {
    return beginBlocks(method, index, end, terms);
  }

  /** {@code for (; k + 4 <= end; k += 4)}; one at a time, {@code for (; k < end; k++)}. */
  static MethodSpec.Builder beginBlocks(
      MethodSpec.Builder method, String index, String end, int size) {
    return size == 1
        ? method.beginControlFlow("for (; $1L < $2L; $1L++)", index, end)
        : method.beginControlFlow("for (; $1L + $3L <= $2L; $1L += $3L)", index, end, size);
  }

  /** {@code y0, y1, y2, y3}. */
  static CodeBlock each(int count, IntFunction<Object> element) {
    return IntStream.range(0, count)
        .mapToObj(i -> CodeBlock.of("$L", element.apply(i)))
        .collect(CodeBlock.joining(",$W"));
  }
}
