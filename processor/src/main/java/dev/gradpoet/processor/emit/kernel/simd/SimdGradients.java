package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Prints the tiles of {@code D = D + factor xs^T dys}. */
public final class SimdGradients extends SimdTiles {

  private final MethodSet shared;

  private SimdGradients(Scalar scalar, MethodSet shared) {
    super(scalar, shared, "gradient");
    this.shared = shared;
  }

  // void weightGradient(int n, ..., float[][] scratch, ..., int height, int width) {
  //   float[] packed = scratch[0];
  //   (columns of tiles)
  // }
  /** The method of the gradients of all weights; what it calls is added to the loops. */
  public static MethodSpec method(
      MethodSpec.Builder weightGradient,
      Collection<Parameter> weights,
      Scalar scalar,
      MethodSet shared,
      SimdLoops loops) {
    SimdGradients gradients = new SimdGradients(scalar, shared);
    weights.forEach(weight -> gradients.addColumns(weight.width()));
    loops.add(gradients.methods());
    return gradients.columns(weightGradient.addStatement("$T packed = scratch[0]", scalar.array()));
  }

  @Override
  public String describe() {
    return "A weight is updated directly from the registers that hold its gradient, one row of a tile at a time, while the other rows move up. Tiles of 6 rows by 4"
        + "\nvectors fill 32 registers, 6 by 2 the 16 of narrower machines.\n";
  }

  @Override
  public Optional<String> whenWide() {
    return Optional.of(WIDE);
  }

  @Override
  public void parameters(MethodSpec.Builder builder, TypeName matrixType, String matrix) {
    builder
        .addParameter(TypeName.INT, "height")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(scalar.rows(), "dys")
        .addParameter(scalar.array(), "packed")
        .addParameter(scalar.type(), "factor")
        .addParameter(matrixType, matrix);
  }

  @Override
  public String matrix() {
    return "d";
  }

  @Override
  public List<String> places() {
    return List.of("column");
  }

  // pack(n, dys, o + column, 4 * L, packed);
  // Loops.gradient6x4(height, n, ..., stride, column);
  @Override
  public CodeBlock column(int width) {
    String pack = shared.name("pack", this::pack);
    return CodeBlock.builder()
        .addStatement("$L(n, dys, o + column, $L, packed)", pack, width == 1 ? "L" : width + " * L")
        .addStatement(
            "$L(height, n, xs, dys, packed, factor, m, stride, column)", loop(ofColumn(width)))
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r];
  //   for (int v = 0; v < width; v += L) {
  //     FloatVector.fromArray(S, dy, o + v).intoArray(packed, r * width + v);
  //   }
  // }
  private MethodSpec pack(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "Packs a column of n rows into contiguous memory: all tiles of the column read it, and distant rows would each need a page.\n")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "dys")
        .addParameter(TypeName.INT, "o")
        .addParameter(TypeName.INT, "width")
        .addParameter(scalar.array(), "packed")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r]", scalar.array())
        .beginControlFlow("for (int v = 0; v < width; v += L)")
        .addStatement("$L.intoArray(packed, r * width + v)", vectors.load("dy", "o + v"))
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  /** A column is a single tile, over and over. */
  private String ofColumn(int width) {
    return tileName(SimdTiling.ROWS, width);
  }

  // FloatVector none = FloatVector.zero(S), f = FloatVector.broadcast(S, factor);
  // for (int i = 0; i < height; i += 6) {
  //   int first = Math.max(0, Math.min(i, height - 6));
  //   ...
  // }
  @Override
  public void addTiles(int width) {
    int rows = SimdTiling.ROWS;
    MethodSpec.Builder builder = ofPanel(ofColumn(width))
        .addJavadoc(
            "$L; the last tile moves up to end with the last row, and adds only those that are left.\n",
            describeTile(rows, width))
        .addStatement(
            "$T none = $L, f = $L",
            vectors.type(),
            vectors.zero(),
            vectors.all(CodeBlock.of("factor")))
        .beginControlFlow("for (int i = 0; i < height; i += $L)", rows)
        .addStatement("int first = $1T.max(0, $1T.min(i, height - $2L))", Math.class, rows)
        .addCode(tile(rows, width))
        .endControlFlow();
    add(ofColumn(width), builder);
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
  // A row of four vectors takes two turns of an inner loop. The loop over rows has a constant end:
  // C2 unrolls it, and moves no register.
  private CodeBlock tile(int rows, int width) {
    TileCode code = new TileCode(rows, width)
        .declareCells(vectors.type(), "c", (r, v) -> "none")
        .begin("for (int r = 0, at = 0; r < n; r++, at += $L)", width == 1 ? "L" : width + " * L")
        .statement("$T xr = xs[r]", scalar.array())
        .declareVectors(
            vectors.type(), "d", v -> vectors.load("packed", Vectors.place("at", v)), "x");
    for (int r = 0; r < rows; r++) {
      String value = "xr[" + TileCode.after("first", r) + "]";
      CodeBlock x = CodeBlock.of("x = $L", vectors.all(CodeBlock.of("$L", value)));
      code.row(x, r, (row, v) -> "c" + row + v + " = x.fma(d" + v + ", c" + row + v + ")");
    }
    // two vectors and the others move up: all in line, or just four, are more vector operations
    // than the C2 of Java 17 always inlines, and it makes objects of the rest
    code.end()
        .begin("for (int r = 0, at = first * stride + column; r < $L; r++, at += stride)", rows);
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
        "f.fma($L, $L).intoArray($L, $L)", sum, vectors.load(PANEL, place), PANEL, place);
  }
}
