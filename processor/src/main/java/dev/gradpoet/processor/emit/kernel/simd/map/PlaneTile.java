package dev.gradpoet.processor.emit.kernel.simd.map;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.tiling.Padding;

/**
 * {@code planes6x2(x, starts, taps, m, start, y, columns, plane)}: products of windows in planes; vectors hold neighbouring positions.
 *
 * @param channels the number of planes, which a tile computes side by side
 */
record PlaneTile(Scalar scalar, int channels) implements SimdLoops.Loop {

  /** The number of planes up to which a tile of two vectors fits into 16 registers. */
  private static final int IN_TWO_VECTORS = 6;

  private int width() {
    return channels <= IN_TWO_VECTORS ? 2 : 1;
  }

  @Override
  public String wantedName() {
    return "planes" + channels + "x" + width();
  }

  private Vectors vectors() {
    return new Vectors(scalar);
  }

  // for (int row = 0; row < starts.length; row += columns) {
  //   for (int i = 0; i < columns; i += 2 * L) {
  //     int from = starts[row] + i, to = row + i;
  //     FloatVector c00 = FloatVector.broadcast(S, start[0]), c01 = ..., c10 = ..., c11 = ...;
  //     for (int k = 0, at = 0; k < taps.length; k++, at += 16) {
  //       int tap = from + taps[k];
  //       FloatVector x0 = FloatVector.fromArray(S, x, tap), x1 = ..., w;
  //       w = FloatVector.broadcast(S, m[at]); c00 = w.fma(x0, c00); c01 = w.fma(x1, c01);
  //       w = FloatVector.broadcast(S, m[at + 1]); c10 = w.fma(x0, c10); c11 = w.fma(x1, c11);
  //     }
  //     c00.intoArray(y, to); c01.intoArray(y, to + L); c10.intoArray(y, plane + to); ...
  //   }
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    int width = width();
    TileCode code = new TileCode(channels, width)
        .begin("for (int row = 0; row < starts.length; row += columns)")
        .begin("for (int i = 0; i < columns; i += $L)", width == 1 ? "L" : width + " * L")
        .statement("int from = starts[row] + i, to = row + i")
        .declareCells(vectors().type(), "c", (c, v) -> vectors().all(CodeBlock.of("start[$L]", c)))
        .begin("for (int k = 0, at = 0; k < taps.length; k++, at += $L)", Padding.padded(channels))
        .statement("int tap = from + taps[k]")
        .declareVectors(
            vectors().type(), "x", v -> vectors().load("x", Vectors.place("tap", v)), "w");
    for (int c = 0; c < channels; c++) {
      String place = "m[" + TileCode.after("at", c) + "]";
      CodeBlock w = CodeBlock.of("w = $L", vectors().all(CodeBlock.of("$L", place)));
      code.row(w, c, (row, v) -> cell(row, v) + " = w.fma(x" + v + ", " + cell(row, v) + ")");
    }
    code.end()
        .cells((c, v) -> cell(c, v) + ".intoArray(y, " + Vectors.place(plane(c) + "to", v) + ")")
        .end()
        .end();
    return MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "$L by $L. The last vectors of a row may extend past it, into the next row or the room after the plane.\n",
            channels == 1 ? "One plane" : channels + " planes",
            width == 1 ? "one vector" : width + " vectors")
        .addParameter(scalar.array(), "x")
        .addParameter(int[].class, "starts")
        .addParameter(int[].class, "taps")
        .addParameter(scalar.array(), "m")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "columns")
        .addParameter(TypeName.INT, "plane")
        .addCode(code.build())
        .build();
  }

  private static String plane(int c) {
    return c == 0 ? "" : c == 1 ? "plane + " : c + " * plane + ";
  }

  private static String cell(int row, int vector) {
    return "c" + row + vector;
  }
}
