package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.fold.Expr.Act;
import dev.gradpoet.onnx.fold.Expr.Clamp;
import dev.gradpoet.onnx.fold.Expr.Function;
import dev.gradpoet.onnx.fold.Expr.Num;
import dev.gradpoet.onnx.fold.Expr.Power;
import dev.gradpoet.onnx.fold.Expr.Product;
import dev.gradpoet.onnx.fold.Expr.Quotient;
import dev.gradpoet.onnx.fold.Expr.Sum;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognizes the activations that models spell in pieces, such as {@code 0.5 x (1 + erf(x / sqrt 2))}. */
final class Recognition {

  /** Programs write constants with few digits. */
  private static final double SINGLE = 1e-5;

  /** Those of a model in double are often floats. */
  private static final double DOUBLE = 1e-7;

  private final double tolerance;

  /** In a network of this type. */
  Recognition(ElementType type) {
    tolerance = type == ElementType.DOUBLE ? DOUBLE : SINGLE;
  }

  /** The expression as an activation of another one; empty if it is none. */
  Optional<Act> of(Expr e) {
    if (e instanceof Act act) {
      return Optional.of(act);
    }
    if (e instanceof Clamp clamp) {
      return Optional.of(clamp(clamp));
    }
    if (e instanceof Function function) {
      return function(function);
    }
    if (e instanceof Quotient quotient) {
      return quotient(quotient);
    }
    return e instanceof Product ? product(Factors.of(e)) : Optional.empty();
  }

  private static Optional<Act> act(Activation activation, Expr of) {
    return Optional.of(new Act(activation, Map.of(), of));
  }

  private Act clamp(Clamp clamp) {
    if (clamp.low() == 0 && clamp.high() == 6) {
      return new Act(Activation.RELU6, Map.of(), clamp.of());
    }
    if (clamp.low() == 0 && clamp.high() == Double.POSITIVE_INFINITY) {
      return new Act(Activation.RELU, Map.of(), clamp.of());
    }
    if (clamp.low() == 0 && clamp.high() == 1) {
      Terms terms = Terms.of(clamp.of());
      if (near(terms.constant, 0.5) && terms.rest.size() == 1) {
        Factors slope = Factors.of(terms.rest.get(0));
        if (near(slope.constant, 1 / 6.0) && slope.rest.size() == 1) {
          return new Act(Activation.HARD_SIGMOID, Map.of(), slope.rest.get(0));
        }
      }
    }
    Map<String, Double> options = new LinkedHashMap<>();
    if (clamp.low() != -1) {
      options.put("minVal", clamp.low());
    }
    if (clamp.high() != 1) {
      options.put("maxVal", clamp.high());
    }
    return new Act(Activation.HARD_TANH, options, clamp.of());
  }

  private static Optional<Act> function(Function function) {
    if (function.name() != Function.Name.LOG) {
      return Optional.empty();
    }
    if (is(function.of(), Activation.SIGMOID)) {
      return act(Activation.LOG_SIGMOID, ((Act) function.of()).of());
    }
    if (is(function.of(), Activation.SOFTMAX)) {
      return act(Activation.LOG_SOFTMAX, ((Act) function.of()).of());
    }
    Terms terms = Terms.of(function.of());
    return terms.constant == 1
            && terms.rest.size() == 1
            && terms.rest.get(0) instanceof Function exp
            && exp.name() == Function.Name.EXP
        ? act(Activation.SOFTPLUS, exp.of())
        : Optional.empty();
  }

  /** {@code x / (1 + |x|)}, {@code 1 / (1 + e^-x)} and {@code x / (1 + e^-x)}. */
  private Optional<Act> quotient(Quotient quotient) {
    Terms terms = Terms.of(quotient.b());
    if (terms.constant != 1
        || terms.rest.size() != 1
        || !(terms.rest.get(0) instanceof Function function)) {
      return Optional.empty();
    }
    if (function.name() == Function.Name.ABS && function.of().equals(quotient.a())) {
      return act(Activation.SOFTSIGN, quotient.a());
    }
    if (function.name() != Function.Name.EXP) {
      return Optional.empty();
    }
    Expr x = Expr.scaled(-1, function.of());
    if (quotient.a().equals(new Num(1))) {
      return act(Activation.SIGMOID, x);
    }
    return quotient.a().equals(x) ? act(Activation.SILU, x) : Optional.empty();
  }

