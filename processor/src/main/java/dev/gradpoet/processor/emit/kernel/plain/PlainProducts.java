package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.TileCode.after;
import static dev.gradpoet.processor.emit.kernel.plain.AddLoop.each;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.layer.RowKernels;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints the products of the plain kernels: in loops such as {@code add1x4} and {@code add4x2}, or in variables if there are few outputs. */
final class PlainProducts {

  private final Scalar scalar;
  private final Primitives primitives;
  private final PlainFewOutputs few;
  private final RowProduct rowProduct;

  PlainProducts(Scalar scalar, Primitives primitives) {
    this.scalar = scalar;
    this.primitives = primitives;
    this.few = PlainFewOutputs.of(scalar, primitives.allProducts());
    this.rowProduct = new RowProduct(scalar);
  }

  /** The helper that computes a product of a single row. */
  Helper ofRow(SumOrder order) {
    return PlainTiling.isInVariables(order.outer()) ? few : rowProduct;
  }

  // rowProduct(x, 64, 32, row.hiddenWeight, row.hiddenBias, row.partial, row.hidden, 32);
  //
  // rowProduct3(x, 16, 4, row.logitsWeight, row.logitsBias, row.logits);
  /** A product of a single row, given the arguments of its kernel. */
  CodeBlock ofRow(SumOrder order, Map<String, CodeBlock> row, Helpers helpers) {
    CodeBlock start = RowKernels.startOfRow(row);
    if (PlainTiling.isInVariables(order.outer())) {
      return few.call(
          helpers,
          row.get("x"),
          order.inner(),
          order.blockLength(),
          row.get("w"),
          start,
          row.get("y"),
          order.outer());
    }
    return CodeBlock.of(
        "$L($L, $L, $L, $L, $L, $L, $L, $L)",
        helpers.name(rowProduct),
        row.get("x"),
        order.inner(),
        order.blockLength(),
        row.get("w"),
        start,
        row.getOrDefault("partial", CodeBlock.of("null")),
        row.get("y"),
        order.outer());
  }

  /** The helpers that {@link #method} calls. */
  List<Helper> calls() {
    List<Helper> calls = new ArrayList<>();
    if (!few.isEmpty()) {
      calls.add(few);
    }
    if (hasRows()) {
      calls.addAll(ofRows(scalar));
      calls.add(rowProduct);
    }
    return calls;
  }

  /** The loops that add terms to several rows. */
  static List<AddLoop> ofRows(Scalar scalar) {
    return PlainTiling.TERMS_OF_ROWS.stream()
        .map(terms -> new AddLoop(scalar, PlainTiling.ROWS, terms))
        .toList();
  }

  /** Whether there are products with more than a few outputs. */
  private boolean hasRows() {
    return primitives.allProducts().stream()
        .anyMatch(order -> !PlainTiling.isInVariables(order.outer()));
  }

  // if (width <= 3) {
  //   for (int r = 0; r < n; r++) {
  //     rowProduct3(xs[r], inner, length, w, start, ys[r]);
  //   }
  //   return;
  // }
  // (rows of more outputs)
  /** The method of all products. */
  MethodSpec method(MethodSpec.Builder method, Helpers helpers) {
    if (!few.isEmpty()) {
      String start =
          primitives.accumulatingProducts().isEmpty() ? "start" : "start == null ? ys[r] : start";
      method
          .beginControlFlow("if (width <= $L)", few.most())
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement(few.call(helpers, "xs[r]", "inner", "length", "w", start, "ys[r]", "width"))
          .endControlFlow()
          .addStatement("return")
          .endControlFlow();
    }
    if (hasRows()) {
      rows(method, helpers);
    }
    return method.build();
  }

  // int r = 0;
  // for (; length >= inner && r + 4 <= n; r += 4) {
  //   float[] x0 = xs[r], x1 = xs[r + 1], ...;
  //   float[] y0 = ys[r], y1 = ys[r + 1], ...;
  //   for (int q = r; q < r + 4 && start != null; q++) {
  //     System.arraycopy(start, 0, ys[q], 0, width);
  //   }
  //   int k = 0;
  //   for (; k + 2 <= inner; k += 2) {
  //     add4x2(x0[k], x0[k + 1], ..., w[k], w[k + 1], y0, y1, y2, y3, width);
  //   }
  //   for (; k < inner; k++) {
  //     add4x1(x0[k], x1[k], x2[k], x3[k], w[k], y0, y1, y2, y3, width);
  //   }
  // }
  // for (; r < n; r++) {
  //   rowProduct(xs[r], inner, length, w, start, partial, ys[r], width);
  // }
  private void rows(MethodSpec.Builder method, Helpers helpers) {
    int rows = PlainTiling.ROWS;
    method
        .addJavadoc("Four rows at a time, so that each weight is read once for four rows.\n")
        .addStatement("int r = 0")
        .beginControlFlow("for (; length >= inner && r + $1L <= n; r += $1L)", rows)
        .addStatement(
            "$T $L", scalar.array(), each(rows, q -> "x" + q + " = xs[" + after("r", q) + "]"))
        .addStatement(
            "$T $L", scalar.array(), each(rows, q -> "y" + q + " = ys[" + after("r", q) + "]"))
        .beginControlFlow("for (int q = r; q < r + $L && start != null; q++)", rows)
        .addStatement("$T.arraycopy(start, 0, ys[q], 0, width)", System.class)
        .endControlFlow()
        .addStatement("int k = 0");
    for (AddLoop loop : ofRows(scalar)) {
      loop.addCalls(method, helpers, "k", "inner", (q, k) -> "x" + q + "[" + k + "]");
    }
    method
        .endControlFlow()
        .beginControlFlow("for (; r < n; r++)")
        .addStatement(
            "$L(xs[r], inner, length, w, start, partial, ys[r], width)", helpers.name(rowProduct))
        .endControlFlow();
  }
}
