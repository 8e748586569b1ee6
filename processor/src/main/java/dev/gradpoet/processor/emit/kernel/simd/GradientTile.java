package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.tiling.SimdTiling;

/**
 * {@code gradient6x4(from, to, height, n, xs, dys, packed, factor, m, stride, column)}: the gradient of one column of tiles.
 *
 * @param width the number of vectors in a row of a tile
 */
record GradientTile(Scalar scalar, int width) implements SimdLoops.Loop {

  private static final int ROWS = SimdTiling.ROWS;

  private Vectors vectors() {
    return new Vectors(scalar);
  }

  @Override
  public String wantedName() {
    return "gradient" + ROWS + "x" + width;
  }

  // FloatVector none = FloatVector.zero(S), f = FloatVector.broadcast(S, factor);
  // for (int i = from; i < to; i += 6) {
  //   int first = Math.max(0, Math.min(i, height - 6));
  //   ...
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    return MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "$L; the last tile overlaps the one before, so that it ends with the last row, and adds only the rows that are left.\n",
            ProductTile.describe(ROWS, width))
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "to")
        .addParameter(TypeName.INT, "height")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(scalar.rows(), "dys")
        .addParameter(scalar.array(), "packed")
        .addParameter(scalar.type(), "factor")
        .addParameter(scalar.array(), SimdColumns.PANEL)
        .addParameter(TypeName.INT, "stride")
        .addParameter(TypeName.INT, "column")
        .addStatement(
            "$T none = $L, f = $L",
            vectors().type(),
            vectors().zero(),
            vectors().all(CodeBlock.of("factor")))
        .beginControlFlow("for (int i = from; i < to; i += $L)", ROWS)
        .addStatement("int first = $1T.max(0, $1T.min(i, height - $2L))", Math.class, ROWS)
        .addCode(body())
        .endControlFlow()
        .build();
  }

  // FloatVector c00 = none, c01 = none, c10 = none, c11 = none;
  // for (int r = 0, at = 0; r < n; r++, at += 2 * L) {
  //   float[] xr = xs[r];
  //   FloatVector d0 = FloatVector.fromArray(S, packed, at), d1 = ..., x;
  //   x = FloatVector.broadcast(S, xr[first]); c00 = x.fma(d0, c00); c01 = x.fma(d1, c01);
  //   x = FloatVector.broadcast(S, xr[first + 1]); c10 = x.fma(d0, c10); c11 = x.fma(d1, c11);
  // }
  // for (int r = 0, at = first * stride + column; r < 2; r++, at += stride) {
  //   if (first + r >= i && first + r < height) {
  //     f.fma(c00, FloatVector.fromArray(S, m, at)).intoArray(m, at);
  //     f.fma(c01, FloatVector.fromArray(S, m, at + L)).intoArray(m, at + L);
  //   }
  //   c00 = c10; c01 = c11;
  // }
  //
  // A row of four vectors takes two iterations of an inner loop. The loop over rows has a constant
  // end: C2 unrolls it, so no sum is moved.
  private CodeBlock body() {
    TileCode code = new TileCode(ROWS, width)
        .declareCells(vectors().type(), "c", (r, v) -> "none")
        .begin("for (int r = 0, at = 0; r < n; r++, at += $L)", width == 1 ? "L" : width + " * L")
        .statement("$T xr = xs[r]", scalar.array())
        .declareVectors(
            vectors().type(), "d", v -> vectors().load("packed", Vectors.place("at", v)), "x");
    for (int r = 0; r < ROWS; r++) {
      String value = "xr[" + TileCode.after("first", r) + "]";
      CodeBlock x = CodeBlock.of("x = $L", vectors().all(CodeBlock.of("$L", value)));
      code.row(x, r, (row, v) -> "c" + row + v + " = x.fma(d" + v + ", c" + row + v + ")");
    }
    // two vectors at a time: more in one loop body are more vector operations than C2 of JDK 17
    // always inlines, and it would allocate the rest as objects
    code.end()
        .begin("for (int r = 0, at = first * stride + column; r < $L; r++, at += stride)", ROWS);
    int step = Math.min(width, SimdTiling.NARROW);
    boolean inTwo = step < width;
    if (inTwo) {
      code.begin("for (int v = 0; v < $L * L; v += $L * L)", width, step);
    }
    code.begin("if (first + r >= i && first + r < height)");
    for (int v = 0; v < step; v++) {
      code.statement("$L", add("c0" + v, Vectors.place(inTwo ? "at + v" : "at", v)));
    }
    code.end().shift("c", step);
    if (inTwo) {
      code.end();
    }
    return code.end().build();
  }

  private CodeBlock add(String sum, String place) {
    return CodeBlock.of(
        "f.fma($L, $L).intoArray($L, $L)",
        sum,
        vectors().load(SimdColumns.PANEL, place),
        SimdColumns.PANEL,
        place);
  }
}
