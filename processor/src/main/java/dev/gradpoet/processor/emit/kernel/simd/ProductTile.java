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
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * {@code product6x4(r, n, xs, inner, length, m, start, ys, stride, column, o)}: tiles of a product, in one column of a panel.
 *
 * @param onto whether sums accumulate in ys, for gradients to which several layers contribute
 * @param rows the number of rows in a tile; the tiles of two rows are the last of a column
 * @param width the number of vectors in a row of a tile
 */
record ProductTile(Scalar scalar, boolean onto, int rows, int width) implements SimdLoops.Loop {

  /** The tiles of a column, those with the most rows first. */
  static List<ProductTile> ofColumn(Scalar scalar, boolean onto, int width) {
    IntStream rows = width == SimdTiling.WIDE
        ? IntStream.of(SimdTiling.ROWS, SimdTiling.LEFT_ROWS, SimdTiling.LAST_ROWS)
        : IntStream.of(SimdTiling.ROWS, SimdTiling.LAST_ROWS);
    return rows.mapToObj(count -> new ProductTile(scalar, onto, count, width)).toList();
  }

  private boolean isLast() {
    return rows == SimdTiling.LAST_ROWS;
  }

  private Vectors vectors() {
    return new Vectors(scalar);
  }

  @Override
  public String wantedName() {
    return (onto ? "productOnto" : "product") + rows + "x" + width;
  }

  // int r = Loops.product6x4(0, n, ..., stride, column, o + column);
  // r = Loops.product4x4(r, n, ..., stride, column, o + column);
  // Loops.product2x4(r, n, ..., stride, column, o + column);
  /** The calls for one column. */
  static CodeBlock calls(List<ProductTile> tiles, Helpers helpers) {
    CodeBlock.Builder calls = CodeBlock.builder();
    String result = "int r = ";
    String from = "0";
    for (ProductTile tile : tiles) {
      calls.addStatement(
          "$L$L($L, n, xs, inner, length, m, $L, stride, column, o + column)",
          tile.isLast() ? "" : result,
          SimdLoops.qualified(helpers.name(tile)),
          from,
          tile.onto ? "ys" : "start, ys");
      result = "r = ";
      from = "r";
    }
    return calls.build();
  }

