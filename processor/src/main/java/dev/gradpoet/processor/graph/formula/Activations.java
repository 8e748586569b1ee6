package dev.gradpoet.processor.graph.formula;

import static dev.gradpoet.processor.graph.formula.Expr.Variable.G;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.X;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.Y;
import static dev.gradpoet.processor.graph.formula.Expr.let;
import static dev.gradpoet.processor.graph.formula.Expr.number;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.graph.formula.ActivationOp.Reads;
import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.valid.ValidActivation;
import java.util.Optional;

/** The activations, value and derivative side by side, as PyTorch computes them: elementwise ones here, those of rows in {@link Softmax}. */
public final class Activations {

  // G. Klambauer et al., "Self-Normalizing Neural Networks" (2017), as torch.nn.SELU rounds them.
  private static final double SELU_SCALE = 1.0507009873554804934193349852946;
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

  private static final double SQRT_HALF = 0.70710678118654752440;
  private static final double SQRT_TWO_OVER_PI = 0.79788456080286535588;

  /** {@code 1 / sqrt(2 pi)}: the density of the normal distribution at 0. */
  private static final double DENSITY = 0.39894228040143267794;

  private static final double GELU_CUBE = 0.044715;

  private Activations() {}

  /** The operation of an activation; none for the identity. */
  public static Optional<ActivationOp> of(ValidActivation activation) {
    return switch (activation.function()) {
      case IDENTITY -> Optional.empty();
      case RELU -> Optional.of(relu());
      case LEAKY_RELU -> Optional.of(leakyRelu(activation.negativeSlope()));
      case ELU -> Optional.of(elu(activation.alpha()));
      case SELU -> Optional.of(selu());
      case CELU -> Optional.of(celu(activation.alpha()));
      case GELU -> Optional.of(gelu());
      case GELU_TANH -> Optional.of(geluTanh());
      case SILU -> Optional.of(silu());
      case MISH -> Optional.of(mish());
      case SIGMOID -> Optional.of(sigmoid());
      case LOG_SIGMOID -> Optional.of(logSigmoid());
      case HARD_SIGMOID -> Optional.of(hardSigmoid());
      case HARD_SWISH -> Optional.of(hardSwish());
      case HARD_TANH -> Optional.of(hardTanh("hardTanh", activation.minVal(), activation.maxVal()));
      case RELU6 -> Optional.of(hardTanh("relu6", 0, 6));
      case SOFTPLUS -> Optional.of(softplus(activation.beta(), activation.threshold()));
      case SOFTSIGN -> Optional.of(softsign());
      case TANH -> Optional.of(tanh());
      case SOFTMAX -> Optional.of(Softmax.softmax());
      case LOG_SOFTMAX -> Optional.of(Softmax.logSoftmax());
    };
  }

  /** The name of PyTorch's class of an activation. */
  public static String type(Activation function) {
    return switch (function) {
      case IDENTITY -> "Identity";
      case RELU -> "ReLU";
      case LEAKY_RELU -> "LeakyReLU";
      case ELU, SELU, CELU, GELU -> function.name();
      case GELU_TANH -> "GELU";
      case SILU -> "SiLU";
      case MISH -> "Mish";
      case SIGMOID -> "Sigmoid";
      case LOG_SIGMOID -> "LogSigmoid";
      case HARD_SIGMOID -> "Hardsigmoid";
      case HARD_SWISH -> "Hardswish";
      case HARD_TANH -> "Hardtanh";
      case RELU6 -> "ReLU6";
      case SOFTPLUS -> "Softplus";
      case SOFTSIGN -> "Softsign";
      case TANH -> "Tanh";
      case SOFTMAX -> "Softmax";
      case LOG_SOFTMAX -> "LogSoftmax";
    };
  }

  /** {@code max(x, 0)}, which some kernels compute together with their sums. */
  public static ActivationOp relu() {
    return ofOutput("relu", X.max(number(0)), Y.atMost(number(0), number(0), G));
  }

  private static ActivationOp leakyRelu(double slope) {
    return ofInput(
        "leakyRelu",
        number(0).below(X, X, X.times(number(slope))),
        number(0).below(X, G, G.times(number(slope))));
  }

  private static ActivationOp elu(double alpha) {
    return exponential("elu", alpha, 1, 1);
  }

  private static ActivationOp selu() {
    return exponential("selu", SELU_ALPHA, SELU_SCALE, 1);
  }

  private static ActivationOp celu(double alpha) {
    return exponential("celu", alpha, 1, 1 / alpha);
  }

  /** {@code scale x} above 0, otherwise {@code scale alpha (e^(rate x) - 1)}. */
  private static ActivationOp exponential(String name, double alpha, double scale, double rate) {
    Expr inner = rate == 1 ? X : X.times(number(rate));
    double slope = scale * alpha * rate;
    return ofInput(
        name,
        X.atMost(number(0), times(inner.apply(Function.EXPM1), scale * alpha), times(X, scale)),
        X.atMost(number(0), times(G.times(inner.apply(Function.EXP)), slope), times(G, scale)));
  }

  private static Expr times(Expr value, double factor) {
    return factor == 1 ? value : value.times(number(factor));
  }

  private static ActivationOp gelu() {
    Expr cdf = number(1).plus(X.times(number(SQRT_HALF)).apply(Function.ERF)).times(number(0.5));
    Expr pdf = X.times(X).times(number(-0.5)).apply(Function.EXP).times(number(DENSITY));
    return ofInput("gelu", X.times(cdf), G.times(cdf.plus(X.times(pdf))));
  }

