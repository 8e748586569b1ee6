package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The division of a matrix in panels into columns of one or more vectors. A column is divided into tiles of several rows, and each tile keeps its
 * sums in registers from the first to the last term.
 *
 * @param matrix the variable that holds the panels
 * @param widths the widths of the columns, in vectors, that the matrices of a network need
 * @param whenWide the condition under which a column has four vectors; if empty, none has
 */
record SimdColumns(Scalar scalar, String matrix, Set<Integer> widths, Optional<String> whenWide) {

  /** The name of the variable that holds a panel. */
  static final String PANEL = "m";

  /** The columns for matrices of these widths, in values. */
  static SimdColumns of(
      Scalar scalar, String matrix, Collection<Integer> matrices, Optional<String> whenWide) {
    Set<Integer> widths = new LinkedHashSet<>();
    for (int values : matrices) {
      int vectors = scalar == Scalar.FLOAT ? Padding.vectors(values) : 2 * Padding.vectors(values);
      if (vectors >= SimdTiling.WIDE && whenWide.isPresent()) {
        widths.add(SimdTiling.WIDE);
      }
      widths.add(SimdTiling.NARROW);
      if (vectors % 2 == 1) {
        widths.add(1);
      }
    }
    return new SimdColumns(scalar, matrix, widths, whenWide);
  }

  /** Whether there are no matrices. */
  boolean isEmpty() {
    return widths.isEmpty();
  }

  /** Whether the loop reads {@link SimdLoops#WIDE}. */
  boolean isWide() {
    return widths.contains(SimdTiling.WIDE);
  }

  /** The tiles of all columns. */
  <T> List<T> tiles(IntFunction<List<T>> ofWidth) {
    return widths.stream().flatMap(width -> ofWidth.apply(width).stream()).toList();
  }

  // int padded = (width + 15) / 16 * 16, o = 0;
  // for (float[] m : w) {
  //   int stride = w.length == 1 ? padded : Math.min(64, padded - o), column = 0;
  //   if (WIDE) {
  //     for (; column + 4 * L <= stride; column += 4 * L) {
  //       (tiles of four vectors)
  //     }
  //   }
  //   for (; column + 2 * L <= stride; column += 2 * L) {
  //     (tiles of two)
  //   }
  //   if (column < stride) {
  //     (tiles of one)
  //   }
  //   o += stride;
  // }
  /**
   * The loop over the columns of a matrix.
   *
   * @param tiles the code for a column of this number of vectors; it begins at {@code o + column} of a row
   */
  CodeBlock loop(IntFunction<CodeBlock> tiles) {
    CodeBlock.Builder loop = CodeBlock.builder()
        .addStatement("int padded = (width + 15) / 16 * 16, o = 0")
        .beginControlFlow("for ($T $L : $L)", scalar.array(), PANEL, matrix)
        .addStatement(
            "int stride = $L.length == 1 ? padded : $T.min($L, padded - o), column = 0",
            matrix,
            Math.class,
            SimdTiling.PANEL);
    if (isWide()) {
      loop.beginControlFlow("if ($L)", whenWide.orElseThrow());
      add(loop, SimdTiling.WIDE, tiles);
      loop.endControlFlow();
    }
    add(loop, SimdTiling.NARROW, tiles);
    if (widths.contains(1)) {
      loop.beginControlFlow("if (column < stride)").add(tiles.apply(1)).endControlFlow();
    }
    return loop.addStatement("o += stride").endControlFlow().build();
  }

  private static void add(CodeBlock.Builder loop, int width, IntFunction<CodeBlock> tiles) {
    loop.beginControlFlow("for (; column + $1L * L <= stride; column += $1L * L)", width)
        .add(tiles.apply(width))
        .endControlFlow();
  }
}
