package dev.gradpoet.processor.emit.kernel.simd.map;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdCode;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Prints products of windows in tiles. The products of the forward pass have a row for each window, and terms for the values of a window; their
 * gradients, with the same tiles, the other way round.
 */
public final class SimdWindows {

  private final Scalar scalar;
  private final Columns columns;
  private final GradientColumns gradients;
  private final List<Integer> planes;

  public SimdWindows(Scalar scalar, Primitives primitives) {
    this.scalar = scalar;
    this.planes = primitives.planeProducts();
    int widest = Stream.of(primitives.windowProducts(), primitives.windowGradients())
        .flatMap(List::stream)
        .mapToInt(width -> width)
        .max()
        .orElse(0);
    boolean wide = widest > (SimdTiling.WIDE - 1) * 64 / scalar.bytes();
    this.columns = new Columns(scalar, wide);
    this.gradients = new GradientColumns(scalar, wide);
  }

  /** Whether a tile is chosen by {@link SimdLoops#WIDE}. */
  public boolean isWide() {
    return columns.wide();
  }

  /** The helpers that products call. */
  public List<Helper> calls() {
    return List.of(columns);
  }

  /** The helpers that gradients call. */
  public List<Helper> callsOfGradients() {
    return List.of(gradients);
  }

  /** The helpers that products in planes call. */
  public List<Helper> callsOfPlanes() {
    return planes.stream().<Helper>map(count -> new PlaneTile(scalar, count)).toList();
  }

  // int padded = (width + 15) / 16 * 16;
  // for (int panel = w.length - 1; panel >= 0; panel--) {
  //   int o = panel * 64, stride = w.length == 1 ? padded : Math.min(64, padded - o);
  //   windowColumns(x, windows.starts, windows.taps, w[panel], stride, ..., start, y, width, o);
  // }
  /** The panels are in descending order, because the last vector of a row may extend into the next row. */
  public SimdCode products(MethodSpec.Builder method, Helpers helpers) {
    return SimdCode.of(method
        .addStatement("int padded = (width + 15) / 16 * 16")
        .beginControlFlow("for (int panel = w.length - 1; panel >= 0; panel--)")
        .addStatement(
            "int o = panel * $1L, stride = w.length == 1 ? padded : $2T.min($1L, padded - o)",
            SimdTiling.PANEL,
            Math.class)
        .addStatement(
            "$L(x, windows.starts, windows.taps, w[panel], stride, $T.min(stride, width - o), start, y, width, o)",
            helpers.name(columns),
            Math.class)
        .endControlFlow()
        .build());
  }

  // int padded = (width + 15) / 16 * 16;
  // gradientColumns(x, windows.taps, windows.starts, bias, dy, width, scratch.sums(), padded);
  public SimdCode gradients(MethodSpec.Builder method, Helpers helpers) {
    return SimdCode.of(method
        .addStatement("int padded = (width + 15) / 16 * 16")
        .addStatement(
            "$L(x, windows.taps, windows.starts, bias, dy, width, scratch.sums(), padded)",
            helpers.name(gradients))
        .build());
  }

  // Loops.planes6x2(x, windows.starts, windows.taps, w[0], start, y, columns, plane);
  //
  // if (channels == 6) {
  //   Loops.planes6x2(x, windows.starts, windows.taps, w[0], start, y, columns, plane);
  // }
  // ...
  public SimdCode planes(MethodSpec.Builder method, Helpers helpers) {
    for (int count : planes) {
      CodeBlock call = CodeBlock.of(
          "$L(x, windows.starts, windows.taps, w[0], start, y, columns, plane)",
          SimdLoops.qualified(helpers.name(new PlaneTile(scalar, count))));
      if (planes.size() == 1) {
        method.addStatement(call);
      } else {
        method.beginControlFlow("if (channels == $L)", count).addStatement(call).endControlFlow();
      }
    }
    return SimdCode.of(method.build());
  }

  /** {@code windowColumns(x, rows, terms, m, stride, width, start, y, pitch, o)}: the columns of a panel. */
  private record Columns(Scalar scalar, boolean wide) implements Helper {

    private WindowTile one() {
      return new WindowTile(scalar, 2 * SimdTiling.ROWS, 1, false);
    }

    private WindowTile two() {
      return new WindowTile(scalar, SimdTiling.ROWS, SimdTiling.NARROW, false);
    }

    private WindowTile four() {
      return new WindowTile(scalar, SimdTiling.ROWS, SimdTiling.WIDE, false);
    }

    @Override
    public String wantedName() {
      return "windowColumns";
    }

    @Override
    public List<Helper> calls() {
      return wide ? List.of(one(), two(), four()) : List.of(one(), two());
    }

    // int v = (width + L - 1) / L * L;
    // if (v / L % 2 == 1) {
    //   v -= L;
    //   Loops.windows12x1(x, rows, terms, m, stride, v, start, y, pitch, o + v, 0);
    // }
    // while (v > 0 && (v / L % 4 == 2 || !WIDE)) {
    //   v -= 2 * L;
    //   Loops.windows6x2(x, rows, terms, m, stride, v, start, y, pitch, o + v, 0);
    // }
    // while (v > 0) {
    //   v -= 4 * L;
    //   Loops.windows6x4(x, rows, terms, m, stride, v, start, y, pitch, o + v, 0);
    // }
    @Override
    public MethodSpec method(Helpers helpers) {
      MethodSpec.Builder method = MethodSpec.methodBuilder(helpers.name(this))
          .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
          .addJavadoc(
              "The products with a panel, from its last columns to its first, because the last vector of a row may extend into the next row.\n")
          .addParameter(scalar.array(), "x")
          .addParameter(int[].class, "rows")
          .addParameter(int[].class, "terms")
          .addParameter(scalar.array(), "m")
          .addParameter(TypeName.INT, "stride")
          .addParameter(TypeName.INT, "width")
          .addParameter(scalar.array(), "start")
          .addParameter(scalar.array(), "y")
          .addParameter(TypeName.INT, "pitch")
          .addParameter(TypeName.INT, "o")
          .addStatement("int v = (width + L - 1) / L * L")
          .beginControlFlow("if (v / L % 2 == 1)");
      tile(method, helpers, one());
      method.endControlFlow();
      if (wide) {
        method.beginControlFlow("while (v > 0 && (v / L % 4 == 2 || !$L))", SimdLoops.WIDE);
        tile(method, helpers, two());
        method.endControlFlow().beginControlFlow("while (v > 0)");
        tile(method, helpers, four());
      } else {
        method.beginControlFlow("while (v > 0)");
        tile(method, helpers, two());
      }
      return method.endControlFlow().build();
    }

    private static void tile(MethodSpec.Builder method, Helpers helpers, WindowTile tile) {
      method
          .addStatement("v -= $L", tile.width() == 1 ? "L" : tile.width() + " * L")
          .addStatement(
              "$L(x, rows, terms, m, stride, v, start, y, pitch, o + v, 0)",
              SimdLoops.qualified(helpers.name(tile)));
    }
  }
}
