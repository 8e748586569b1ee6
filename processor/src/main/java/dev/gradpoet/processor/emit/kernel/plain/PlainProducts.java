package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.TileCode.after;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.RowKernels;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** Prints the products of the plain kernels: multiplying is in the loops {@code add1x4} and {@code add4x2}, or in variables where outputs are few. */
public final class PlainProducts {

  public static final int ROWS = PlainTiling.ROWS;

  private final Scalar scalar;
  private final MethodSet methods;
  private final Primitives primitives;

  private final PlainFewOutputs few;

  public PlainProducts(Scalar scalar, MethodSet methods, Primitives primitives) {
    this.scalar = scalar;
    this.methods = methods;
    this.primitives = primitives;
    this.few = new PlainFewOutputs(scalar, methods, primitives.allProducts());
  }

  // rowProduct(x, 64, 32, row.hiddenWeight, row.hiddenBias, row.partial, row.hidden, 32);
  //
  // rowProduct3(x, 16, 4, row.logitsWeight, row.logitsBias, row.logits);
  /** A product of a single row, by what is passed for it. */
  public CodeBlock ofRow(SumOrder order, Map<String, CodeBlock> row) {
    CodeBlock start = RowKernels.startOfRow(row);
    if (PlainTiling.isInVariables(order.outer())) {
      return few.call(
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
        rowProduct(),
        row.get("x"),
        order.inner(),
        order.blockLength(),
        row.get("w"),
        start,
        row.getOrDefault("partial", CodeBlock.of("null")),
        row.get("y"),
        order.outer());
  }

  // if (width <= 3) {
  //   for (int r = 0; r < n; r++) {
  //     rowProduct3(xs[r], inner, length, w, start, ys[r]);
  //   }
  //   return;
  // }
  // (rows of more outputs)
  /** The method of all products. */
  public MethodSpec method() {
    MethodSpec.Builder method = primitives.productMethod();
    if (!few.isEmpty()) {
      String start =
          primitives.accumulatingProducts().isEmpty() ? "start" : "start == null ? ys[r] : start";
      method
          .beginControlFlow("if (width <= $L)", few.most())
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement(few.call("xs[r]", "inner", "length", "w", start, "ys[r]", "width"))
          .endControlFlow()
          .addStatement("return")
          .endControlFlow();
    }
    if (primitives.allProducts().stream()
        .anyMatch(order -> !PlainTiling.isInVariables(order.outer()))) {
      rows(method);
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
  private void rows(MethodSpec.Builder method) {
    method
        .addJavadoc("Four rows at a time read each weight once for the four.\n")
        .addStatement("int r = 0")
        .beginControlFlow("for (; length >= inner && r + $1L <= n; r += $1L)", ROWS)
        .addStatement(
            "$T $L", scalar.array(), ofRows(q -> "x" + q + " = xs[" + after("r", q) + "]"))
        .addStatement(
            "$T $L", scalar.array(), ofRows(q -> "y" + q + " = ys[" + after("r", q) + "]"))
        .beginControlFlow("for (int q = r; q < r + $L && start != null; q++)", ROWS)
        .addStatement("$T.arraycopy(start, 0, ys[q], 0, width)", System.class)
        .endControlFlow()
        .addStatement("int k = 0");
    for (int terms : PlainTiling.TERMS_OF_ROWS) {
      beginTerms(method, "k", terms, "inner")
          .addStatement(
              "$L($L, $L, $L, width)",
              add(ROWS, terms),
              ofRows(q -> each(terms, f -> "x" + q + "[" + after("k", f) + "]")),
              each(terms, f -> "w[" + after("k", f) + "]"),
              ofRows(q -> "y" + q))
          .endControlFlow();
    }
    method
        .endControlFlow()
        .beginControlFlow("for (; r < n; r++)")
        .addStatement("$L(xs[r], inner, length, w, start, partial, ys[r], width)", rowProduct())
        .endControlFlow();
  }

  // if (start != null) {
  //   System.arraycopy(start, 0, y, 0, width);
  // }
  // addRows(x, 0, Math.min(length, inner), w, y, width);
  // for (int from = length; from < inner; from += length) {
  //   Arrays.fill(partial, 0, width, 0f);
  //   addRows(x, from, Math.min(from + length, inner), w, partial, width);
  //   for (int o = 0; o < width; o++) {
  //     y[o] += partial[o];
  //   }
  // }
  /** The name of {@code rowProduct(x, inner, length, w, start, partial, y, width)}. */
  private String rowProduct() {
    return methods.name("rowProduct", name -> {
      MethodSpec.Builder method = MethodSpec.methodBuilder(name)
          .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
          .addJavadoc("{@code y = x W}, one row of the product.\n")
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "inner")
          .addParameter(TypeName.INT, "length")
          .addParameter(scalar.rows(), "w")
          .addParameter(scalar.array(), "start")
          .addParameter(scalar.array(), "partial")
          .addParameter(scalar.array(), "y")
          .addParameter(TypeName.INT, "width");
      return method
          .beginControlFlow("if (start != null)")
          .addStatement("$T.arraycopy(start, 0, y, 0, width)", System.class)
          .endControlFlow()
          .addStatement("$L(x, 0, $T.min(length, inner), w, y, width)", addRows(), Math.class)
          .beginControlFlow("for (int from = length; from < inner; from += length)")
          .addStatement("$T.fill(partial, 0, width, $L)", Arrays.class, scalar.literal(0))
          .addStatement(
              "$L(x, from, $T.min(from + length, inner), w, partial, width)", addRows(), Math.class)
          .beginControlFlow("for (int o = 0; o < width; o++)")
          .addStatement("y[o] += partial[o]")
          .endControlFlow()
          .endControlFlow()
          .build();
    });
  }

  // int k = from;
  // for (; k + 4 <= to; k += 4) {
  //   add1x4(x[k], x[k + 1], x[k + 2], x[k + 3], w[k], w[k + 1], w[k + 2], w[k + 3], y, width);
  // }
  // for (; k < to; k++) {
  //   add1x1(x[k], w[k], y, width);
  // }
  private String addRows() {
    return methods.name("addRows", name -> {
      MethodSpec.Builder method = MethodSpec.methodBuilder(name)
          .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
          .addJavadoc("{@code y = y + x W}, the terms {@code from} to {@code to} in order.\n")
          .addParameter(scalar.array(), "x")
          .addParameter(TypeName.INT, "from")
          .addParameter(TypeName.INT, "to")
          .addParameter(scalar.rows(), "w")
          .addParameter(scalar.array(), "y")
          .addParameter(TypeName.INT, "width")
          .addStatement("int k = from");
      for (int terms : PlainTiling.TERMS_OF_A_ROW) {
        beginTerms(method, "k", terms, "to")
            .addStatement(
                "$L($L, $L, y, width)",
                add(1, terms),
                each(terms, f -> "x[" + after("k", f) + "]"),
                each(terms, f -> "w[" + after("k", f) + "]"))
            .endControlFlow();
      }
      return method.build();
    });
  }

  public static MethodSpec.Builder beginTerms(
      MethodSpec.Builder method, String index, int terms, String end) {
    return terms == 1
        ? method.beginControlFlow("for (; $1L < $2L; $1L++)", index, end)
        : method.beginControlFlow("for (; $1L + $3L <= $2L; $1L += $3L)", index, end, terms);
  }

  // for (int j = 0; j < width; j++) {
  //   float w0 = r0[j], w1 = r1[j];
  //   float sum0 = Math.fma(a00, w0, y0[j]);
  //   sum0 = Math.fma(a01, w1, sum0);
  //   y0[j] = sum0;
  //   ...
  // }
  /** The name of {@code add4x2(a00, a01, ..., a31, r0, r1, y0, y1, y2, y3, width)}: the innermost loop of everything. */
  public String add(int rows, int terms) {
    return methods.name("add" + rows + "x" + terms, name -> {
      MethodSpec.Builder method = MethodSpec.methodBuilder(name)
          .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
          .addJavadoc(
              "$L of {@code y}, $L added to each: every index is j, the form that C2 turns into vectors.\n",
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
    });
  }

  public static CodeBlock ofRows(IntFunction<Object> element) {
    return each(ROWS, element);
  }

  public static CodeBlock each(int count, IntFunction<Object> element) {
    return IntStream.range(0, count)
        .mapToObj(i -> CodeBlock.of("$L", element.apply(i)))
        .collect(CodeBlock.joining(",$W"));
  }
}
