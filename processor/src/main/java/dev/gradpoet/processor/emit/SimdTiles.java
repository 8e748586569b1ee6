package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.plan.SimdTiling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Prints the tiles that the vector kernels of a network share: the panels of a matrix are cut into columns of so many vectors, a column into tiles
 * of several rows; each tile keeps its sums in registers from the first to the last term. Only the widths that a network has are printed.
 */
abstract class SimdTiles {

  /** The constant that says whether there are 32 registers. */
  static final String WIDE = "WIDE";

  /** What methods for a panel call it. */
  static final String PANEL = "m";

  final Scalar scalar;
  final Vectors vectors;
  private final MethodSet shared;
  private final String method;
  private final String row;
  private final String end;
  private final Map<String, MethodSpec> methods = new LinkedHashMap<>();
  private final Map<String, String> allocated = new LinkedHashMap<>();

  /**
   * Tiles of one kind.
   *
   * @param method what their methods are called
   * @param row the variable of the first row of a tile
   * @param end the variable that ends the rows
   */
  SimdTiles(Scalar scalar, MethodSet shared, String method, String row, String end) {
    this.scalar = scalar;
    this.shared = shared;
    this.vectors = new Vectors(scalar);
    this.method = method;
    this.row = row;
    this.end = end;
  }

  /** The methods that were asked for. */
  final Collection<MethodSpec> methods() {
    return methods.values();
  }

  /** What every method of this kind is passed, but for its place. The matrix in panels, or one of them, has this type and name. */
  abstract void parameters(MethodSpec.Builder builder, TypeName matrixType, String matrix);

  /** The name of the matrix in panels. */
  abstract String matrix();

  /** The names of the parameters of methods for a panel. */
  abstract String arguments();

  /** Where a tile lies: {@code column} in its panel, and {@code o} in whole rows, for those that ask. */
  abstract List<String> places();

  /** What the kind computes. */
  abstract String inWords();

  /** The rows of the whole tiles that a column is cut into, the most first. */
  abstract List<Integer> rowsOfTiles(int width);

  /** When a column of four vectors is taken; nothing for never. */
  abstract Optional<String> whenWide();

  /**
   * One tile: what the loop over the rows repeats.
   *
   * @param index the number of each of its rows
   */
  abstract CodeBlock body(int rows, int width, IntFunction<String> index);

  // productColumn4(n, ..., stride, column, o + column);
  /** What is done for each column of a panel that begins at {@code o} in whole rows. */
  CodeBlock column(int width) {
    return CodeBlock.builder()
        .addStatement(
            "$L($L, stride, $L)",
            name(columnName(width)),
            arguments(),
            places().stream()
                .map(place -> place.equals("o") ? "o + column" : place)
                .collect(Collectors.joining(", ")))
        .build();
  }

  /** What a tile declares before its loop. */
  abstract CodeBlock before(int width);

  /** The name of the method for a matrix of a width. */
  final String of(int width) {
    int vectorsOf16 = SimdTiling.vectors(width);
    int most = scalar == Scalar.FLOAT ? vectorsOf16 : 2 * vectorsOf16;
    if (most >= SimdTiling.WIDE && whenWide().isPresent()) {
      addColumn(SimdTiling.WIDE);
    }
    addColumn(SimdTiling.NARROW);
    if (most % 2 == 1) {
      addColumn(1);
    }
    methods.put(method, columns());
    return name(method);
  }

  private String name(String wanted) {
    return allocated.computeIfAbsent(wanted, shared::allocate);
  }

  private String columnName(int width) {
    return method + "Column" + width;
  }

