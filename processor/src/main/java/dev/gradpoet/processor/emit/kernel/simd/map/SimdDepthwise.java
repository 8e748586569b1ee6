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
  // for (int r = 0; r <= last; r += 2) {
  //   int r1 = Math.min(r + 1, last);
  //   for (int c = (width - 1) / L * L; c >= 0; c -= L) {
  //     int x0 = starts[r] + c, x1 = starts[r1] + c;
  //     FloatVector s = FloatVector.fromArray(S, start, c);
  //     FloatVector c0 = s, c1 = s;
  //     for (int k = 0; k < taps.length; k++) {
  //       int tap = taps[k];
  //       FloatVector v = FloatVector.fromArray(S, w[k], c);
  //       c0 = FloatVector.fromArray(S, x, x0 + tap).fma(v, c0);
  //       c1 = FloatVector.fromArray(S, x, x1 + tap).fma(v, c1);
  //     }
  //     c0.blend(least, c0.compare(LE, least)).intoArray(y, r * width + c); c1...
  //   }
  // }
  public MethodSpec method(MethodSpec.Builder method) {
    TileCode code = new TileCode(ROWS, 1)
        .statement("$T starts = windows.starts, taps = windows.taps", int[].class)
        .statement("int last = starts.length - 1")
        .begin("for (int r = 0; r <= last; r += $L)", ROWS)
        .declareRest(TypeName.INT, "r", r -> CodeBlock.of("$T.min(r + $L, last)", Math.class, r))
        .begin("for (int c = (width - 1) / L * L; c >= 0; c -= L)")
        .declareRows(TypeName.INT, "x", r -> "starts[" + TileCode.numberOf(r) + "] + c")
        .statement("$T s = $L", vectors().type(), vectors().load("start", "c"))
        .declareRows(vectors().type(), "c", r -> "s")
        .begin("for (int k = 0; k < taps.length; k++)")
        .statement("int tap = taps[k]")
        .statement("$T v = $L", vectors().type(), vectors().load("w[k]", "c"));
    code.cells((r, v) ->
        CodeBlock.of("c$L = $L.fma(v, c$L)", r, vectors().load("x", "x" + r + " + tap"), r));
    code.end()
        .cells((r, v) -> CodeBlock.of(
            "c$1L.blend(least, c$1L.compare($2T.LE, least)).intoArray(y, $3L * width + c)",
            r,
            Vectors.OPERATORS,
            TileCode.numberOf(r)))
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