  private Optional<Act> product(Factors factors) {
    if (factors.rest.size() == 1) {
      Expr one = factors.rest.get(0);
      if (one instanceof Clamp clamp && isShiftedBy3(clamp) && near(factors.constant, 1 / 6.0)) {
        return act(Activation.HARD_SIGMOID, Terms.of(clamp.of()).rest.get(0));
      }
      if (is(one, Activation.ELU)) {
        return scaledElu(factors.constant, (Act) one);
      }
      return is(one, Activation.SOFTPLUS)
          ? scaledSoftplus(factors.constant, (Act) one)
          : Optional.empty();
    }
    if (factors.rest.size() != 2) {
      return Optional.empty();
    }
    Optional<Act> first = gated(factors.constant, factors.rest.get(0), factors.rest.get(1));
    return first.isPresent()
        ? first
        : gated(factors.constant, factors.rest.get(1), factors.rest.get(0));
  }

  /** {@code softplus(beta x) / beta}, or {@code -softplus(-x)}. */
  private Optional<Act> scaledSoftplus(double factor, Act softplus) {
    Factors inner = Factors.of(softplus.of());
    if (softplus.options().isEmpty() && near(factor, -1) && near(inner.constant, -1)) {
      return act(Activation.LOG_SIGMOID, Expr.scaled(-1, softplus.of()));
    }
    return softplus.options().isEmpty()
            && inner.rest.size() == 1
            && inner.constant > 0
            && near(inner.constant * factor, 1)
        ? Optional.of(
            new Act(Activation.SOFTPLUS, Map.of("beta", inner.constant), inner.rest.get(0)))
        : Optional.empty();
  }

  /** {@code alpha elu(x / alpha)}. */
  private Optional<Act> scaledElu(double alpha, Act elu) {
    Factors inner = Factors.of(elu.of());
    return elu.options().isEmpty()
            && inner.rest.size() == 1
            && inner.constant > 0
            && near(inner.constant * alpha, 1)
        ? Optional.of(new Act(Activation.CELU, Map.of("alpha", alpha), inner.rest.get(0)))
        : Optional.empty();
  }

  /** {@code x} times a gate that opens for large {@code x}. */
  private Optional<Act> gated(double factor, Expr x, Expr gate) {
    if (near(factor, 1) && gate instanceof Act act && act.options().isEmpty()) {
      if (act.activation() == Activation.SIGMOID && act.of().equals(x)) {
        return act(Activation.SILU, x);
      }
      if (act.activation() == Activation.HARD_SIGMOID && act.of().equals(x)) {
        return act(Activation.HARD_SWISH, x);
      }
      if (act.activation() == Activation.TANH
          && act.of().equals(new Act(Activation.SOFTPLUS, Map.of(), x))) {
        return act(Activation.MISH, x);
      }
      if (act.activation() == Activation.TANH
          && of(act.of())
              .filter(new Act(Activation.SOFTPLUS, Map.of(), x)::equals)
              .isPresent()) {
        return act(Activation.MISH, x);
      }
    }
    if (gate instanceof Clamp clamp) {
      boolean hard = near(factor, 1 / 6.0)
              && isShiftedBy3(clamp)
              && Terms.of(clamp.of()).rest.get(0).equals(x)
          || near(factor, 1) && clamp(clamp).equals(new Act(Activation.HARD_SIGMOID, Map.of(), x));
      return hard ? act(Activation.HARD_SWISH, x) : Optional.empty();
    }
    Terms terms = Terms.of(gate);
    if (terms.rest.size() != 1 || !near(factor * terms.constant, 0.5)) {
      return Optional.empty();
    }
    Factors half = Factors.of(terms.rest.get(0));
    if (half.rest.size() != 1 || !near(factor * half.constant, 0.5)) {
      return Optional.empty();
    }
    if (half.rest.get(0) instanceof Function erf && erf.name() == Function.Name.ERF) {
      Factors inner = Factors.of(erf.of());
      return inner.isMultiple(x) && near(inner.constant, Math.sqrt(0.5))
          ? act(Activation.GELU, x)
          : Optional.empty();
    }
    return is(half.rest.get(0), Activation.TANH) && isGeluCubic(((Act) half.rest.get(0)).of(), x)
        ? act(Activation.GELU_TANH, x)
        : Optional.empty();
  }