  // private static void product(int n, ..., int width) {
  //   int o = 0;
  //   for (float[] m : w) {
  //     int stride = w.length == 1 ? width : Math.min(64, width - o), column = 0;
  //     if (WIDE) {
  //       for (; column + 4 * L <= stride; column += 4 * L) {
  //         productColumn4(n, ..., stride, column, o + column);
  //       }
  //     }
  //     for (; column + 2 * L <= stride; column += 2 * L) {
  //       productColumn2(n, ..., stride, column, o + column);
  //     }
  //     if (column < stride) {
  //       productColumn1(n, ..., stride, column, o + column);
  //     }
  //     o += stride;
  //   }
  // }
  private MethodSpec columns() {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(method))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(inWords());
    parameters(builder, scalar.rows(), matrix());
    builder
        .addParameter(TypeName.INT, "width")
        .addStatement("int o = 0")
        .beginControlFlow("for ($T $L : $L)", scalar.array(), PANEL, matrix())
        .addStatement(
            "int stride = $L.length == 1 ? width : $T.min($L, width - o), column = 0",
            matrix(),
            Math.class,
            SimdTiling.PANEL);
    if (methods.containsKey(columnName(SimdTiling.WIDE))) {
      builder.beginControlFlow("if ($L)", whenWide().get());
      columnLoop(builder, SimdTiling.WIDE);
      builder.endControlFlow();
    }
    columnLoop(builder, SimdTiling.NARROW);
    if (methods.containsKey(columnName(1))) {
      builder.beginControlFlow("if (column < stride)").addCode(column(1)).endControlFlow();
    }
    return builder.addStatement("o += stride").endControlFlow().build();
  }

  private void columnLoop(MethodSpec.Builder builder, int width) {
    builder
        .beginControlFlow("for (; column + $1L * L <= stride; column += $1L * L)", width)
        .addCode(column(width))
        .endControlFlow();
  }

  // private static void productColumn4(int n, ..., int stride, int column, int o) {
  //   int r = product6x4(0, n, ..., stride, column, o);
  //   r = product4x4(r, n, ..., stride, column, o);
  //   if (r < n) {
  //     product2x4(r, n, ..., stride, column, o);
  //   }
  // }
  private void addColumn(int width) {
    if (methods.containsKey(columnName(width))) {
      return;
    }
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(columnName(width)))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    panelParameters(builder);
    String first = "int " + row + " = $L(0, $L)";
    for (int rows : rowsOfTiles(width)) {
      String tile = tileName(rows, width);
      methods.put(tile, tile(rows, width).build());
      builder.addStatement(first, name(tile), panelArguments());
      first = row + " = $L(" + row + ", $L)";
    }
    builder
        .beginControlFlow("if ($L < $L)", row, end)
        .addStatement(
            "$L($L, $L)", name(tileName(SimdTiling.LAST_ROWS, width)), row, panelArguments())
        .endControlFlow();
    methods.put(columnName(width), builder.build());
    methods.put(tileName(SimdTiling.LAST_ROWS, width), lastTile(width).build());
  }

  private void panelParameters(MethodSpec.Builder builder) {
    parameters(builder, scalar.array(), PANEL);
    builder.addParameter(TypeName.INT, "stride");
    places().forEach(place -> builder.addParameter(TypeName.INT, place));
  }

  private String panelArguments() {
    return arguments() + ", stride, " + String.join(", ", places());
  }

  private String tileName(int rows, int width) {
    return method + rows + "x" + width;
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
        .beginControlFlow("for (; $1L + $3L <= $2L; $1L += $3L)", row, end, rows)
        .addCode(body(rows, width, q -> TileCode.after(row, q)))
        .endControlFlow()
        .addStatement("return $L", row);
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
        .beginControlFlow("for (; $1L < $2L; $1L += $3L)", row, end, rows)
        .addStatement("int last = $T.min($L + 1, $L - 1)", Math.class, row, end)
        .addCode(body(rows, width, q -> q == 0 ? row : "last"))
        .endControlFlow();
  }

  private MethodSpec.Builder head(int rows, int width, String extent) {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(tileName(rows, width)))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "$L rows by $L from row $L on, $L.\n",
            rows,
            width == 1 ? "one vector" : width + " vectors",
            row,
            extent)
        .addParameter(TypeName.INT, row);
    panelParameters(builder);
    return builder.addCode(before(width));
  }
}