  private static ActivationOp geluTanh() {
    Expr square = X.times(X);
    Expr inner = X.plus(square.times(X).times(number(GELU_CUBE))).times(number(SQRT_TWO_OVER_PI));
    Expr tanh = inner.apply(Function.TANH);
    Expr value = X.times(number(0.5)).times(number(1).plus(tanh));
    // capped at 100, or the slope would overflow where its factor 1 - tanh^2 is 0 anyway
    Expr slopeOfInner = number(1)
        .plus(square.min(number(100)).times(number(3 * GELU_CUBE)))
        .times(number(SQRT_TWO_OVER_PI));
    Expr gradient = let(
        "slope",
        X.times(number(0.5)).times(slopeOfInner),
        slope -> let(
            "tanh",
            tanh,
            t -> G.times(number(0.5)
                .times(number(1).plus(t))
                .plus(slope.times(number(1).minus(t.times(t)))))));
    return ofInput("geluTanh", value, gradient);
  }

  private static ActivationOp silu() {
    return ofInput(
        "silu",
        X.times(X.apply(Function.SIGMOID)),
        let(
            "sigma",
            X.apply(Function.SIGMOID),
            s -> G.times(s).times(number(1).plus(X.times(number(1).minus(s))))));
  }

  /**
   * PyTorch's {@code x tanh(log(1 + e^x))}, without a logarithm or a hyperbolic tangent: {@code tanh(log(1 + e^x))} is {@code a / b} for
   * {@code a = (1 + e^x)^2 - 1} and {@code b = a + 2}, both times {@code e^-2x} above 0, so that only {@code e = e^-|x|} is needed, which cannot overflow.
   * Its derivative is {@code 4 e (1 + e) / b^2}, times another {@code e} above 0.
   */
  private static ActivationOp mish() {
    return ofInput("mish", mish((e, a, b) -> X.times(a.over(b))), mish((e, a, b) -> {
      Expr scale = X.below(number(0), number(1), e);
      Expr slope = times(e.times(scale.times(number(1).plus(e))), 4).over(b.times(b));
      return G.times(a.over(b).plus(X.times(slope)));
    }));
  }

  private interface OfFraction {
    Expr of(Expr e, Expr a, Expr b);
  }

  private static Expr mish(OfFraction body) {
    Expr zero = number(0);
    Expr two = number(2);
    return let("e", X.apply(Function.ABS).negated().apply(Function.EXP), e -> {
      Expr numerator = X.below(zero, e.times(e.plus(two)), e.times(two).plus(number(1)));
      Expr rest = X.below(zero, two, e.times(e).times(two));
      return let("a", numerator, a -> let("b", a.plus(rest), b -> body.of(e, a, b)));
    });
  }

  private static ActivationOp sigmoid() {
    return ofOutput(
        "sigmoid", X.apply(Function.SIGMOID), G.times(number(1).minus(Y)).times(Y));
  }

  private static ActivationOp logSigmoid() {
    return ofInput(
        "logSigmoid",
        X.min(number(0))
            .minus(X.apply(Function.ABS).negated().apply(Function.EXP).apply(Function.LOG1P)),
        G.times(X.negated().apply(Function.SIGMOID)));
  }

  private static ActivationOp hardSigmoid() {
    return ofInput(
        "hardSigmoid",
        X.plus(number(3)).max(number(0)).min(number(6)).over(number(6)),
        number(-3).below(X, X.below(number(3), G.over(number(6)), number(0)), number(0)));
  }

  private static ActivationOp hardSwish() {
    Expr inner = G.times(X.over(number(3)).plus(number(0.5)));
    return ofInput(
        "hardSwish",
        X.times(X.plus(number(3)).max(number(0)).min(number(6))).over(number(6)),
        // the left derivative at -3 and the right one at 3, as in PyTorch 2.13, but not in 1.13
        X.atMost(number(-3), number(0), X.below(number(3), inner, G)));
  }

  private static ActivationOp hardTanh(String name, double min, double max) {
    return ofInput(
        name,
        X.max(number(min)).min(number(max)),
        X.atMost(number(min), number(0), number(max).atMost(X, number(0), G)));
  }

  private static ActivationOp softplus(double beta, double threshold) {
    Expr scaled = times(X, beta);
    Expr value = scaled.apply(Function.EXP).apply(Function.LOG1P);
    return ofInput(
        "softplus",
        number(threshold).below(scaled, X, beta == 1 ? value : value.over(number(beta))),
        number(threshold).below(scaled, G, G.times(scaled.apply(Function.SIGMOID))));
  }

  private static ActivationOp softsign() {
    return ofInput(
        "softsign",
        X.over(number(1).plus(X.apply(Function.ABS))),
        let("scale", number(1).plus(X.apply(Function.ABS)), s -> G.over(s.times(s))));
  }

  private static ActivationOp tanh() {
    return ofOutput("tanh", X.apply(Function.TANH), G.times(number(1).minus(Y.times(Y))));
  }

  private static ActivationOp ofInput(String name, Expr value, Expr gradient) {
    return ActivationOp.ofValues(name, value, Reads.INPUT, gradient);
  }

  private static ActivationOp ofOutput(String name, Expr value, Expr gradient) {
    return ActivationOp.ofValues(name, value, Reads.OUTPUT, gradient);
  }
}
