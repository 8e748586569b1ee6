package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.plan.Padding;
import dev.gradpoet.processor.plan.SimdTiling;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.lang.model.element.Modifier;

/** Prints the tiles of {@code ys = xs W}. */
final class SimdProducts extends SimdTiles {

  /** Whether sums go on from what is in ys, for gradients to which several layers contribute. */
  private final boolean onto;

  /** Whether one of the matrices is so large that its columns are put together. */
  private final boolean packs;

  SimdProducts(Scalar scalar, MethodSet shared, boolean packs) {
    this(scalar, shared, "product", false, packs);
  }

  private SimdProducts(
      Scalar scalar, MethodSet shared, String method, boolean onto, boolean packs) {
    super(scalar, shared, method, "r", "n");
    this.onto = onto;
    this.packs = packs;
  }

  /** The tiles of {@code ys = ys + xs W}. */
  static SimdProducts onto(Scalar scalar, MethodSet shared) {
    return new SimdProducts(scalar, shared, "productOnto", true, false);
  }

  /** {@code product(n, xs, 64, 32, w[0], b, ys, 32)}. */
  CodeBlock call(SumOrder order, String xs, String startAndYs) {
    String panel = SimdTiling.isPacked(order) ? "panel, " : "null, ";
    return CodeBlock.of(
        "$L(n, $L, $L, $L, w[0], $L, $L$L)",
        of(order.outer()),
        xs,
        order.inner(),
        order.blockLength(),
        startAndYs,
        packs ? panel : "",
        Padding.padded(order.outer()));
  }

  @Override
  String inWords() {
    return "{@code ys = " + (onto ? "ys + " : "")
        + "xs W}, {@code inner} terms a sum, in chains of {@code length}, the first from "
        + (onto ? "what is there" : "{@code start}")
        + ", added in order to -0, which changes no bit\n"
        + "of them. A row of W, and what is used of one of ys, has {@code stride} values. Tiles of 6 rows by 4 vectors fill 32 registers and read each\n"
        + "weight once for six rows; 6 by 2 fill the 16 of narrower machines, or leave room for the sum of the chains before. {@code one.fma(c, t)} is\n"
        + "{@code t + c}, asked of a vector whose class C2 of JDK 17 knows, too: what a loop carries, it might make an object to ask.\n"
        + (packs
            ? "Columns of a weight of 1 MB and more are put together in {@code panel} first: rows 2 or 4 KB apart share a few sets of the second cache, which\n"
                + "would not keep a column from one tile to the next.\n"
            : "");
  }

  @Override
  Optional<String> whenWide() {
    return onto ? Optional.empty() : Optional.of(WIDE + " && length >= inner");
  }

  @Override
  List<Integer> rowsOfTiles(int width) {
    return width == SimdTiling.WIDE
        ? List.of(SimdTiling.ROWS, SimdTiling.LEFT_ROWS)
        : List.of(SimdTiling.ROWS);
  }

