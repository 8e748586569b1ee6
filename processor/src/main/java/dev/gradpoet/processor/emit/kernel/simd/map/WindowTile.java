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
 * {@code windows6x2(x, rows, terms, m, stride, column, start, y, pitch, o, r)}: tiles of products whose factors are found in an array through two tables.
 *
 * @param rows the number of rows of a tile
 * @param width the number of vectors in a row of a tile
 * @param bias whether it is one tile, and a row for the sums of m, behind all others, is added
 */
record WindowTile(Scalar scalar, int rows, int width, boolean bias) implements SimdLoops.Loop {

  /** The tile as large as this one of which a row is that of the bias. */
  WindowTile withBias() {
    return new WindowTile(scalar, rows - 1, width, true);
  }

  @Override
  public String wantedName() {
    return "windows" + (bias ? "AndBias" : "") + rows + "x" + width;
  }

  private Vectors vectors() {
    return new Vectors(scalar);
  }

  // int last = rows.length - 1;
  // for (; r <= last; r += 2) {
  //   int r1 = Math.min(r + 1, last);
  //   int x0 = rows[r], x1 = rows[r1];
  //   int y0 = r * pitch + o, y1 = r1 * pitch + o;
  //   (the tile, see below)
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    TileCode code = new TileCode(rows, width).statement("int last = rows.length - 1");
    if (!bias) {
      code.begin("for (; r <= last; r += $L)", rows);
    }
    code.declareRest(TypeName.INT, "r", r -> CodeBlock.of("$T.min(r + $L, last)", Math.class, r))
        .declareRows(TypeName.INT, "x", r -> "rows[" + TileCode.numberOf(r) + "]")
        .declareRows(TypeName.INT, "y", r -> TileCode.numberOf(r) + " * pitch + o");
    tile(code);
    return MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "$L rows by $L$L: {@code y[r * pitch + o] = start[o] + sum x[rows[r] + terms[k]] * m[k * stride + column]}, accumulated in y if there is no start. If fewer rows are left, the"
                + "\nlast one is computed several times.$L\n",
            rows,
            width == 1 ? "one vector" : width + " vectors",
            bias ? "" : ", from row r on",
            bias ? " To the row behind the last one, {@code m[k * stride + column]} is added." : "")
        .addParameter(scalar.array(), "x")
        .addParameter(int[].class, "rows")
        .addParameter(int[].class, "terms")
        .addParameter(scalar.array(), "m")
        .addParameter(TypeName.INT, "stride")
        .addParameter(TypeName.INT, "column")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "pitch")
        .addParameter(TypeName.INT, "o")
        .addParameter(TypeName.INT, "r")
        .addCode((bias ? code : code.end()).build())
        .build();
  }

  // float[] s = start == null ? y : start;
  // int s0 = start == null ? y0 : o, s1 = start == null ? y1 : o;
  // FloatVector c00 = FloatVector.fromArray(S, s, s0), c01 = ..., c10 = ..., c11 = ...;
  // for (int k = 0, at = column; k < terms.length; k++, at += stride) {
  //   int term = terms[k];
  //   FloatVector w0 = FloatVector.fromArray(S, m, at), w1 = ..., v;
  //   v = FloatVector.broadcast(S, x[x0 + term]); c00 = v.fma(w0, c00); c01 = v.fma(w1, c01);
  //   v = FloatVector.broadcast(S, x[x1 + term]); c10 = v.fma(w0, c10); c11 = v.fma(w1, c11);
  // }
  // c00.intoArray(y, y0); c01.intoArray(y, y0 + L); c10.intoArray(y, y1); c11.intoArray(y, y1 + L);
  //
  // (with a bias)
  //
  // int end = rows.length * pitch + o;
  // FloatVector b0 = FloatVector.fromArray(S, y, end), b1 = ...;
  // ...
  //   b0 = w0.add(b0); b1 = w1.add(b1);
  // ...
  // b0.intoArray(y, end); b1.intoArray(y, end + L);
  private void tile(TileCode code) {
    code.statement("$T s = start == null ? y : start", scalar.array())
        .declareRows(TypeName.INT, "s", r -> "start == null ? y" + r + " : o")
        .declareCells(
            vectors().type(), "c", (r, v) -> vectors().load("s", Vectors.place("s" + r, v)));
    if (bias) {
      code.statement("int end = rows.length * pitch + o")
          .declareVectors(vectors().type(), "b", v -> vectors().load("y", Vectors.place("end", v)));
    }
    code.begin("for (int k = 0, at = column; k < terms.length; k++, at += stride)")
        .statement("int term = terms[k]")
        .declareVectors(
            vectors().type(), "w", v -> vectors().load("m", Vectors.place("at", v)), "v");
    for (int r = 0; r < rows; r++) {
      CodeBlock v = CodeBlock.of("v = $L", vectors().all(CodeBlock.of("x[x$L + term]", r)));
      code.row(v, r, (row, w) -> cell(row, w) + " = v.fma(w" + w + ", " + cell(row, w) + ")");
    }
    if (bias) {
      code.row(0, (row, w) -> "b" + w + " = w" + w + ".add(b" + w + ")");
    }
    code.end().cells((r, v) -> cell(r, v) + ".intoArray(y, " + Vectors.place("y" + r, v) + ")");
    if (bias) {
      code.row(0, (row, w) -> "b" + w + ".intoArray(y, " + Vectors.place("end", w) + ")");
    }
  }

  private static String cell(int row, int vector) {
    return "c" + row + vector;
  }
}
