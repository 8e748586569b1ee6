package dev.gradpoet.processor.emit.kernel.simd;

import static dev.gradpoet.processor.graph.formula.Expr.Variable.G;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.W;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.X;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.Y;
import static dev.gradpoet.processor.graph.formula.Expr.number;
import static dev.gradpoet.processor.graph.formula.RowProgram.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.RowStep;
import dev.gradpoet.processor.graph.formula.RowStep.Let;
import dev.gradpoet.processor.graph.formula.RowStep.Order;
import dev.gradpoet.processor.graph.formula.RowStep.Reduce;
import dev.gradpoet.processor.testing.SourceCompiler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs of rows can express a norm: {@code torch.nn.LayerNorm} and its gradients, printed in plain Java and in vectors, have the same bits, and are
 * near the textbook's formulas in double.
 */
class RowProgramTest {

  private static final double EPS = 1e-5;

  private static final Variable B = new Variable("b");

  /** {@code (x - mean) rstd}, in a row of scratch. */
  private static final Variable H = new Variable("h");

  private static final Variable DW = new Variable("dw");
  private static final Variable DB = new Variable("db");

  private static final Uniform RSTD = new Uniform("rstd");

  private static final RowProgram VALUE = program(
      normalized(Y), new RowStep.Map("layerNorm", Y, Y.times(RSTD).times(W).plus(B)));

  private static final RowProgram GRADIENT = program(
      normalized(H),
      new RowStep.Map("normalized", H, H.times(RSTD)),
      new RowStep.Map("weightGradient", DW, G.fma(H, DW)),
      new RowStep.Map("biasGradient", DB, DB.plus(G)),
      new RowStep.Map("ofWeight", G, G.times(W)),
      new Reduce("total", Order.TREE, G),
      new Reduce("dot", Order.TREE, G.times(H)),
      new RowStep.Map(
          "layerNormGradient",
          G,
          G.minus(new Uniform("total").over(WIDTH))
              .minus(H.times(new Uniform("dot").over(WIDTH)))
              .times(RSTD)));

  private static final Map<Variable, String> VALUE_ROWS = rows(X, Y, W, B);
  private static final Map<Variable, String> GRADIENT_ROWS = rows(X, H, W, G, DW, DB);

  private static final CodeBlock N = CodeBlock.of("n");

  private static Class<?> printed;

  private interface ProgramPrinter {
    CodeBlock print(RowProgram program, Map<Variable, String> arrays);
  }

  private static RowProgram program(List<RowStep> first, RowStep... rest) {
    List<RowStep> steps = new ArrayList<>(first);
    steps.addAll(List.of(rest));
    return new RowProgram(steps);
  }

  /** {@code x - mean} in a row, and {@code rstd}. */
  private static List<RowStep> normalized(Variable row) {
    return List.of(
        new Reduce("sum", Order.TREE, X),
        new Let("mean", new Uniform("sum").over(WIDTH)),
        new RowStep.Map("differences", row, X.minus(new Uniform("mean"))),
        new Reduce("squares", Order.TREE, row.times(row)),
        new Let(
            RSTD.name(),
            number(1)
                .over(new Uniform("squares").over(WIDTH).plus(number(EPS)).apply(Function.SQRT))));
  }

  private static Map<Variable, String> rows(Variable... rows) {
    Map<Variable, String> arrays = new LinkedHashMap<>();
    for (Variable row : rows) {
      arrays.put(row, row.name() + "s");
    }
    return arrays;
  }

