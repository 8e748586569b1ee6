package dev.gradpoet.onnx.export;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.wire.AttributeProto;
import java.util.List;
import java.util.Map;

/** The nodes of an activation, by operators of opset 17. */
final class ActivationNodes {

  /** Where e^-x no longer changes log(1 + e^x) in a float: without a threshold, nothing is different. */
  private static final double THRESHOLD = 17;

  private final Graph graph;
  private final String output;
  private final Map<String, Object> options;

  private ActivationNodes(Graph graph, String output, Map<String, Object> options) {
    this.graph = graph;
    this.output = output;
    this.options = options;
  }

  /**
   * Adds the nodes of an activation.
   *
   * @param x the name of what it reads
   * @param output the name of its result
   * @param options of the layer, by PyTorch's names
   */
  static void add(
      Graph graph, Activation activation, Map<String, Object> options, String x, String output) {
    new ActivationNodes(graph, output, options).add(activation, x);
  }

  private void add(Activation activation, String x) {
    switch (activation) {
      case IDENTITY -> last("Identity", x);
      case RELU -> last("Relu", x);
      case LEAKY_RELU -> graph.node("LeakyRelu", output, List.of(x), alpha("negative_slope"));
      case ELU -> graph.node("Elu", output, List.of(x), alpha("alpha"));
      case CELU -> celu(x);
      case SELU -> last("Selu", x);
      case GELU -> {
        String scaled = node("Mul", "scaled", x, number("root", Math.sqrt(0.5)));
        String erf = graph.node("Erf", within("erf"), List.of(scaled));
        half(x, erf);
      }
      case GELU_TANH -> {
        String square = node("Mul", "square", x, x);
        String factor = node("Mul", "factor", square, number("cubic", 0.044715));
        String sum = node("Add", "sum", factor, number("one", 1));
        String inner = node("Mul", "inner", x, sum);
        String scaled = node("Mul", "scaled", inner, number("root", Math.sqrt(2 / Math.PI)));
        String tanh = graph.node("Tanh", within("tanh"), List.of(scaled));
        String more = node("Add", "more", tanh, within("one"));
        String product = node("Mul", "product", x, more);
        last("Mul", product, number("half", 0.5));
      }
      case SILU -> last("Mul", x, graph.node("Sigmoid", within("sigmoid"), List.of(x)));
      case MISH -> {
        String softplus = graph.node("Softplus", within("softplus"), List.of(x));
        last("Mul", x, graph.node("Tanh", within("tanh"), List.of(softplus)));
      }
      case SIGMOID -> last("Sigmoid", x);
      case LOG_SIGMOID -> {
        String negative = graph.node("Neg", within("negative"), List.of(x));
        last("Neg", graph.node("Softplus", within("softplus"), List.of(negative)));
      }
      case HARD_SIGMOID ->
        graph.node(
            "HardSigmoid",
            output,
            List.of(x),
            AttributeProto.of("alpha", (float) (1 / 6.0)),
            AttributeProto.of("beta", 0.5f));
      case HARD_SWISH -> last("HardSwish", x);
      case HARD_TANH ->
        last("Clip", x, number("min", option("min_val")), number("max", option("max_val")));
      case RELU6 -> last("Clip", x, number("min", 0), number("max", 6));
      case SOFTPLUS -> softplus(x);
      case SOFTSIGN -> last("Softsign", x);
      case TANH -> last("Tanh", x);
      case SOFTMAX -> graph.node("Softmax", output, List.of(x), AttributeProto.of("axis", -1));
      case LOG_SOFTMAX ->
        graph.node("LogSoftmax", output, List.of(x), AttributeProto.of("axis", -1));
    }
  }

  /** {@code x (1 + erf) / 2}. */
  private void half(String x, String erf) {
    String more = node("Add", "more", erf, number("one", 1));
    String product = node("Mul", "product", x, more);
    last("Mul", product, number("half", 0.5));
  }

  /** {@code alpha ELU(x / alpha)}; the operator of this name takes single precision only. */
  private void celu(String x) {
    if (!graph.isDouble()) {
      graph.node("Celu", output, List.of(x), alpha("alpha"));
      return;
    }
    String scaled = node("Div", "scaled", x, number("alpha", option("alpha")));
    String elu = graph.node("Elu", within("elu"), List.of(scaled), AttributeProto.of("alpha", 1f));
    last("Mul", elu, within("alpha"));
  }

  private void softplus(String x) {
    double beta = option("beta");
    double threshold = option("threshold");
    String scaled = beta == 1 ? x : node("Mul", "scaled", x, number("beta", beta));
    if (beta == 1 && threshold >= THRESHOLD) {
      last("Softplus", scaled);
      return;
    }
    String softplus = graph.node("Softplus", within("softplus"), List.of(scaled));
    String result = threshold >= THRESHOLD ? output : within("quotient");
    graph.node("Div", result, List.of(softplus, beta == 1 ? number("beta", 1) : within("beta")));
    if (threshold < THRESHOLD) {
      String above = node("Greater", "above", scaled, number("threshold", threshold));
      last("Where", above, x, result);
    }
  }

  /** The name of a value on the way: the layer itself may have one of the same name, such as a product. */
  private String within(String name) {
    return output + ".activation." + name;
  }

  private AttributeProto alpha(String option) {
    return AttributeProto.of("alpha", (float) option(option));
  }

  private double option(String name) {
    return ((Number) options.get(name)).doubleValue();
  }

  private String number(String name, double value) {
    return graph.constant(within(name), value);
  }

  private String node(String operator, String name, String a, String b) {
    return graph.node(operator, within(name), List.of(a, b));
  }

  private void last(String operator, String... inputs) {
    graph.node(operator, output, List.of(inputs));
  }
}
