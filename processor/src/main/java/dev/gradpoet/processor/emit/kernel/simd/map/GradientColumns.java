package dev.gradpoet.processor.emit.kernel.simd.map;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** {@code gradientColumns(x, rows, terms, bias, m, width, y, pitch)}: the columns of a gradient. */
record GradientColumns(Scalar scalar, boolean wide) implements Helper {

  /**
   * The rows of a tile of one vector: 15 of the 16 registers of narrow machines. The 25 values of a window of 5 by 5 and the bias are two such tiles, one
   * for each of two threads.
   */
  private static final int ROWS_OF_ONE = 13;

  private List<WindowTile> tiles() {
    WindowTile one = new WindowTile(scalar, ROWS_OF_ONE, 1, false);
    WindowTile two = new WindowTile(scalar, SimdTiling.ROWS, SimdTiling.NARROW, false);
    WindowTile four = new WindowTile(scalar, SimdTiling.ROWS, SimdTiling.WIDE, false);
    return wide ? List.of(one, two, four) : List.of(one, two);
  }

  @Override
  public String wantedName() {
    return "gradientColumns";
  }

  @Override
  public List<Helper> calls() {
    return tiles().stream()
        .<Helper>flatMap(tile -> Stream.of(tile, tile.withBias()))
        .toList();
  }

  // int v = (width + L - 1) / L * L;
  // if (v / L % 2 == 1) {
  //   (a tile of one vector, see below)
  // }
  // while (v > 0 && (v / L % 4 == 2 || !WIDE)) {
  //   (tiles of two vectors)
  // }
  // while (v > 0) {
  //   (tiles of four vectors)
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    List<WindowTile> tiles = tiles();
    MethodSpec.Builder method = MethodSpec.methodBuilder(helpers.name(this))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "Gradients from the last columns to the first, because the last vector of a row may extend into the next row.\n")
        .addParameter(scalar.array(), "x")
        .addParameter(int[].class, "rows")
        .addParameter(int[].class, "terms")
        .addParameter(TypeName.BOOLEAN, "bias")
        .addParameter(scalar.array(), "m")
        .addParameter(TypeName.INT, "width")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "pitch")
        .addStatement("int v = (width + L - 1) / L * L")
        .beginControlFlow("if (v / L % 2 == 1)");
    add(method, helpers, tiles.get(0));
    method.endControlFlow();
    if (wide) {
      method.beginControlFlow("while (v > 0 && (v / L % 4 == 2 || !$L))", SimdLoops.WIDE);
      add(method, helpers, tiles.get(1));
      method.endControlFlow();
    }
    method.beginControlFlow("while (v > 0)");
    add(method, helpers, tiles.get(tiles.size() - 1));
    return method.endControlFlow().build();
  }

  // v -= L;
  // if (bias) {
  //   Loops.windowsAndBias12x1(x, rows, terms, m, width, v, null, y, pitch, v, 0);
  // }
  // Loops.windows13x1(x, rows, terms, m, width, v, null, y, pitch, v, bias ? 12 : 0);
  private static void add(MethodSpec.Builder method, Helpers helpers, WindowTile tile) {
    String call = "$L(x, rows, terms, m, width, v, null, y, pitch, v, $L)";
    WindowTile withBias = tile.withBias();
    method
        .addStatement("v -= $L", tile.width() == 1 ? "L" : tile.width() + " * L")
        .beginControlFlow("if (bias)")
        .addStatement(call, SimdLoops.qualified(helpers.name(withBias)), "0")
        .endControlFlow()
        .addStatement(
            call, SimdLoops.qualified(helpers.name(tile)), "bias ? " + withBias.rows() + " : 0");
  }
}
