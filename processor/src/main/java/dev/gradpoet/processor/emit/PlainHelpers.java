package dev.gradpoet.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.plan.PlainTiling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The methods that the plain kernels share, one for each width in which they are needed. */
final class PlainHelpers {

  static final ClassName CHAINS = ClassName.get(Names.SUPPORT, "Chains");

  private final Scalar scalar;
  private final Names names;
  private final Map<String, MethodSpec> methods = new LinkedHashMap<>();
  private final Map<String, String> allocated = new LinkedHashMap<>();

  PlainHelpers(Scalar scalar, Names names) {
    this.scalar = scalar;
    this.names = names;
  }

  /** The helpers that were asked for. */
  Collection<MethodSpec> methods() {
    return methods.values();
  }

  /** The width of a row with its padding. */
  static int padded(int width) {
    return (width + 15) / 16 * 16;
  }

  /** The name of {@code addRows} for rows of a width. */
  String addRows(int width) {
    String key = "addRows" + width;
    String name = name(key);
    methods.computeIfAbsent(key, k -> addRowsMethod(name, width));
    return name;
  }

  /** The name of the softmax of rows of a width. */
  String softmax(int width) {
    String key = "softmax" + width;
    String name = name(key);
    methods.computeIfAbsent(key, k -> softmaxMethod(name, width));
    return name;
  }

  /** The name of the derivative of the softmax of rows of a width. */
  String softmaxGradient(int width) {
    String key = "softmaxGradient" + width;
    String name = name(key);
    methods.computeIfAbsent(key, k -> softmaxGradientMethod(name, width));
    return name;
  }

  /** The name of the log-softmax of rows of a width. */
  String logSoftmax(int width) {
    String key = "logSoftmax" + width;
    String name = name(key);
    methods.computeIfAbsent(key, k -> logSoftmaxMethod(name, width));
    return name;
  }

  /** The name of the derivative of the log-softmax of rows of a width. */
  String logSoftmaxGradient(int width) {
    String key = "logSoftmaxGradient" + width;
    String name = name(key);
    methods.computeIfAbsent(key, k -> logSoftmaxGradientMethod(name, width));
    return name;
  }

  private String name(String wanted) {
    return allocated.computeIfAbsent(wanted, names::method);
  }

