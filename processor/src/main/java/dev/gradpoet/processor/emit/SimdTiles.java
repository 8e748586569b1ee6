package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.plan.SimdTiling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Prints the tiles that the vector kernels of a network share: a matrix is cut into columns of so many vectors, a column into tiles of several
 * rows; each tile keeps its sums in registers from the first to the last term. Only the widths that a network has are printed.
 */
abstract class SimdTiles {

  /** The constant that says whether there are 32 registers. */
  static final String WIDE = "WIDE";

  final Scalar scalar;
  final Vectors vectors;
  private final Names names;
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
  SimdTiles(Scalar scalar, Names names, String method, String row, String end) {
    this.scalar = scalar;
    this.names = names;
    this.vectors = new Vectors(scalar);
    this.method = method;
    this.row = row;
    this.end = end;
  }

  /** The methods that were asked for. */
  final Collection<MethodSpec> methods() {
    return methods.values();
  }

  /** What every method of this kind is passed, but for its place. */
  abstract void parameters(MethodSpec.Builder builder);

  /** The names of these parameters. */
  abstract String arguments();

  /** What the kind computes. */
  abstract String inWords();

  /** When a column of four vectors is taken; nothing for never. */
  abstract Optional<String> whenWide();

  /** One tile: what the loop over the rows repeats. */
  abstract CodeBlock body(int rows, int width);

  /** What a tile declares before its loop. */
  abstract CodeBlock before(int rows, int width);

  /** The name of the method for matrices of a width, which {@code stride} values apart make its rows. */
  final String of(int width) {
    int vectorsOf16 = SimdTiling.vectors(width);
    int most = scalar == Scalar.FLOAT ? vectorsOf16 : 2 * vectorsOf16;
    if (most >= SimdTiling.WIDE && whenWide().isPresent()) {
      column(SimdTiling.WIDE);
    }
    column(SimdTiling.NARROW);
    if (most % 2 == 1) {
      column(1);
    }
    methods.put(method, columns());
    return name(method);
  }

  private String name(String wanted) {
    return allocated.computeIfAbsent(wanted, names::method);
  }

  private String columnName(int width) {
    return method + "Column" + width;
  }

  // private static void product(int n, ..., int stride) {
  //   int o = 0;
  //   if (WIDE) {
  //     for (; o + 4 * L <= stride; o += 4 * L) {
  //       productColumn4(n, ..., stride, o);
  //     }
  //   }
  //   for (; o + 2 * L <= stride; o += 2 * L) {
  //     productColumn2(n, ..., stride, o);
  //   }
  //   if (o < stride) {
  //     productColumn1(n, ..., stride, o);
  //   }
  // }
  private MethodSpec columns() {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(method))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(inWords());
    parameters(builder);
    builder.addParameter(TypeName.INT, "stride").addStatement("int o = 0");
    if (methods.containsKey(columnName(SimdTiling.WIDE))) {
      builder.beginControlFlow("if ($L)", whenWide().get());
      columnLoop(builder, SimdTiling.WIDE);
      builder.endControlFlow();
    }
    columnLoop(builder, SimdTiling.NARROW);
    if (methods.containsKey(columnName(1))) {
      builder.beginControlFlow("if (o < stride)").addStatement(call(1)).endControlFlow();
    }
    return builder.build();
  }

  private void columnLoop(MethodSpec.Builder builder, int width) {
    builder
        .beginControlFlow("for (; o + $1L * L <= stride; o += $1L * L)", width)
        .addStatement(call(width))
        .endControlFlow();
  }

  private CodeBlock call(int width) {
    return CodeBlock.of("$L($L, stride, o)", name(columnName(width)), arguments());
  }

  // private static void productColumn4(int n, ..., int stride, int o) {
  //   int r = product6x4(0, n, ..., stride, o);
  //   if (r < n) {
  //     r = product4x4(r, n, ..., stride, o);
  //     r = product2x4(r, n, ..., stride, o);
  //     product1x4(r, n, ..., stride, o);
  //   }
  // }
  private void column(int width) {
    if (methods.containsKey(columnName(width))) {
      return;
    }
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(columnName(width)))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    parameters(builder);
    builder.addParameter(TypeName.INT, "stride").addParameter(TypeName.INT, "o");
    String start = "int " + row + " = ";
    String at = "0";
    for (int rows : SimdTiling.ROWS) {
      builder.addStatement(
          "$L$L($L, $L, stride, o)",
          rows == 1 ? "" : start,
          name(method + rows + "x" + width),
          at,
          arguments());
      if (at.equals("0")) {
        builder.beginControlFlow("if ($L < $L)", row, end);
      }
      start = row + " = ";
      at = row;
    }
    methods.put(columnName(width), builder.endControlFlow().build());
    for (int rows : SimdTiling.ROWS) {
      methods.put(method + rows + "x" + width, tile(rows, width));
    }
  }

  // /** Tiles of 6 rows by 4 vectors: from row r on; the row after the last. */
  // private static int product6x4(int r, int n, ..., int stride, int o) {
  //   for (; r + 6 <= n; r += 6) {
  //     ...
  //   }
  //   return r;
  // }
  private MethodSpec tile(int rows, int width) {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(method + rows + "x" + width))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "$L by $L from row $L on, as often as they fit; the row after the last.\n",
            rows == 1 ? "One row" : rows + " rows",
            width == 1 ? "one vector" : width + " vectors",
            row)
        .returns(TypeName.INT)
        .addParameter(TypeName.INT, row);
    parameters(builder);
    return builder
        .addParameter(TypeName.INT, "stride")
        .addParameter(TypeName.INT, "o")
        .addCode(before(rows, width))
        .beginControlFlow("for (; $1L + $3L <= $2L; $1L += $3L)", row, end, rows)
        .addCode(body(rows, width))
        .endControlFlow()
        .addStatement("return $L", row)
        .build();
  }
}
