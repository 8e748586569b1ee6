package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.lang.model.element.Modifier;

/** Prints {@code ys = xs W} in tiles, and its second form, {@code ys = ys + xs W}. */
public final class SimdProducts extends SimdTiles {

  private static final String ONTO = "productOnto";

  /** Whether sums go on from what is in ys, for gradients to which several layers contribute. */
  private final boolean onto;

  private SimdProducts(Scalar scalar, MethodSet shared, String method, boolean onto) {
    super(scalar, shared, method);
    this.onto = onto;
  }

  // void product(int n, ..., float[] start, float[] partial, float[][] ys, int width) {
  //   if (start == null) {
  //     productOnto(n, xs, inner, length, w, ys, width);
  //     return;
  //   }
  //   (columns of tiles)
  // }
  /** The method of all products, those onto what is there included, and what it calls but for the tiles, which are loops. */
  public static List<MethodSpec> methods(
      Primitives primitives, Scalar scalar, MethodSet shared, SimdLoops loops) {
    SimdProducts products = new SimdProducts(scalar, shared, "product", false);
    SimdProducts onto = new SimdProducts(scalar, shared, ONTO, true);
    primitives.products().forEach(order -> products.addColumns(order.outer()));
    primitives.accumulatingProducts().forEach(order -> onto.addColumns(order.outer()));
    List<MethodSpec> methods = new ArrayList<>();
    MethodSpec.Builder product = primitives.productMethod();
    if (onto.methods().isEmpty()) {
      methods.add(products.columns(product));
    } else if (products.methods().isEmpty()) {
      methods.add(product.addStatement(onto.call()).build());
    } else {
      methods.add(products.columns(product
          .beginControlFlow("if (start == null)")
          .addStatement(onto.call())
          .addStatement("return")
          .endControlFlow()));
    }
    loops.add(products.methods());
    if (!onto.methods().isEmpty()) {
      methods.add(onto.columns(onto.ontoMethod()));
      loops.add(onto.methods());
    }
    return methods;
  }

  private CodeBlock call() {
    return CodeBlock.of("$L(n, xs, inner, length, w, ys, width)", name(ONTO));
  }

