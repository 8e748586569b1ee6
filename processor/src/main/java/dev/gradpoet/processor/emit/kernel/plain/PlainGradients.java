package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.TileCode.after;
import static dev.gradpoet.processor.emit.kernel.plain.AddLoop.each;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import java.util.Arrays;
import java.util.Collection;

/** Prints the gradient of a weight in plain Java, with the loops of {@link PlainProducts}. */
final class PlainGradients {

  private static final int ROWS = PlainTiling.ROWS;

  private final Scalar scalar;
  private final boolean anyAcross;

  PlainGradients(Scalar scalar, Collection<Parameter> weights) {
    this.scalar = scalar;
    this.anyAcross =
        weights.stream().anyMatch(weight -> PlainTiling.isAcross(weight.height(), weight.width()));
  }

  // boolean across = height >= 4 * width;
  // float[][] as = across ? dys : xs, bs = across ? xs : dys;
  // int rows = across ? width : height, length = across ? height : width;
  // float[] y0 = scratch[0], y1 = scratch[1], ...;
  // for (int i = part.from(rows, 4), end = part.to(rows, 4); i < end; i += 4) {
  //   for (float[] sums : scratch) {
  //     Arrays.fill(sums, 0, length, 0f);
  //   }
  //   int i1 = Math.min(i + 1, rows - 1), ...;
  //   int r = 0;
  //   for (; r + 2 <= n; r += 2) {
  //     float[] x0 = as[r], x1 = as[r + 1];
  //     add4x2(x0[i], x1[i], x0[i1], x1[i1], ..., bs[r], bs[r + 1], y0, y1, y2, y3, length);
  //   }
  //   (the remaining r, one at a time)
  //   if (across) {
  //     (columns of D, see below)
  //   } else {
  //     (rows of D, see below)
  //   }
  // }
  /** Adds the body of the gradient of a weight: four rows of D or of its transpose at a time, the last one repeated if fewer are left. */
  MethodSpec gradient(MethodSpec.Builder method, Helpers helpers) {
    String xs = "xs";
    String dys = "dys";
    String rows = "height";
    String length = "width";
    if (anyAcross) {
      method
          .addStatement("boolean across = height >= $L * width", PlainTiling.ACROSS)
          .addStatement("$T as = across ? dys : xs, bs = across ? xs : dys", scalar.rows())
          .addStatement("int rows = across ? width : height, length = across ? height : width");
      xs = "as";
      dys = "bs";
      rows = "rows";
      length = "length";
    }
    sums(method, helpers, new Sums(xs, dys, rows, length));
    if (anyAcross) {
      method.beginControlFlow("if (across)");
      addColumns(method);
      method.nextControlFlow("else");
    }
    addRows(method);
    if (anyAcross) {
      method.endControlFlow();
    }
    return method.endControlFlow().build();
  }

  /** The names of the factors of the sums, and of the number and the length of their rows. */
  private record Sums(String xs, String dys, String rows, String length) {}

  private void sums(MethodSpec.Builder method, Helpers helpers, Sums names) {
    method
        .addStatement("$T $L", scalar.array(), each(ROWS, q -> "y" + q + " = scratch[" + q + "]"))
        .beginControlFlow(
            "for (int i = part.from($1L, $2L), end = part.to($1L, $2L); i < end; i += $2L)",
            names.rows(),
            ROWS)
        .beginControlFlow("for ($T sums : scratch)", scalar.array())
        .addStatement("$T.fill(sums, 0, $L, $L)", Arrays.class, names.length(), scalar.literal(0))
        .endControlFlow()
        .addStatement(
            "int $L",
            each(
                ROWS - 1,
                q -> CodeBlock.of(
                    "i$1L = $2T.min(i + $1L, $3L - 1)", q + 1, Math.class, names.rows())))
        .addStatement("int r = 0");
    for (AddLoop loop : PlainProducts.ofRows(scalar)) {
      int terms = loop.terms();
      loop.beginTerms(method, "r", "n")
          .addStatement(
              "$T $L",
              scalar.array(),
              each(terms, f -> "x" + f + " = " + names.xs() + "[" + after("r", f) + "]"))
          .addStatement(
              "$L($L, $L, $L, $L)",
              helpers.name(loop),
              each(ROWS, q -> each(terms, f -> "x" + f + "[i" + (q == 0 ? "" : q) + "]")),
              each(terms, f -> names.dys() + "[" + after("r", f) + "]"),
              each(ROWS, q -> "y" + q),
              names.length())
          .endControlFlow();
    }
  }

  // for (int j = 0; j < height; j++) {
  //   float[] to = d[j];
  //   float t0 = Math.fma(factor, y0[j], to[i]), t1 = ..., t2 = ..., t3 = ...;
  //   to[i] = t0;
  //   to[i1] = t1;
  //   ...
  // }
  /** All four are read before one is written, because the last column may be repeated. */
  private void addColumns(MethodSpec.Builder method) {
    method
        .beginControlFlow("for (int j = 0; j < height; j++)")
        .addStatement("$T to = d[j]", scalar.array())
        .addStatement(
            "$T $L",
            scalar.type(),
            each(
                ROWS,
                q -> CodeBlock.of(
                    "t$1L = $2T.fma(factor, y$1L[j], to[i$3L])", q, Math.class, q == 0 ? "" : q)));
    for (int q = 0; q < ROWS; q++) {
      method.addStatement("to[i$L] = t$L", q == 0 ? "" : q, q);
    }
    method.endControlFlow();
  }

  // for (int q = 0; q < 4 && i + q < height; q++) {
  //   float[] sums = scratch[q], to = d[i + q];
  //   for (int j = 0; j < width; j++) {
  //     to[j] = Math.fma(factor, sums[j], to[j]);
  //   }
  // }
  private void addRows(MethodSpec.Builder method) {
    method
        .beginControlFlow("for (int q = 0; q < $L && i + q < height; q++)", ROWS)
        .addStatement("$T sums = scratch[q], to = d[i + q]", scalar.array())
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("to[j] = $T.fma(factor, sums[j], to[j])", Math.class)
        .endControlFlow()
        .endControlFlow();
  }
}