  /** Whether it is {@code sqrt(2 / pi) (x + 0.044715 x^3)}, multiplied out or not. */
  private boolean isGeluCubic(Expr e, Expr x) {
    Factors outer = Factors.of(e);
    double root = Math.sqrt(2 / Math.PI);
    if (outer.rest.size() == 2) {
      // x (a + b x^2)
      int at = outer.rest.get(0).equals(x) ? 1 : 0;
      Terms terms = Terms.of(outer.rest.get(at));
      return outer.rest.get(1 - at).equals(x)
          && terms.rest.size() == 1
          && Factors.of(terms.rest.get(0)).isPower(x, 2)
          && near(outer.constant * terms.constant, root)
          && near(outer.constant * Factors.of(terms.rest.get(0)).constant, root * 0.044715);
    }
    if (outer.rest.size() != 1) {
      return false;
    }
    Terms terms = Terms.of(outer.rest.get(0));
    if (terms.constant != 0 || terms.rest.size() != 2) {
      return false;
    }
    Factors one = Factors.of(terms.rest.get(0));
    Factors three = Factors.of(terms.rest.get(1));
    if (one.rest.size() > three.rest.size()) {
      Factors swap = one;
      one = three;
      three = swap;
    }
    return one.isPower(x, 1)
        && three.isPower(x, 3)
        && near(outer.constant * one.constant, root)
        && near(outer.constant * three.constant, root * 0.044715);
  }

  private static boolean isShiftedBy3(Clamp clamp) {
    Terms terms = Terms.of(clamp.of());
    return clamp.low() == 0 && clamp.high() == 6 && terms.constant == 3 && terms.rest.size() == 1;
  }

  private static boolean is(Expr e, Activation activation) {
    return e instanceof Act act && act.activation() == activation;
  }

  private boolean near(double value, double expected) {
    return Math.abs(value - expected) <= tolerance * Math.abs(expected);
  }

  /** A product: its constant factor, and the others. */
  static final class Factors {
    double constant = 1;
    final List<Expr> rest = new ArrayList<>();

    static Factors of(Expr e) {
      Factors factors = new Factors();
      factors.add(e);
      return factors;
    }

    private void add(Expr e) {
      if (e instanceof Num num) {
        constant *= num.value();
      } else if (e instanceof Product product) {
        add(product.a());
        add(product.b());
      } else if (e instanceof Power power && (power.exponent() == 2 || power.exponent() == 3)) {
        for (int i = 0; i < power.exponent(); i++) {
          add(power.base());
        }
      } else {
        rest.add(e);
      }
    }

    boolean isMultiple(Expr x) {
      return isPower(x, 1);
    }

    /** Whether it is a multiple of a power of {@code x}, which is no product. */
    boolean isPower(Expr x, int exponent) {
      return rest.size() == exponent && rest.stream().allMatch(x::equals);
    }
  }

  /** A sum: its constant term, and the others. */
  static final class Terms {
    double constant;
    final List<Expr> rest = new ArrayList<>();

    static Terms of(Expr e) {
      Terms terms = new Terms();
      terms.add(e);
      return terms;
    }

    private void add(Expr e) {
      if (e instanceof Num num) {
        constant += num.value();
      } else if (e instanceof Sum sum) {
        add(sum.a());
        add(sum.b());
      } else {
        rest.add(e);
      }
    }
  }
}
