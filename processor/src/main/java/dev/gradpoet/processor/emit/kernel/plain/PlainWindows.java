package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.TileCode.after;
import static dev.gradpoet.processor.emit.kernel.plain.AddLoop.each;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Prints the products, maxima and averages of windows in plain Java, the former with the loops of {@link PlainProducts}. */
final class PlainWindows {

  private final Scalar scalar;
  private final List<AddLoop> ofRow;
  private final List<AddLoop> ofTaps;

  PlainWindows(Scalar scalar) {
    this.scalar = scalar;
    this.ofRow = PlainTiling.TERMS_OF_A_ROW.stream()
        .map(terms -> new AddLoop(scalar, 1, terms))
        .toList();
    this.ofTaps =
        Stream.of(PlainTiling.ROWS, 1).map(rows -> new AddLoop(scalar, rows, 1)).toList();
  }

  List<Helper> callsOfProducts() {
    return List.copyOf(ofRow);
  }

  List<Helper> callsOfGradients() {
    return List.copyOf(ofTaps);
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // for (int p = 0, to = 0; p < starts.length; p++, to += width) {
  //   System.arraycopy(start, 0, partial, 0, width);
  //   int from = starts[p], k = 0;
  //   for (; k + 4 <= taps.length; k += 4) {
  //     add1x4(x[from + taps[k]], ..., w[k], ..., partial, width);
  //   }
  //   (the remaining k, one at a time)
  //   System.arraycopy(partial, 0, y, to, width);
  // }
  MethodSpec products(MethodSpec.Builder method, Helpers helpers) {
    tables(method)
        .beginControlFlow("for (int p = 0, to = 0; p < starts.length; p++, to += width)")
        .addStatement("$T.arraycopy(start, 0, partial, 0, width)", System.class)
        .addStatement("int from = starts[p], k = 0");
    for (AddLoop loop : ofRow) {
      loop.beginTerms(method, "k", "taps.length")
          .addStatement(
              "$L($L, $L, partial, width)",
              helpers.name(loop),
              each(loop.terms(), f -> "x[from + taps[" + after("k", f) + "]]"),
              each(loop.terms(), f -> "w[" + after("k", f) + "]"))
          .endControlFlow();
    }
    return method
        .addStatement("$T.arraycopy(partial, 0, y, to, width)", System.class)
        .endControlFlow()
        .build();
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // float[][] sums = scratch.rows();
  // float[] row = sums[sums.length - 1], total = sums[taps.length];
  // for (int p = 0, at = 0; p < starts.length; p++, at += width) {
  //   System.arraycopy(dy, at, row, 0, width);
  //   int from = starts[p], k = 0;
  //   for (; k + 4 <= taps.length; k += 4) {
  //     add4x1(x[from + taps[k]], ..., row, sums[k], sums[k + 1], ..., width);
  //   }
  //   (the remaining k, one at a time)
  //   for (int c = 0; bias && c < width; c++) {
  //     total[c] += row[c];
  //   }
  // }
  MethodSpec gradients(MethodSpec.Builder method, Helpers helpers) {
    tables(method)
        .addStatement("$T sums = scratch.rows()", scalar.rows())
        .addStatement("$T row = sums[sums.length - 1], total = sums[taps.length]", scalar.array())
        .beginControlFlow("for (int p = 0, at = 0; p < starts.length; p++, at += width)")
        .addStatement("$T.arraycopy(dy, at, row, 0, width)", System.class)
        .addStatement("int from = starts[p], k = 0");
    for (AddLoop loop : ofTaps) {
      int rows = loop.rows();
      AddLoop.beginBlocks(method, "k", "taps.length", rows)
          .addStatement(
              "$L($L, row, $L, width)",
              helpers.name(loop),
              each(rows, q -> "x[from + taps[" + after("k", q) + "]]"),
              each(rows, q -> "sums[" + after("k", q) + "]"))
          .endControlFlow();
    }
    return method
        .beginControlFlow("for (int c = 0; bias && c < width; c++)")
        .addStatement("total[c] += row[c]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // for (int c = 0; c < channels; c++) {
  //   for (int row = 0; row < starts.length; row += columns) {
  //     Arrays.fill(partial, 0, columns, start[c]);
  //     for (int k = 0; k < taps.length; k++) {
  //       int from = starts[row] + taps[k];
  //       float value = w[k][c];
  //       for (int i = 0; i < columns; i++) {
  //         partial[i] = Math.fma(x[from + i], value, partial[i]);
  //       }
  //     }
  //     System.arraycopy(partial, 0, y, c * plane + row, columns);
  //   }
  // }
  MethodSpec planes(MethodSpec.Builder method) {
    return tables(method)
        .beginControlFlow("for (int c = 0; c < channels; c++)")
        .beginControlFlow("for (int row = 0; row < starts.length; row += columns)")
        .addStatement("$T.fill(partial, 0, columns, start[c])", Arrays.class)
        .beginControlFlow("for (int k = 0; k < taps.length; k++)")
        .addStatement("int from = starts[row] + taps[k]")
        .addStatement("$T value = w[k][c]", scalar.type())
        .beginControlFlow("for (int i = 0; i < columns; i++)")
        .addStatement("partial[i] = $T.fma(x[from + i], value, partial[i])", Math.class)
        .endControlFlow()
        .endControlFlow()
        .addStatement("$T.arraycopy(partial, 0, y, c * plane + row, columns)", System.class)
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // for (int p = 0, to = 0; p < starts.length; p++, to += width) {
  //   System.arraycopy(start, 0, partial, 0, width);
  //   for (int k = 0; k < taps.length; k++) {
  //     float[] row = w[k];
  //     int from = starts[p] + taps[k];
  //     for (int c = 0; c < width; c++) {
  //       partial[c] = Math.fma(x[from + c], row[c], partial[c]);
  //     }
  //   }
  //   for (int c = 0; c < width; c++) {
  //     y[to + c] = Math.max(partial[c], least);
  //   }
  // }
  MethodSpec depthwise(MethodSpec.Builder method) {
    return tables(method)
        .beginControlFlow("for (int p = 0, to = 0; p < starts.length; p++, to += width)")
        .addStatement("$T.arraycopy(start, 0, partial, 0, width)", System.class)
        .beginControlFlow("for (int k = 0; k < taps.length; k++)")
        .addStatement("$T row = w[k]", scalar.array())
        .addStatement("int from = starts[p] + taps[k]")
        .beginControlFlow("for (int c = 0; c < width; c++)")
        .addStatement("partial[c] = $T.fma(x[from + c], row[c], partial[c])", Math.class)
        .endControlFlow()
        .endControlFlow()
        .beginControlFlow("for (int c = 0; c < width; c++)")
        .addStatement("y[to + c] = $T.max(partial[c], least)", Math.class)
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // int to = 0;
  // for (int start : starts) {
  //   for (int c = 0; c < channels; c++) {
  //     float max = x[start + taps[0] + c];
  //     for (int k = 1; k < taps.length; k++) {
  //       max = Math.max(max, x[start + taps[k] + c]);
  //     }
  //     y[to++] = max;
  //   }
  // }
  MethodSpec maxPool(MethodSpec.Builder method) {
    tables(method)
        .addStatement("int to = 0")
        .beginControlFlow("for (int start : starts)")
        .beginControlFlow("for (int c = 0; c < channels; c++)");
    return max(method, "start", "c", "y[to++]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // for (int p = 0, to = 0; p < starts.length; p++, to += channels) {
  //   Arrays.fill(y, to, to + channels, 0f);
  //   for (int tap : taps) {
  //     int from = starts[p] + tap;
  //     for (int c = 0; c < channels; c++) {
  //       y[to + c] += x[from + c];
  //     }
  //   }
  //   for (int c = to; c < to + channels; c++) {
  //     y[c] /= taps.length;
  //   }
  // }
  MethodSpec averagePool(MethodSpec.Builder method) {
    return tables(method)
        .beginControlFlow("for (int p = 0, to = 0; p < starts.length; p++, to += channels)")
        .addStatement("$T.fill(y, to, to + channels, $L)", Arrays.class, scalar.literal(0))
        .beginControlFlow("for (int tap : taps)")
        .addStatement("int from = starts[p] + tap")
        .beginControlFlow("for (int c = 0; c < channels; c++)")
        .addStatement("y[to + c] += x[from + c]")
        .endControlFlow()
        .endControlFlow()
        .beginControlFlow("for (int c = to; c < to + channels; c++)")
        .addStatement("y[c] /= taps.length")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // for (int c = 0; c < channels; c++) {
  //   for (int p = 0; p < starts.length; p++) {
  //     (the largest value from starts[p] + c * plane on)
  //     y[p * channels + c] = max;
  //   }
  // }
  MethodSpec maxPoolOfPlanes(MethodSpec.Builder method) {
    tables(method)
        .beginControlFlow("for (int c = 0; c < channels; c++)")
        .beginControlFlow("for (int p = 0; p < starts.length; p++)")
        .addStatement("int from = starts[p] + c * plane");
    return max(method, "from", "", "y[p * channels + c]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  private static MethodSpec.Builder tables(MethodSpec.Builder method) {
    return method.addStatement("$T starts = windows.starts, taps = windows.taps", int[].class);
  }

  private MethodSpec.Builder max(
      MethodSpec.Builder method, String from, String channel, String to) {
    String place = channel.isEmpty() ? "x[%s + taps[%s]]" : "x[%s + taps[%s] + " + channel + "]";
    return method
        .addStatement("$T max = $L", scalar.type(), place.formatted(from, "0"))
        .beginControlFlow("for (int k = 1; k < taps.length; k++)")
        .addStatement("max = $T.max(max, $L)", Math.class, place.formatted(from, "k"))
        .endControlFlow()
        .addStatement("$L = max", to);
  }
}
