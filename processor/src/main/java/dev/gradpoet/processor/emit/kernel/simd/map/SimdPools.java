package dev.gradpoet.processor.emit.kernel.simd.map;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;

/** Prints the largest values and the averages of windows. */
public record SimdPools(Scalar scalar) {

  private Vectors vectors() {
    return new Vectors(scalar);
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // for (int p = 0, to = 0; p < starts.length; p++, to += channels) {
  //   for (int c = 0; c < channels; c += L) {
  //     int from = starts[p] + c;
  //     (the largest values from there on)
  //     max.intoArray(y, to + c);
  //   }
  // }
  public MethodSpec channelsLast(MethodSpec.Builder method) {
    return max(ofChannels(method))
        .addStatement("max.intoArray(y, to + c)")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  private MethodSpec.Builder ofChannels(MethodSpec.Builder method) {
    return method
        .addStatement("$T starts = windows.starts, taps = windows.taps", int[].class)
        .beginControlFlow("for (int p = 0, to = 0; p < starts.length; p++, to += channels)")
        .beginControlFlow("for (int c = 0; c < channels; c += L)")
        .addStatement("int from = starts[p] + c");
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // for (int p = 0, to = 0; p < starts.length; p++, to += channels) {
  //   for (int c = 0; c < channels; c += L) {
  //     int from = starts[p] + c;
  //     FloatVector sum = FloatVector.zero(S);
  //     for (int k = 0; k < taps.length; k++) {
  //       sum = FloatVector.fromArray(S, x, from + taps[k]).add(sum);
  //     }
  //     sum.div(taps.length).intoArray(y, to + c);
  //   }
  // }
  public MethodSpec averages(MethodSpec.Builder method) {
    return ofChannels(method)
        .addStatement("$T sum = $L", vectors().type(), vectors().zero())
        .beginControlFlow("for (int k = 0; k < taps.length; k++)")
        .addStatement("sum = $L.add(sum)", vectors().load("x", "from + taps[k]"))
        .endControlFlow()
        .addStatement("sum.div(taps.length).intoArray(y, to + c)")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // int length = (columns - 1) * step + 1;
  // for (int c = 0; c < channels; c++) {
  //   for (int p = 0; p < starts.length; p += columns) {
  //     for (int i = 0; i < length; i += L) {
  //       int from = starts[p] + c * plane + i;
  //       (the largest values from there on)
  //       max.intoArray(partial, i);
  //     }
  //     for (int j = 0, to = p * channels + c; j < columns; j++, to += channels) {
  //       y[to] = partial[j * step];
  //     }
  //   }
  // }
  public MethodSpec planes(MethodSpec.Builder method) {
    method
        .addJavadoc(
            "Vectors compute a window at each value of a row, even those that the steps skip.\n")
        .addStatement("$T starts = windows.starts, taps = windows.taps", int[].class)
        .addStatement("int length = (columns - 1) * step + 1")
        .beginControlFlow("for (int c = 0; c < channels; c++)")
        .beginControlFlow("for (int p = 0; p < starts.length; p += columns)")
        .beginControlFlow("for (int i = 0; i < length; i += L)")
        .addStatement("int from = starts[p] + c * plane + i");
    return max(method)
        .addStatement("max.intoArray(partial, i)")
        .endControlFlow()
        .beginControlFlow(
            "for (int j = 0, to = p * channels + c; j < columns; j++, to += channels)")
        .addStatement("y[to] = partial[j * step]")
        .endControlFlow()
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // FloatVector max = FloatVector.fromArray(S, x, from + taps[0]);
  // for (int k = 1; k < taps.length; k++) {
  //   max = FloatVector.fromArray(S, x, from + taps[k]).max(max);
  // }
  private MethodSpec.Builder max(MethodSpec.Builder method) {
    return method
        .addStatement("$T max = $L", vectors().type(), vectors().load("x", "from + taps[0]"))
        .beginControlFlow("for (int k = 1; k < taps.length; k++)")
        .addStatement("max = $L.max(max)", vectors().load("x", "from + taps[k]"))
        .endControlFlow();
  }
}
