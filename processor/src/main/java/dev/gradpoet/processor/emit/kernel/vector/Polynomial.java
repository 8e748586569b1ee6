package dev.gradpoet.processor.emit.kernel.vector;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The polynomials of the runtime's {@code FloatMath}, whose coefficients are fields of generated classes, from the highest power down. */
public enum Polynomial {
  EXPM1(
      "(e^r - 1 - r) / r^2",
      0x1.9e73a8p-13,
      0x1.6d3a4ap-10,
      0x1.1112d8p-7,
      0x1.5554f8p-5,
      0x1.555554p-3,
      0.5),
  LOG(
      "(log(1 + f) - f) / f^2",
      -0x1.71e354p-5,
      0x1.acf4bap-4,
      -0x1.0d98f2p-3,
      0x1.28807ap-3,
      -0x1.54ed96p-3,
      0x1.99699ep-3,
      -0x1.00004ap-2,
      0x1.5555a4p-2,
      -0.5),
  TANH(
      "(tanh a - a) / a^3 in a^2",
      0x1.c8975p-10,
      -0x1.f662fep-8,
      0x1.5f9082p-6,
      -0x1.b98108p-5,
      0x1.110ddap-3,
      -0x1.55554ap-2),
  ERF(
      "(erf a - a) / a in a^2",
      -0x1.4e3b52p-11,
      0x1.4bbc48p-8,
      -0x1.b73f58p-6,
      0x1.ce25e8p-4,
      -0x1.812728p-2,
      0x1.06eba8p-3),
  LOG_ERFC(
      "log(1 - erf t) / t",
      -0x1.f7a72ap-18,
      0x1.2c319ap-12,
      -0x1.ca66cap-9,
      0x1.8068ecp-6,
      -0x1.b1c22cp-4,
      -0x1.454cacp-1,
      -0x1.20ebfcp0);

  /** The polynomials that {@link VectorMath} needs for a function. */
  private static Set<Polynomial> of(Function function) {
    return switch (function) {
      case NEGATE, ABS, SQRT, SIGNUM -> Set.of();
      case EXP, EXPM1, SIGMOID -> Set.of(EXPM1);
      case LOG, LOG1P -> Set.of(LOG);
      case TANH -> Set.of(TANH, EXPM1);
      case ERF -> Set.of(ERF, LOG_ERFC, EXPM1);
    };
  }

  /** The polynomials of the functions that these programs apply to values. */
  public static Set<Polynomial> of(Stream<RowProgram> programs) {
    return programs
        .flatMap(RowProgram::functions)
        .flatMap(function -> of(function).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private final String function;
  private final double[] coefficients;

  Polynomial(String function, double... coefficients) {
    this.function = function;
    this.coefficients = coefficients;
  }

  /** The number of coefficients, one more than the degree. */
  public int length() {
    return coefficients.length;
  }

  // /** Coefficients of a polynomial that approximates (e^r - 1 - r) / r^2, from the highest power
  // down. */
  // private static final float[] EXPM1 = {1.9762601E-4f, 0.0013932331f, ...};
  public FieldSpec field() {
    CodeBlock values = Arrays.stream(coefficients)
        .mapToObj(Scalar.FLOAT::literal)
        .collect(CodeBlock.joining(", ", "{", "}"));
    return FieldSpec.builder(
            Scalar.FLOAT.array(), name(), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc(
            "Coefficients of a polynomial that approximates {@code $L}, from the highest power down.\n",
            function)
        .initializer(values)
        .build();
  }
}