  private MethodSpec.Builder ontoMethod() {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(ONTO))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc("{@code ys = ys + xs W}. ");
    parameters(builder, scalar.rows(), matrix());
    return builder.addParameter(TypeName.INT, "width");
  }

  @Override
  public String describe() {
    return "Tiles of 6 rows by 4 vectors fill 32 registers and read each weight once for six rows; 6 by 2 fill the 16 of narrower machines, or leave"
        + "\nroom for the sum of the chains before, which is -0 at first, as that changes no bit. {@code one.fma(c, t)} is {@code t + c}, called on a vector"
        + "\nwhose class C2 of JDK 17 knows: to call a method on a loop-carried vector, C2 might allocate it as an object.\n";
  }

  @Override
  public Optional<String> whenWide() {
    return onto ? Optional.empty() : Optional.of(WIDE + " && length >= inner");
  }

  @Override
  public void parameters(MethodSpec.Builder builder, TypeName matrixType, String matrix) {
    builder
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "inner")
        .addParameter(TypeName.INT, "length")
        .addParameter(matrixType, matrix);
    if (!onto) {
      builder.addParameter(scalar.array(), "start");
    }
    builder.addParameter(scalar.rows(), "ys");
  }

  @Override
  public String matrix() {
    return "w";
  }

  @Override
  public List<String> places() {
    return List.of("column", "o");
  }

  // int r = product6x4(0, n, ..., stride, column, o + column);
  // r = product4x4(r, n, ..., stride, column, o + column);
  // product2x4(r, n, ..., stride, column, o + column);
  @Override
  public CodeBlock column(int width) {
    CodeBlock.Builder column = CodeBlock.builder();
    String passed =
        "n, xs, inner, length, m, " + (onto ? "ys" : "start, ys") + ", stride, column, o + column";
    String first = "int r = $L(0, $L)";
    for (int rows : rowsOfTiles(width)) {
      column.addStatement(first, loop(tileName(rows, width)), passed);
      first = "r = $L(r, $L)";
    }
    return column
        .addStatement("$L(r, $L)", loop(tileName(SimdTiling.LAST_ROWS, width)), passed)
        .build();
  }

  @Override
  public void addTiles(int width) {
    for (int rows : rowsOfTiles(width)) {
      add(tileName(rows, width), tile(rows, width));
    }
    add(tileName(SimdTiling.LAST_ROWS, width), lastTile(width));
  }

  /** The rows of the whole tiles that a column is cut into, the most first. */
  private static List<Integer> rowsOfTiles(int width) {
    return width == SimdTiling.WIDE
        ? List.of(SimdTiling.ROWS, SimdTiling.LEFT_ROWS)
        : List.of(SimdTiling.ROWS);
  }

  // /** 6 rows by 4 vectors from row r on, as often as they fit; the row after the last. */
  // private static int product6x4(int r, int n, ..., int stride, int column, int o) {
  //   for (; r + 6 <= n; r += 6) {
  //     ...
  //   }
  //   return r;
  // }
  private MethodSpec.Builder tile(int rows, int width) {
    return head(rows, width, "as often as they fit; the row after the last")
        .returns(TypeName.INT)
        .beginControlFlow("for (; r + $1L <= n; r += $1L)", rows)
        .addCode(body(rows, width, r -> TileCode.after("r", r)))
        .endControlFlow()
        .addStatement("return r");
  }

  // /** 2 rows by 4 vectors from row r to the last; of an odd number, the last row is both. */
  // private static void product2x4(int r, int n, ..., int stride, int column, int o) {
  //   for (; r < n; r += 2) {
  //     int last = Math.min(r + 1, n - 1);
  //     ...
  //   }
  // }
  private MethodSpec.Builder lastTile(int width) {
    int rows = SimdTiling.LAST_ROWS;
    return head(rows, width, "to the last; of an odd number, the last row is both")
        .beginControlFlow("for (; r < n; r += $L)", rows)
        .addStatement("int last = $T.min(r + 1, n - 1)", Math.class)
        .addCode(body(rows, width, r -> r == 0 ? "r" : "last"))
        .endControlFlow();
  }

  // FloatVector none = FloatVector.broadcast(S, -0f), one = FloatVector.broadcast(S, 1f);
  private MethodSpec.Builder head(int rows, int width, String extent) {
    MethodSpec.Builder builder = ofPanel(
            tileName(rows, width), ParameterSpec.builder(TypeName.INT, "r").build())
        .addJavadoc("$L from row r on, $L.\n", describeTile(rows, width), extent);
    return width == SimdTiling.WIDE
        ? builder
        : builder.addStatement(
            "$T none = $L, one = $L",
            vectors.type(),
            vectors.all(scalar.literal(-0.0)),
            vectors.all(scalar.literal(1)));
  }

  /**
   * One tile: what the loop over the rows repeats.
   *
   * @param index the number of each of its rows
   */
  private CodeBlock body(int rows, int width, IntFunction<String> index) {
    TileCode code = rows(rows, width, index);
    return width == SimdTiling.WIDE ? oneChain(code, rows) : chains(code, rows);
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
  // for (int k = 0, at = column; k < inner; k++, at += stride) {
  //   (terms, see below)
  // }
  // c00.intoArray(y0, o); ...
  private CodeBlock oneChain(TileCode code, int rows) {
    code.declareVectors(vectors.type(), "s", v -> vectors.load("start", Vectors.place("o", v)))
        .declareCells(vectors.type(), "c", (r, v) -> "s" + v)
        .begin("for (int k = 0, at = column; k < inner; k++, at += stride)");
    terms(code, rows);
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
  private CodeBlock chains(TileCode code, int rows) {
    code.declareCells(vectors.type(), "t", (r, v) -> "none")
        .begin("for (int from = 0, at = column; from < inner; from += length)");
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
    terms(code, rows);
    return code.end()
        .cells((r, v) -> "t" + r + v + " = one.fma(c" + r + v + ", t" + r + v + ")")
        .end()
        .cells((r, v) -> "t" + r + v + ".intoArray(y" + r + ", " + Vectors.place("o", v) + ")")
        .build();
  }

  // FloatVector w0 = FloatVector.fromArray(S, m, at), w1 = FloatVector.fromArray(S, m, at + L), x;
  // x = FloatVector.broadcast(S, x0[k]); c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
  // x = FloatVector.broadcast(S, x1[k]); c10 = x.fma(w0, c10); c11 = x.fma(w1, c11);
  private void terms(TileCode code, int rows) {
    code.declareVectors(vectors.type(), "w", v -> vectors.load(PANEL, Vectors.place("at", v)), "x");
    for (int r = 0; r < rows; r++) {
      CodeBlock x = CodeBlock.of("x = $L", vectors.all(CodeBlock.of("x$L[k]", r)));
      code.row(x, r, (row, v) -> "c" + row + v + " = x.fma(w" + v + ", c" + row + v + ")");
    }
  }
}
