package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints the product of a single row with a weight of several panels, two at a time: eight vectors keep both FMA units of a processor busy, and
 * caches prefetch from both panels.
 */
final class SimdWideRow {

  /**
   * A panel.
   *
   * @param number the index of the panel
   * @param start the index of its first output, with a plus
   * @param vectors the number of vectors of 16 values in its rows
   */
  private record Panel(String number, String start, int vectors) {

    static Panel of(int number, int vectors) {
      String start = number == 0 ? "" : number * SimdTiling.PANEL + " + ";
      return new Panel(String.valueOf(number), start, vectors);
    }

    /** The panel at {@code p} or after it, in a loop. */
    static Panel inLoop(int ahead) {
      String first = "p * " + SimdTiling.PANEL;
      return new Panel(
          TileCode.after("p", ahead),
          TileCode.after(first, ahead * SimdTiling.PANEL) + " + ",
          SimdTiling.WIDE);
    }

    /** The index at which the vectors begin in a row of the panel. */
    String column() {
      return vectors + " * v";
    }
  }

  private final Signatures signatures;
  private final Scalar scalar;
  private final Vectors vectors;

  SimdWideRow(Signatures signatures) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.vectors = new Vectors(scalar);
  }

  // for (int p = 0; p < 8; p += 2) {
  //   (two panels, see below)
  // }
  // (the remaining one or two panels)
  /** The method of a kernel with more outputs than a panel has. */
  MethodSpec method(LinearKernels.Linear kernel) {
    int all = Padding.vectors(kernel.order().outer());
    int pair = 2 * SimdTiling.WIDE;
    MethodSpec.Builder method = signatures
        .rowMethodOfFamily(kernel)
        .addJavadoc(
            "One row of {@link #$L}: two panels of the weight at a time, one chain each. The loop is not counted: C2 would unroll it, and then read"
                + "\na panel by columns of eight rows.\n",
            signatures.of(kernel).name());
    int whole = all / pair * 2;
    if (whole > 2) {
      method
          .beginControlFlow("for (int p = 0; p < $L; p += 2)", whole)
          .addCode(panels(kernel, Panel.inLoop(0), Panel.inLoop(1)))
          .endControlFlow();
    } else if (whole == 2) {
      method.addCode(panels(kernel, Panel.of(0, SimdTiling.WIDE), Panel.of(1, SimdTiling.WIDE)));
    }
    int left = all % pair;
    if (left > SimdTiling.WIDE) {
      method.addCode(panels(
          kernel, Panel.of(whole, SimdTiling.WIDE), Panel.of(whole + 1, left - SimdTiling.WIDE)));
    } else if (left > 0) {
      method.addCode(panels(kernel, Panel.of(whole, left)));
    }
    return method.build();
  }

  // for (int v = 0; v < 16; v += L) {
  //   float[] m0 = w[p], m1 = w[p + 1];
  //   int o0 = p * 64 + 4 * v, o1 = p * 64 + 64 + 4 * v;
  //   int stride0 = m0.length / 784, stride1 = m1.length / 784;
  //   FloatVector c00 = FloatVector.fromArray(S, b, o0), ..., c04 = ..., c07 = ...;
  //   for (int k = 0, at0 = 4 * v, at1 = 4 * v; at0 < m0.length; k++, at0 += stride0, ...) {
  //     FloatVector x0 = FloatVector.broadcast(S, x[k]);
  //     c00 = x0.fma(FloatVector.fromArray(S, m0, at0), c00); ...
  //   }
  //   c00.intoArray(y, o0); ...
  // }
  //
  // A weight of few rows is a single panel, whose columns are read 64 at a time, like panels.
  private CodeBlock panels(LinearKernels.Linear kernel, Panel... panels) {
    boolean single = kernel.weight().panel() > SimdTiling.PANEL;
    int inner = kernel.order().inner();
    int count = Stream.of(panels).mapToInt(Panel::vectors).sum();
    TileCode code = new TileCode(1, count);
    code.begin("for (int v = 0; v < $L; v += L)", SumOrder.LANES)
        .statement(
            "$T $L",
            scalar.array(),
            each(panels, (q, panel) -> "m" + q + " = w[" + (single ? "0" : panel.number()) + "]"))
        .statement(
            "int $L", each(panels, (q, panel) -> "o" + q + " = " + panel.start() + panel.column()))
        .statement(
            "int $L",
            each(panels, (q, panel) -> "stride%1$s = m%1$s.length / %2$s".formatted(q, inner)))
        .declareCells(
            vectors.type(),
            "c",
            (r, v) -> vectors.load(Primitives.start(kernel.bias()), place("o", v)))
        .begin(
            "for (int k = 0, $L; at0 < m0.length; k++, $L)",
            each(panels, (q, panel) -> "at" + q + " = " + (single ? "o" + q : panel.column())),
            each(panels, (q, panel) -> "at%1$s += stride%1$s".formatted(q)))
        .statement("$T x0 = $L", vectors.type(), vectors.all(CodeBlock.of("x[k]")))
        .row(
            0,
            (r, v) -> CodeBlock.of(
                "c0$1L = x0.fma($2L, c0$1L)",
                v,
                vectors.load("m" + v / SimdTiling.WIDE, place("at", v))))
        .end()
        .row(0, (r, v) -> CodeBlock.of("c0$L.intoArray(y, $L)", v, place("o", v)))
        .end();
    return code.build();
  }

  /** The code for each panel, in one line. */
  private static String each(Panel[] panels, BiFunction<Integer, Panel, String> part) {
    return IntStream.range(0, panels.length)
        .mapToObj(q -> part.apply(q, panels[q]))
        .collect(Collectors.joining(", "));
  }

  /** {@code o0}, {@code o0 + L}, ..., {@code o1}: the index of a vector in its panel. */
  private static String place(String name, int vector) {
    return Vectors.place(name + vector / SimdTiling.WIDE, vector % SimdTiling.WIDE);
  }
}
