package dev.gradpoet.processor.emit.kernel.simd.map;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;

/**
 * {@code runs8x1(x, rows, terms, run, m, stride, column, start, y, pitch, o)}: tiles as {@link WindowTile}, of one vector, for terms in runs of
 * neighbours. C2 removes the bounds checks of the loop over a run, which take as long as half of the products (16 channels from windows of 5 x 5 x 6:
 * 3.0 us instead of 3.7).
 */
record RunTile(Scalar scalar) implements SimdLoops.Loop {

  /** The shortest run for which two loops are faster than one. */
  static final int SHORTEST = 8;

  private static final int ROWS = 8;

  @Override
  public String wantedName() {
    return "runs" + ROWS + "x1";
  }

  private Vectors vectors() {
    return new Vectors(scalar);
  }

  // FloatVector none = FloatVector.broadcast(S, -0f), one = FloatVector.broadcast(S, 1f);
  // int last = rows.length - 1;
  // float[] s = start == null ? y : start;
  // for (int r = 0; r <= last; r += 2) {
  //   int r1 = Math.min(r + 1, last);
  //   int y0 = r * pitch + o, y1 = r1 * pitch + o;
  //   FloatVector t0 = FloatVector.fromArray(S, s, start == null ? y0 : o), t1 = ...;
  //   for (int k = 0, at = column; k < terms.length; k += run) {
  //     int term = terms[k];
  //     int x0 = rows[r] + term, x1 = rows[r1] + term;
  //     FloatVector c0 = one.fma(t0, none), c1 = one.fma(t1, none);
  //     for (int j = 0; j < run; j++, at += stride) {
  //       FloatVector w = FloatVector.fromArray(S, m, at);
  //       c0 = FloatVector.broadcast(S, x[x0 + j]).fma(w, c0);
  //       c1 = FloatVector.broadcast(S, x[x1 + j]).fma(w, c1);
  //     }
  //     t0 = one.fma(c0, none); t1 = one.fma(c1, none);
  //   }
  //   t0.intoArray(y, y0); t1.intoArray(y, y1);
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    TileCode code = new TileCode(ROWS, 1)
        .statement(
            "$T none = $L, one = $L",
            vectors().type(),
            vectors().all(scalar.literal(-0.0)),
            vectors().all(scalar.literal(1)))
        .statement("int last = rows.length - 1")
        .statement("$T s = start == null ? y : start", scalar.array())
        .begin("for (int r = 0; r <= last; r += $L)", ROWS)
        .declareRest(TypeName.INT, "r", r -> CodeBlock.of("$T.min(r + $L, last)", Math.class, r))
        .declareRows(TypeName.INT, "y", r -> TileCode.numberOf(r) + " * pitch + o")
        .declareRows(
            vectors().type(), "t", r -> vectors().load("s", "start == null ? y" + r + " : o"))
        .begin("for (int k = 0, at = column; k < terms.length; k += run)")
        .statement("int term = terms[k]")
        .declareRows(TypeName.INT, "x", r -> "rows[" + TileCode.numberOf(r) + "] + term")
        .declareRows(vectors().type(), "c", r -> "one.fma(t" + r + ", none)")
        .begin("for (int j = 0; j < run; j++, at += stride)")
        .statement("$T w = $L", vectors().type(), vectors().load("m", "at"))
        .cells((r, v) -> CodeBlock.of(
            "c$L = $L.fma(w, c$L)", r, vectors().all(CodeBlock.of("x[x$L + j]", r)), r))
        .end()
        .cells((r, v) -> "t" + r + " = one.fma(c" + r + ", none)")
        .end()
        .cells((r, v) -> "t" + r + ".intoArray(y, y" + r + ")");
    return MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "$L rows by one vector, for terms in runs of neighbours: inside a run, C2 removes the checks of bounds. {@code one.fma(t, none)} is t: a copy, without which C2 of"
                + "\nJDK 17 would allocate the sums that both loops carry as objects.\n",
            ROWS)
        .addParameter(scalar.array(), "x")
        .addParameter(int[].class, "rows")
        .addParameter(int[].class, "terms")
        .addParameter(TypeName.INT, "run")
        .addParameter(scalar.array(), "m")
        .addParameter(TypeName.INT, "stride")
        .addParameter(TypeName.INT, "column")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "pitch")
        .addParameter(TypeName.INT, "o")
        .addCode(code.end().build())
        .build();
  }
}