  private MethodSpec addRowsMethod(String name, int width) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "a")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "to")
        .addParameter(scalar.rows(), "rows")
        .addParameter(scalar.array(), "y");
    PlainTiling tiling = PlainTiling.of(width);
    if (tiling.registers()) {
      method.addJavadoc(
          "{@code y[j] = fma(a[k], rows[k][j], y[j])} for k from {@code from} to {@code to}, in order, j below $L: sums in registers.\n",
          width);
      registerTiles(method, width, tiling.tile());
    } else {
      method.addJavadoc(
          "{@code y[j] = fma(a[k], rows[k][j], y[j])} for k from {@code from} to {@code to}, in order, j below $L: several rows a pass,"
              + "\nevery index j, the form that C2 turns into vectors.\n",
          width);
      method.addStatement("int k = from");
      for (int fused : tiling.fusedRows()) {
        fusedRows(method, width, fused);
      }
    }
    return method.build();
  }

  // for (; k + 2 <= to; k += 2) {
  //   float a0 = a[k], a1 = a[k + 1];
  //   float[] r0 = rows[k], r1 = rows[k + 1];
  //   for (int j = 0; j < 128; j++) {
  //     float sum = Math.fma(a0, r0[j], y[j]);
  //     sum = Math.fma(a1, r1[j], sum);
  //     y[j] = sum;
  //   }
  // }
  private void fusedRows(MethodSpec.Builder method, int width, int fused) {
    String head = "for (; k + " + fused + " <= to; k += " + fused + ")";
    method.beginControlFlow(fused == 1 ? "for (; k < to; k++)" : head);
    for (int f = 0; f < fused; f++) {
      CodeBlock at = f == 0 ? CodeBlock.of("k") : CodeBlock.of("k + $L", f);
      method.addStatement("$T a$L = a[$L]", scalar.type(), f, at);
      method.addStatement("$T r$L = rows[$L]", scalar.array(), f, at);
    }
    method.beginControlFlow("for (int j = 0; j < $L; j++)", width);
    if (fused == 1) {
      method.addStatement("y[j] = $T.fma(a0, r0[j], y[j])", Math.class);
    } else {
      method.addStatement("$T sum = $T.fma(a0, r0[j], y[j])", scalar.type(), Math.class);
      for (int f = 1; f < fused; f++) {
        method.addStatement("sum = $T.fma(a$L, r$L[j], sum)", Math.class, f, f);
      }
      method.addStatement("y[j] = sum");
    }
    method.endControlFlow().endControlFlow();
  }

  // for (int j = 0; j < 32; j += 8) {            the whole tiles
  //   float y0 = y[j], y1 = y[j + 1], ...;
  //   for (int k = from; k < to; k++) {
  //     float ak = a[k];
  //     float[] r = rows[k];
  //     y0 = Math.fma(ak, r[j], y0);
  //     ...
  //   }
  //   y[j] = y0;
  //   ...
  // }
  // and once more, without the loop, for the outputs that are left
  private void registerTiles(MethodSpec.Builder method, int width, int tile) {
    int whole = width / tile * tile;
    if (whole > tile) {
      method.beginControlFlow("for (int j = 0; j < $L; j += $L)", whole, tile);
      registerTile(method, "j", 0, tile);
      method.endControlFlow();
    } else if (whole == tile) {
      registerTile(method, "", 0, tile);
    }
    if (whole < width) {
      registerTile(method, "", whole, width - whole);
    }
  }

  private void registerTile(MethodSpec.Builder method, String base, int from, int size) {
    List<String> places = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      places.add(base.isEmpty() ? String.valueOf(from + t) : t == 0 ? base : base + " + " + t);
    }
    for (int t = 0; t < size; t++) {
      method.addStatement("$T y$L = y[$L]", scalar.type(), from + t, places.get(t));
    }
    method
        .beginControlFlow("for (int k = from; k < to; k++)")
        .addStatement("$T ak = a[k]", scalar.type())
        .addStatement("$T r = rows[k]", scalar.array());
    for (int t = 0; t < size; t++) {
      method.addStatement(
          "y$L = $T.fma(ak, r[$L], y$L)", from + t, Math.class, places.get(t), from + t);
    }
    method.endControlFlow();
    for (int t = 0; t < size; t++) {
      method.addStatement("y[$L] = y$L", places.get(t), from + t);
    }
  }

  // float max = z[0];
  // for (int j = 1; j < 10; j++) {
  //   max = Math.max(max, z[j]);
  // }
  // for (int j = 0; j < 10; j++) {
  //   y[j] = FloatMath.exp(z[j] - max);
  // }
  // float sum = Chains.sum(y, 16);
  // for (int j = 0; j < 10; j++) {
  //   y[j] /= sum;
  // }
  private MethodSpec softmaxMethod(String name, int width) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc(
            "{@code y = e^(z - max z) / sum e^(z - max z)} over $L values; the largest is taken out so that nothing overflows.\n",
            width)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "z")
        .addParameter(scalar.array(), "y")
        .addStatement("$T max = z[0]", scalar.type())
        .beginControlFlow("for (int j = 1; j < $L; j++)", width)
        .addStatement("max = $T.max(max, z[j])", Math.class)
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("y[j] = $T.exp(z[j] - max)", scalar.math())
        .endControlFlow()
        .addStatement("$T sum = $T.sum(y, $L)", scalar.type(), CHAINS, padded(width))
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("y[j] /= sum")
        .endControlFlow()
        .build();
  }

  // float dot = Chains.dot(0f, g, y, 16);
  // for (int j = 0; j < 10; j++) {
  //   g[j] = y[j] * (g[j] - dot);
  // }
  private MethodSpec softmaxGradientMethod(String name, int width) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc("{@code g = y (g - sum g y)} over $L values, y being the softmax.\n", width)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "y")
        .addParameter(scalar.array(), "g")
        .addStatement(
            "$T dot = $T.dot($L, g, y, $L)",
            scalar.type(),
            CHAINS,
            scalar.literal(0),
            padded(width))
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("g[j] = y[j] * (g[j] - dot)")
        .endControlFlow()
        .build();
  }

  // float max = z[0];
  // for (int j = 1; j < 10; j++) {
  //   max = Math.max(max, z[j]);
  // }
  // double sum = 0;
  // for (int j = 0; j < 10; j++) {
  //   y[j] = z[j] - max;
  //   sum += FloatMath.exp(y[j]);
  // }
  // float log = FloatMath.log((float) sum);
  // for (int j = 0; j < 10; j++) {
  //   y[j] -= log;
  // }
  private MethodSpec logSoftmaxMethod(String name, int width) {
    CodeBlock sum = scalar == Scalar.DOUBLE ? CodeBlock.of("sum") : CodeBlock.of("(float) sum");
    return MethodSpec.methodBuilder(name)
        .addJavadoc(
            "{@code y = z - max z - log sum e^(z - max z)} over $L values; the largest is taken out so that nothing overflows.\n",
            width)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "z")
        .addParameter(scalar.array(), "y")
        .addStatement("$T max = z[0]", scalar.type())
        .beginControlFlow("for (int j = 1; j < $L; j++)", width)
        .addStatement("max = $T.max(max, z[j])", Math.class)
        .endControlFlow()
        .addStatement("double sum = 0")
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("y[j] = z[j] - max")
        .addStatement("sum += $T.exp(y[j])", scalar.math())
        .endControlFlow()
        .addStatement("$T log = $T.log($L)", scalar.type(), scalar.math(), sum)
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("y[j] -= log")
        .endControlFlow()
        .build();
  }

  // double sum = 0;
  // for (int j = 0; j < 10; j++) {
  //   sum += g[j];
  // }
  // for (int j = 0; j < 10; j++) {
  //   g[j] -= FloatMath.exp(y[j]) * (float) sum;
  // }
  private MethodSpec logSoftmaxGradientMethod(String name, int width) {
    CodeBlock sum = scalar == Scalar.DOUBLE ? CodeBlock.of("sum") : CodeBlock.of("(float) sum");
    return MethodSpec.methodBuilder(name)
        .addJavadoc("{@code g = g - e^y sum g} over $L values, y being the log-softmax.\n", width)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "y")
        .addParameter(scalar.array(), "g")
        .addStatement("double sum = 0")
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("sum += g[j]")
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("g[j] -= $T.exp(y[j]) * $L", scalar.math(), sum)
        .endControlFlow()
        .build();
  }
}
