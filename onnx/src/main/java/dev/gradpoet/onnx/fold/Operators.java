package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.fold.Expr.Act;
import dev.gradpoet.onnx.fold.Expr.Function;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The operators that can be imported, by name. */
final class Operators {

  private static final Map<String, Operator> ALL = new HashMap<>();

  static {
    ShapeOperators.addTo(ALL);
    SizeOperators.addTo(ALL);
    LookupOperators.addTo(ALL);
    ConstantOperators.addTo(ALL);
    ArithmeticOperators.addTo(ALL);
    ActivationOperators.addTo(ALL);
    ProductOperators.addTo(ALL);
    WindowOperators.addTo(ALL);
    NormOperators.addTo(ALL);
    for (Function.Name name : Function.Name.values()) {
      String operator = name.name().charAt(0) + name.name().substring(1).toLowerCase(Locale.ROOT);
      ALL.put(
          operator,
          ConstantOperators.orElse(operator, Operator.pointwise(x -> new Function(name, x))));
    }
    plain("Relu", Activation.RELU);
    plain("Sigmoid", Activation.SIGMOID);
    plain("Tanh", Activation.TANH);
    plain("Softplus", Activation.SOFTPLUS);
    plain("Softsign", Activation.SOFTSIGN);
    plain("HardSwish", Activation.HARD_SWISH);
    plain("Mish", Activation.MISH);
  }

  private Operators() {}

  private static void plain(String name, Activation activation) {
    ALL.put(name, Operator.pointwise(x -> new Act(activation, Map.of(), x)));
  }

  /** An operator of ONNX's own set. */
  static Optional<Operator> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