  // FloatVector none = FloatVector.broadcast(S, -0f), one = FloatVector.broadcast(S, 1f);
  @Override
  public MethodSpec method(Helpers helpers) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(helpers.name(this))
        .addJavadoc(
            "$L from row r on, $L.\n",
            describe(rows, width),
            isLast()
                ? "to the last; if their number is odd, the last row is computed twice"
                : "as many tiles as fit; returns the next row")
        .addParameter(TypeName.INT, "r");
    parameters(method, scalar, onto, scalar.array(), SimdColumns.PANEL);
    method
        .addParameter(TypeName.INT, "stride")
        .addParameter(TypeName.INT, "column")
        .addParameter(TypeName.INT, "o");
    if (width < SimdTiling.WIDE) {
      method.addStatement(
          "$T none = $L, one = $L",
          vectors().type(),
          vectors().all(scalar.literal(-0.0)),
          vectors().all(scalar.literal(1)));
    }
    return isLast() ? last(method) : whole(method);
  }

  /** {@code 6 rows by 4 vectors}. */
  static String describe(int rows, int width) {
    return rows + " rows by " + (width == 1 ? "one vector" : width + " vectors");
  }

  /** Adds the parameters of a product, for one panel or for all. */
  static void parameters(
      MethodSpec.Builder method, Scalar scalar, boolean onto, TypeName matrixType, String matrix) {
    method
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "inner")
        .addParameter(TypeName.INT, "length")
        .addParameter(matrixType, matrix);
    if (!onto) {
      method.addParameter(scalar.array(), "start");
    }
    method.addParameter(scalar.rows(), "ys");
  }

  // /** 6 rows by 4 vectors from row r on, as many tiles as fit; returns the next row. */
  // private static int product6x4(int r, int n, ..., int stride, int column, int o) {
  //   for (; r + 6 <= n; r += 6) {
  //     ...
  //   }
  //   return r;
  // }
  private MethodSpec whole(MethodSpec.Builder method) {
    return method
        .returns(TypeName.INT)
        .beginControlFlow("for (; r + $1L <= n; r += $1L)", rows)
        .addCode(body(r -> TileCode.after("r", r)))
        .endControlFlow()
        .addStatement("return r")
        .build();
  }

  // /** 2 rows by 4 vectors from row r on, to the last; ... */
  // private static void product2x4(int r, int n, ..., int stride, int column, int o) {
  //   for (; r < n; r += 2) {
  //     int last = Math.min(r + 1, n - 1);
  //     ...
  //   }
  // }
  private MethodSpec last(MethodSpec.Builder method) {
    return method
        .beginControlFlow("for (; r < n; r += $L)", rows)
        .addStatement("int last = $T.min(r + 1, n - 1)", Math.class)
        .addCode(body(r -> r == 0 ? "r" : "last"))
        .endControlFlow()
        .build();
  }

  /** The body of the loop over the rows, for rows at these indices. */
  private CodeBlock body(IntFunction<String> index) {
    TileCode code = rows(index);
    return width == SimdTiling.WIDE ? oneChain(code) : chains(code);
  }

  // float[] x0 = xs[r], x1 = xs[r + 1];
  // float[] y0 = ys[r], y1 = ys[r + 1];
  private TileCode rows(IntFunction<String> index) {
    return new TileCode(rows, width)
        .declareRows(scalar.array(), "x", r -> "xs[" + index.apply(r) + "]")
        .declareRows(scalar.array(), "y", r -> "ys[" + index.apply(r) + "]");
  }

  // FloatVector s0 = FloatVector.fromArray(S, start, o), s1 = ..., s2 = ..., s3 = ...;
  // FloatVector c00 = s0, c01 = s1, c02 = s2, c03 = s3, c10 = s0, ...;
  // for (int k = 0, at = column; k < inner; k++, at += stride) {
  //   (terms, see below)
  // }
  // c00.intoArray(y0, o); ...
  private CodeBlock oneChain(TileCode code) {
    code.declareVectors(vectors().type(), "s", v -> vectors().load("start", Vectors.place("o", v)))
        .declareCells(vectors().type(), "c", (r, v) -> "s" + v)
        .begin("for (int k = 0, at = column; k < inner; k++, at += stride)");
    terms(code);
    return code.end()
        .cells((r, v) -> "c" + r + v + ".intoArray(y" + r + ", " + Vectors.place("o", v) + ")")
        .build();
  }

  // FloatVector t00 = none, t01 = none, t10 = none, t11 = none;
  // for (int from = 0, at = column; from < inner; from += length) {
  //   float[] s = from == 0 ? start : ZEROS;
  //   FloatVector s0 = FloatVector.fromArray(S, s, o), s1 = FloatVector.fromArray(S, s, o + L);
  //   FloatVector c00 = s0, c01 = s1, c10 = s0, c11 = s1;
  //   int to = Math.min(from + length, inner);
  //   for (int k = from; k < to; k++, at += stride) {
  //     (terms, see below)
  //   }
  //   t00 = one.fma(c00, t00); ...
  // }
  // t00.intoArray(y0, o); ...
  private CodeBlock chains(TileCode code) {
    code.declareCells(vectors().type(), "t", (r, v) -> "none")
        .begin("for (int from = 0, at = column; from < inner; from += length)");
    if (onto) {
      code.declareRows(scalar.array(), "s", r -> "from == 0 ? y" + r + " : ZEROS")
          .declareCells(
              vectors().type(), "c", (r, v) -> vectors().load("s" + r, Vectors.place("o", v)));
    } else {
      code.statement("$T s = from == 0 ? start : ZEROS", scalar.array())
          .declareVectors(vectors().type(), "s", v -> vectors().load("s", Vectors.place("o", v)))
          .declareCells(vectors().type(), "c", (r, v) -> "s" + v);
    }
    code.statement("int to = $T.min(from + length, inner)", Math.class)
        .begin("for (int k = from; k < to; k++, at += stride)");
    terms(code);
    return code.end()
        .cells((r, v) -> "t" + r + v + " = one.fma(c" + r + v + ", t" + r + v + ")")
        .end()
        .cells((r, v) -> "t" + r + v + ".intoArray(y" + r + ", " + Vectors.place("o", v) + ")")
        .build();
  }

  // FloatVector w0 = FloatVector.fromArray(S, m, at), w1 = FloatVector.fromArray(S, m, at + L), x;
  // x = FloatVector.broadcast(S, x0[k]); c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
  // x = FloatVector.broadcast(S, x1[k]); c10 = x.fma(w0, c10); c11 = x.fma(w1, c11);
  private void terms(TileCode code) {
    code.declareVectors(
        vectors().type(), "w", v -> vectors().load(SimdColumns.PANEL, Vectors.place("at", v)), "x");
    for (int r = 0; r < rows; r++) {
      CodeBlock x = CodeBlock.of("x = $L", vectors().all(CodeBlock.of("x$L[k]", r)));
      code.row(x, r, (row, v) -> "c" + row + v + " = x.fma(w" + v + ", c" + row + v + ")");
    }
  }
}
