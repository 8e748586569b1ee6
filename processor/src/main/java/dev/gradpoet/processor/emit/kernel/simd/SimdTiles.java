package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Prints the tiles that the vector kernels of a network share: the panels of a matrix are cut into columns of so many vectors, a column into tiles
 * of several rows; each tile keeps its sums in registers from the first to the last term. Only the widths that a network has are printed.
 */
public abstract class SimdTiles {

  /** The constant that says whether there are 32 registers. */
  public static final String WIDE = "WIDE";

  /** What methods for a panel call it. */
  public static final String PANEL = "m";

  public final Scalar scalar;
  public final Vectors vectors;
  private final MethodSet shared;
  private final String method;
  private final Map<String, MethodSpec> methods = new LinkedHashMap<>();
  private final Set<Integer> widths = new HashSet<>();
  private final Map<String, String> allocated = new LinkedHashMap<>();

  /** Tiles of one kind, whose method has this name. */
  public SimdTiles(Scalar scalar, MethodSet shared, String method) {
    this.scalar = scalar;
    this.shared = shared;
    this.vectors = new Vectors(scalar);
    this.method = method;
  }

  /** The methods that were asked for. */
  public final Collection<MethodSpec> methods() {
    return methods.values();
  }

  /** What every method of this kind is passed, but for its place. The matrix in panels, or one of them, has this type and name. */
  public abstract void parameters(MethodSpec.Builder builder, TypeName matrixType, String matrix);

  /** The name of the matrix in panels. */
  public abstract String matrix();

  /** Where a tile lies: {@code column} in its panel, and {@code o} in whole rows, for those that ask. */
  public abstract List<String> places();

  /** Why the tiles are what they are. */
  public abstract String describe();

  /** When a column of four vectors is taken; nothing for never. */
  public abstract Optional<String> whenWide();

  /** Adds the methods for columns of so many vectors. */
  public abstract void addTiles(int width);

  /** What is done for each column of a panel that begins at {@code o} in whole rows. */
  public abstract CodeBlock column(int width);

  /** Adds what a matrix of a width needs. */
  public final void addColumns(int width) {
    int vectorsOf16 = Padding.vectors(width);
    int most = scalar == Scalar.FLOAT ? vectorsOf16 : 2 * vectorsOf16;
    if (most >= SimdTiling.WIDE && whenWide().isPresent()) {
      addOnce(SimdTiling.WIDE);
    }
    addOnce(SimdTiling.NARROW);
    if (most % 2 == 1) {
      addOnce(1);
    }
  }

  private void addOnce(int width) {
    if (widths.add(width)) {
      addTiles(width);
    }
  }

  public final String name(String wanted) {
    return allocated.computeIfAbsent(wanted, shared::allocate);
  }

  /** {@code Loops.product6x4}: what columns call a tile. */
  public final String loop(String wanted) {
    return SimdLoops.qualified(name(wanted));
  }

  /** {@code product6x4}. */
  public final String tileName(int rows, int width) {
    return method + rows + "x" + width;
  }

  /** {@code 6 rows by 4 vectors}. */
  public static String describeTile(int rows, int width) {
    return rows + " rows by " + (width == 1 ? "one vector" : width + " vectors");
  }

  public final void add(String wanted, MethodSpec.Builder builder) {
    methods.put(wanted, builder.build());
  }

  // private static void product6x4(int r, int n, ..., int stride, int column, int o)
  /** A method for a panel, with other parameters before those of its kind. */
  public final MethodSpec.Builder ofPanel(String wanted, ParameterSpec... first) {
    MethodSpec.Builder builder = MethodSpec.methodBuilder(name(wanted))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameters(List.of(first));
    parameters(builder, scalar.array(), PANEL);
    builder.addParameter(TypeName.INT, "stride");
    places().forEach(place -> builder.addParameter(TypeName.INT, place));
    return builder;
  }

  // int padded = (width + 15) / 16 * 16, o = 0;
  // for (float[] m : w) {
  //   int stride = w.length == 1 ? padded : Math.min(64, padded - o), column = 0;
  //   if (WIDE) {
  //     for (; column + 4 * L <= stride; column += 4 * L) {
  //       (tiles of four vectors, as the kind has them)
  //     }
  //   }
  //   for (; column + 2 * L <= stride; column += 2 * L) {
  //     (tiles of two)
  //   }
  //   if (column < stride) {
  //     (tiles of one)
  //   }
  //   o += stride;
  // }
  /** The method for a whole matrix, of which so much is written; its last parameter is {@code width}. */
  public final MethodSpec columns(MethodSpec.Builder builder) {
    builder
        .addJavadoc(describe())
        .addStatement("int padded = (width + 15) / 16 * 16, o = 0")
        .beginControlFlow("for ($T $L : $L)", scalar.array(), PANEL, matrix())
        .addStatement(
            "int stride = $L.length == 1 ? padded : $T.min($L, padded - o), column = 0",
            matrix(),
            Math.class,
            SimdTiling.PANEL);
    if (widths.contains(SimdTiling.WIDE)) {
      builder.beginControlFlow("if ($L)", whenWide().get());
      columnLoop(builder, SimdTiling.WIDE);
      builder.endControlFlow();
    }
    columnLoop(builder, SimdTiling.NARROW);
    if (widths.contains(1)) {
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
}
