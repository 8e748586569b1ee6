package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Prints {@code D = D + factor xs^T dys} in tiles. */
final class SimdGradients {

  private final Scalar scalar;
  private final SimdColumns columns;
  private final Pack pack;

  /** Whether a weight is so large that its gradient is computed in blocks of inputs. */
  private final boolean blocks;

  SimdGradients(Scalar scalar, Collection<Parameter> weights) {
    this.scalar = scalar;
    this.columns = SimdColumns.of(
        scalar, "d", weights.stream().map(Parameter::width).toList(), Optional.of(SimdLoops.WIDE));
    this.pack = new Pack(scalar);
    this.blocks =
        weights.stream().anyMatch(weight -> SimdTiling.isLarge(weight.in(), weight.out()));
  }

  /** Whether a gradient reads {@link SimdLoops#WIDE}. */
  boolean isWide() {
    return columns.isWide();
  }

  /** The helpers that {@link #method} calls. */
  List<Helper> calls() {
    List<Helper> calls = new ArrayList<>();
    calls.add(pack.called());
    calls.addAll(columns.tiles(width -> List.of(new GradientTile(scalar, width))));
    return calls;
  }

  // void weightGradient(int n, ..., float[][] scratch, ..., int height, int width) {
  //   float[] packed = scratch[0];
  //   int from = part.from(height, 6), to = part.to(height, 6);
  //   (columns of tiles)
  // }
  //
  // or, if a weight is large,
  //
  //   int begin = part.from(height, 6), end = part.to(height, 6);
  //   int block = Math.max(96, 393216 / n / 6 * 6);
  //   for (int from = begin; from < end; from += block) {
  //     int to = Math.min(from + block, end);
  //     (columns of tiles)
  //   }
  /** The method of the gradients of all weights. */
  MethodSpec method(MethodSpec.Builder weightGradient, Helpers helpers) {
    weightGradient
        .addStatement("$T packed = scratch[0]", scalar.array())
        .addStatement(
            blocks
                ? "int begin = part.from(height, $1L), end = part.to(height, $1L)"
                : "int from = part.from(height, $1L), to = part.to(height, $1L)",
            SimdTiling.ROWS)
        .addJavadoc(
            "A weight is updated directly from the registers that hold its gradient, one row of a tile at a time, while the other rows move up. Tiles of 6 rows by 4"
                + "\nvectors fill 32 registers, 6 by 2 the 16 of narrower machines.$L\n",
            blocks
                ? " Each panel reads all inputs of the batch, so if these are many, a block of them at a time, which stays in the cache."
                : "");
    CodeBlock loop = columns.loop(width -> column(width, helpers));
    if (!blocks) {
      return weightGradient.addCode(loop).build();
    }
    return weightGradient
        .addStatement(
            "int block = $T.max($L, $L / n / $L * $L)",
            Math.class,
            SimdTiling.LEAST_BLOCK,
            SimdTiling.block(scalar.bytes()),
            SimdTiling.ROWS,
            SimdTiling.ROWS)
        .beginControlFlow("for (int from = begin; from < end; from += block)")
        .addStatement("int to = $T.min(from + block, end)", Math.class)
        .addCode(loop)
        .endControlFlow()
        .build();
  }

  // pack(n, dys, o + column, 4 * L, packed);
  // Loops.gradient6x4(from, to, height, n, ..., stride, column);
  private CodeBlock column(int width, Helpers helpers) {
    return CodeBlock.builder()
        .addStatement(
            "$L(n, dys, o + column, $L, packed)",
            helpers.name(pack.called()),
            width == 1 ? "L" : width + " * L")
        .addStatement(
            "$L(from, to, height, n, xs, dys, packed, factor, m, stride, column)",
            SimdLoops.qualified(helpers.name(new GradientTile(scalar, width))))
        .build();
  }

  /** {@code pack(n, dys, o, width, packed)}: copies a column of rows into the array from which the tiles of a gradient read it. */
  private record Pack(Scalar scalar) implements SimdLoops.Loop {

    @Override
    public String wantedName() {
      return "pack";
    }

    // for (int r = 0; r < n; r++) {
    //   float[] dy = dys[r];
    //   for (int v = 0; v < width; v += L) {
    //     FloatVector.fromArray(S, dy, o + v).intoArray(packed, r * width + v);
    //   }
    // }
    @Override
    public MethodSpec method(Helpers helpers) {
      return MethodSpec.methodBuilder(helpers.name(this))
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
          .addStatement(
              "$L.intoArray(packed, r * width + v)", new Vectors(scalar).load("dy", "o + v"))
          .endControlFlow()
          .endControlFlow()
          .build();
    }
  }
}