  @Override
  void parameters(MethodSpec.Builder builder) {
    builder
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "inner")
        .addParameter(TypeName.INT, "length")
        .addParameter(scalar.array(), "w");
    if (!onto) {
      builder.addParameter(scalar.array(), "start");
    }
    builder.addParameter(scalar.rows(), "ys");
  }

  @Override
  String arguments() {
    return onto ? "n, xs, inner, length, w, ys" : "n, xs, inner, length, w, start, ys";
  }

  @Override
  void moreParameters(MethodSpec.Builder builder) {
    if (packs) {
      builder.addParameter(scalar.array(), "panel");
    }
  }

  // if (panel != null && n >= 32) {
  //   productPacking(xs, inner, w, start, ys, panel, stride, o);
  //   productColumn4(4, n, xs, inner, length, panel, start, ys, 4 * L, o);
  // } else {
  //   productColumn4(0, n, xs, inner, length, w, start, ys, stride, o);
  // }
  @Override
  CodeBlock column(int width) {
    if (!packs || width < SimdTiling.WIDE) {
      return super.column(width);
    }
    return CodeBlock.builder()
        .beginControlFlow("if (panel != null && n >= $L)", SimdTiling.PACKED_ROWS)
        .addStatement(
            "$L(xs, inner, w, start, ys, panel, stride, o)", add("productPacking", this::packing))
        .add(column(
            width,
            String.valueOf(SimdTiling.LEFT_ROWS),
            "n, xs, inner, length, panel, start, ys",
            SimdTiling.WIDE + " * L"))
        .nextControlFlow("else")
        .add(super.column(width))
        .endControlFlow()
        .build();
  }

  private MethodSpec packing(String name) {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "The first $L rows by $L vectors. On the way, the column of W is put together in panel, from o on, for the tiles of the rows that follow.\n",
            SimdTiling.LEFT_ROWS,
            SimdTiling.WIDE)
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "inner")
        .addParameter(scalar.array(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.rows(), "ys")
        .addParameter(scalar.array(), "panel")
        .addParameter(TypeName.INT, "stride")
        .addParameter(TypeName.INT, "o");
    TileCode code = rows(SimdTiling.LEFT_ROWS, SimdTiling.WIDE, String::valueOf);
    return builder.addCode(oneChain(code, SimdTiling.LEFT_ROWS, true)).build();
  }

  // FloatVector none = FloatVector.broadcast(S, -0f), one = FloatVector.broadcast(S, 1f);
  @Override
  CodeBlock before(int width) {
    return width == SimdTiling.WIDE
        ? CodeBlock.of("")
        : CodeBlock.builder()
            .addStatement(
                "$T none = $L, one = $L",
                vectors.type(),
                vectors.all(scalar.literal(-0.0)),
                vectors.all(scalar.literal(1)))
            .build();
  }

  @Override
  CodeBlock body(int rows, int width, IntFunction<String> index) {
    TileCode code = rows(rows, width, index);
    return width == SimdTiling.WIDE ? oneChain(code, rows, false) : chains(code, rows);
  }

  // float[] x0 = xs[r], x1 = xs[r + 1];
  // float[] y0 = ys[r], y1 = ys[r + 1];
  private TileCode rows(int rows, int width, IntFunction<String> index) {
    return new TileCode(rows, width)
        .declareRows(scalar.array(), "x", r -> "xs[" + index.apply(r) + "]")
        .declareRows(scalar.array(), "y", r -> "ys[" + index.apply(r) + "]");
  }

  // FloatVector s0 = FloatVector.fromArray(S, start, o), s1 = ..., s2 = ..., s3 = ...;
  // FloatVector c00 = s0, c01 = s1, c02 = s2, c03 = s3, c10 = s0, ...;
  // for (int k = 0, at = o; k < inner; k++, at += stride) {
  //   (terms, see below)
  // }
  // c00.intoArray(y0, o); ...
  //
  // Packing: for (int k = 0, at = o, to = o; ...; k++, at += stride, to += 4 * L)
  private CodeBlock oneChain(TileCode code, int rows, boolean packing) {
    code.declareVectors(vectors.type(), "s", v -> vectors.load("start", Vectors.place("o", v)))
        .declareCells(vectors.type(), "c", (r, v) -> "s" + v);
    code.begin(
        packing
            ? "for (int k = 0, at = o, to = o; k < inner; k++, at += stride, to += 4 * L)"
            : "for (int k = 0, at = o; k < inner; k++, at += stride)");
    weights(code);
    if (packing) {
      code.row(0, (r, v) -> "w" + v + ".intoArray(panel, " + Vectors.place("to", v) + ")");
    }
    terms(code, rows);
    return code.end()
        .cells((r, v) -> "c" + r + v + ".intoArray(y" + r + ", " + Vectors.place("o", v) + ")")
        .build();
  }

  // FloatVector t00 = none, t01 = none, t10 = none, t11 = none;
  // for (int from = 0, at = o; from < inner; from += length) {
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
  private CodeBlock chains(TileCode code, int rows) {
    code.declareCells(vectors.type(), "t", (r, v) -> "none")
        .begin("for (int from = 0, at = o; from < inner; from += length)");
    if (onto) {
      code.declareRows(scalar.array(), "s", r -> "from == 0 ? y" + r + " : ZEROS")
          .declareCells(
              vectors.type(), "c", (r, v) -> vectors.load("s" + r, Vectors.place("o", v)));
    } else {
      code.statement("$T s = from == 0 ? start : ZEROS", scalar.array())
          .declareVectors(vectors.type(), "s", v -> vectors.load("s", Vectors.place("o", v)))
          .declareCells(vectors.type(), "c", (r, v) -> "s" + v);
    }
    code.statement("int to = $T.min(from + length, inner)", Math.class)
        .begin("for (int k = from; k < to; k++, at += stride)");
    weights(code);
    terms(code, rows);
    return code.end()
        .cells((r, v) -> "t" + r + v + " = one.fma(c" + r + v + ", t" + r + v + ")")
        .end()
        .cells((r, v) -> "t" + r + v + ".intoArray(y" + r + ", " + Vectors.place("o", v) + ")")
        .build();
  }

  // FloatVector w0 = FloatVector.fromArray(S, w, at), w1 = FloatVector.fromArray(S, w, at + L);
  private void weights(TileCode code) {
    code.declareVectors(vectors.type(), "w", v -> vectors.load("w", Vectors.place("at", v)));
  }

  // FloatVector x = FloatVector.broadcast(S, x0[k]);
  // c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
  // x = FloatVector.broadcast(S, x1[k]);
  // c10 = x.fma(w0, c10); c11 = x.fma(w1, c11);
  private void terms(TileCode code, int rows) {
    for (int r = 0; r < rows; r++) {
      code.statement(
              (r == 0 ? vectors.type().simpleName() + " " : "") + "x = $L",
              vectors.all(CodeBlock.of("x$L[k]", r)))
          .row(r, (row, v) -> "c" + row + v + " = x.fma(w" + v + ", c" + row + v + ")");
    }
  }
}
