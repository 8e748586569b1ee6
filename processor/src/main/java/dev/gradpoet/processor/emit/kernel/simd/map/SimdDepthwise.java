package dev.gradpoet.processor.emit.kernel.simd.map;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;

/** Prints the products of the windows of each channel: vectors hold channels, and a tile several windows. */
public record SimdDepthwise(Scalar scalar) {

  /** The windows of a tile: as many sums as keep a processor busy. */
  private static final int ROWS = 8;

  private Vectors vectors() {
    return new Vectors(scalar);
  }

  // int[] starts = windows.starts, taps = windows.taps;
  // int last = starts.length - 1;
  // for (int c = (width - 1) / L * L; c >= 0; c -= L) {
  //   for (int r = 0; r <= last; r += 2) {
  //     int r1 = Math.min(r + 1, last);
  //     int x0 = starts[r] + c, x1 = starts[r1] + c;
  //     FloatVector s = FloatVector.fromArray(S, start, c);
  //     FloatVector c0 = s, c1 = s;
  //     for (int k = 0; k < taps.length; k++) {
  //       int tap = taps[k];
  //       FloatVector v = FloatVector.fromArray(S, w[k], c);
  //       c0 = FloatVector.fromArray(S, x, x0 + tap).fma(v, c0);
  //       c1 = FloatVector.fromArray(S, x, x1 + tap).fma(v, c1);
  //     }
  //     c0.intoArray(y, r * width + c); c1.intoArray(y, r1 * width + c);
  //   }
  // }
  public MethodSpec method(MethodSpec.Builder method) {
    TileCode code = new TileCode(ROWS, 1)
        .statement("$T starts = windows.starts, taps = windows.taps", int[].class)
        .statement("int last = starts.length - 1")
        .begin("for (int c = (width - 1) / L * L; c >= 0; c -= L)")
        .begin("for (int r = 0; r <= last; r += $L)", ROWS)
        .declareRest(TypeName.INT, "r", r -> CodeBlock.of("$T.min(r + $L, last)", Math.class, r))
        .declareRows(TypeName.INT, "x", r -> "starts[" + TileCode.numberOf(r) + "] + c")
        .statement("$T s = $L", vectors().type(), vectors().load("start", "c"))
        .declareRows(vectors().type(), "c", r -> "s")
        .begin("for (int k = 0; k < taps.length; k++)")
        .statement("int tap = taps[k]")
        .statement("$T v = $L", vectors().type(), vectors().load("w[k]", "c"));
    code.cells((r, v) ->
        CodeBlock.of("c$L = $L.fma(v, c$L)", r, vectors().load("x", "x" + r + " + tap"), r));
    code.end()
        .cells((r, v) -> "c" + r + ".intoArray(y, " + TileCode.numberOf(r) + " * width + c)")
        .end()
        .end();
    return method
        .addJavadoc(
            "From the last channels to the first, because the last vector of a window may end in the next one. If fewer windows are left, the last one is computed"
                + "\nseveral times.\n")
        .addCode(code.build())
        .build();
  }
}