  @BeforeAll
  static void compile() throws ClassNotFoundException {
    Vectors vectors = new Vectors(Scalar.FLOAT);
    TypeSpec.Builder type = TypeSpec.classBuilder("Norms")
        .addModifiers(Modifier.PUBLIC)
        .addField(FieldSpec.builder(
                vectors.species(), "S", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("$T.SPECIES_PREFERRED", vectors.type())
            .build())
        .addField(
            FieldSpec.builder(TypeName.INT, "L", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("S.length()")
                .build());
    List<KernelCode<CodeBlock>> inCalls = List.of(
        new SimdRowProgram(VALUE, VALUE_ROWS, N).inKernel(),
        new SimdRowProgram(GRADIENT, GRADIENT_ROWS, N).inKernel());
    Helpers helpers =
        new Helpers(new NameAllocator(), inCalls.stream().flatMap(code -> code.calls().stream()));
    add(type, Scalar.FLOAT, "InOneMethod", (program, arrays) -> {
      SimdRowProgram rows = new SimdRowProgram(program, arrays, N);
      assertThat(rows.isOneMethod()).isTrue();
      return rows.inLoops().print(helpers);
    });
    add(
        type,
        Scalar.FLOAT,
        "InCalls",
        (program, arrays) -> new SimdRowProgram(program, arrays, N).inKernel().print(helpers));
    for (Scalar scalar : Scalar.values()) {
      add(
          type,
          scalar,
          "Plain",
          (program, arrays) -> new RowPrinter(scalar, arrays, N).print(program));
    }
    type.addMethods(helpers.methods(""));
    type.addType(SimdLoops.type(helpers.methods("Loops").stream()));
    String source = JavaFile.builder("norms", type.build()).build().toString();
    printed = SourceCompiler.compile(Map.of("norms.Norms", source)).loadClass("norms.Norms");
  }

  private static void add(
      TypeSpec.Builder type, Scalar scalar, String name, ProgramPrinter printer) {
    type.addMethod(method("value" + name, scalar, VALUE_ROWS)
        .addCode(printer.print(VALUE, VALUE_ROWS))
        .build());
    type.addMethod(method("gradient" + name, scalar, GRADIENT_ROWS)
        .addCode(printer.print(GRADIENT, GRADIENT_ROWS))
        .build());
  }

  private static MethodSpec.Builder method(
      String name, Scalar scalar, Map<Variable, String> arrays) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.STATIC);
    arrays.values().forEach(array -> method.addParameter(scalar.array(), array));
    return method.addParameter(TypeName.INT, "n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 16, 17, 40, 100, 333})
  void aLayerNormHasTheSameBitsInPlainJavaAndInVectors(int width) throws Exception {
    double[][] rows = random(width, 6);

    float[][] value = call("valuePlain", rows, 4, width);
    float[][] gradient = call("gradientPlain", rows, 6, width);

    assertThat(call("valueInOneMethod", rows, 4, width)).isDeepEqualTo(value);
    assertThat(call("valueInCalls", rows, 4, width)).isDeepEqualTo(value);
    assertThat(call("gradientInOneMethod", rows, 6, width)).isDeepEqualTo(gradient);
    assertThat(call("gradientInCalls", rows, 6, width)).isDeepEqualTo(gradient);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 17, 100})
  void aLayerNormIsNearTheFormulasOfTheTextbook(int width) throws Exception {
    double[][] rows = random(width, 6);
    float[][] inFloat = call("valuePlain", rows, 4, width);
    double[][] inDouble = callInDouble("valuePlain", rows, 4, width);
    float[][] gradients = call("gradientPlain", rows, 6, width);
    double[][] gradientsInDouble = callInDouble("gradientPlain", rows, 6, width);

    double[] x = rows[0];
    double mean = Arrays.stream(x).sum() / width;
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / width;
    double rstd = 1 / Math.sqrt(variance + EPS);
    double meanOfG = 0;
    double meanOfProducts = 0;
    for (int o = 0; o < width; o++) {
      double g = rows[3][o] * rows[2][o];
      meanOfG += g / width;
      meanOfProducts += g * (x[o] - mean) * rstd / width;
    }
    for (int o = 0; o < width; o++) {
      double h = (x[o] - mean) * rstd;
      assertNear(inFloat[1][o], inDouble[1][o], h * rows[2][o] + rows[3][o]);
      double dx = rstd * (rows[3][o] * rows[2][o] - meanOfG - h * meanOfProducts);
      assertNear(gradients[3][o], gradientsInDouble[3][o], dx);
      assertNear(gradients[4][o], gradientsInDouble[4][o], rows[4][o] + rows[3][o] * h);
      assertNear(gradients[5][o], gradientsInDouble[5][o], rows[5][o] + rows[3][o]);
    }
  }

  private static void assertNear(float inFloat, double inDouble, double expected) {
    assertThat(inDouble).isEqualTo(expected, within(1e-12 * (1 + Math.abs(expected))));
    assertThat((double) inFloat).isEqualTo(expected, within(1e-5 * (1 + Math.abs(expected))));
  }

  @Test
  void whatIsInNoRowIsReducedInAChainOnly() {
    assertThat(new Reduce("sum", Order.CHAIN, X.minus(Y))).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> new Reduce("s", Order.TREE, X.minus(Y)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reduce("max", Order.MAXIMUM, X.times(Y)));
  }

  /** As exact in float as in double. */
  private static double[][] random(int width, int rows) {
    Random random = new Random(width);
    double[][] values = new double[rows][width];
    for (double[] row : values) {
      for (int o = 0; o < width; o++) {
        row[o] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  private static float[][] call(String name, double[][] rows, int count, int width)
      throws ReflectiveOperationException {
    Object[] arguments = new Object[count + 1];
    float[][] copies = new float[count][];
    for (int i = 0; i < count; i++) {
      copies[i] = new float[(width + 15) / 16 * 16];
      Arrays.fill(copies[i], Float.NaN); // padding, of which nothing depends
      for (int o = 0; o < width; o++) {
        copies[i][o] = (float) rows[i][o];
      }
      arguments[i] = copies[i];
    }
    arguments[count] = width;
    Class<?>[] types = new Class<?>[count + 1];
    Arrays.fill(types, float[].class);
    types[count] = int.class;
    printed.getMethod(name, types).invoke(null, arguments);
    for (int i = 0; i < count; i++) {
      copies[i] = Arrays.copyOf(copies[i], width);
    }
    return copies;
  }

  private static double[][] callInDouble(String name, double[][] rows, int count, int width)
      throws ReflectiveOperationException {
    Object[] arguments = new Object[count + 1];
    double[][] copies = new double[count][];
    for (int i = 0; i < count; i++) {
      copies[i] = rows[i].clone();
      arguments[i] = copies[i];
    }
    arguments[count] = width;
    Class<?>[] types = new Class<?>[count + 1];
    Arrays.fill(types, double[].class);
    types[count] = int.class;
    printed.getMethod(name, types).invoke(null, arguments);
    return copies;
  }
}
