package dev.gradpoet.processor.options;

import dev.gradpoet.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A declaration with one option at one value, which stands on a line of its own.
 *
 * @param name of the interface
 * @param activation whether it is an option of an activation, else of a loss
 * @param text the value in Java
 */
record OptionValue(
    String name,
    boolean activation,
    String function,
    String option,
    DType dtype,
    String text,
    double value) {

  private static final String[][] ACTIVATIONS = {
    {"LEAKY_RELU", "negativeSlope"},
    {"ELU", "alpha"},
    {"CELU", "alpha"},
    {"HARD_TANH", "minVal"},
    {"HARD_TANH", "maxVal"},
    {"SOFTPLUS", "beta"},
    {"SOFTPLUS", "threshold"}
  };

  private static final String[][] LOSSES = {
    {"CROSS_ENTROPY", "labelSmoothing"},
    {"CROSS_ENTROPY", "classWeights"},
    {"NLL", "classWeights"},
    {"SMOOTH_L1", "beta"},
    {"HUBER", "delta"},
    {"BCE", "weight"},
    {"BCE_WITH_LOGITS", "weight"},
    {"BCE_WITH_LOGITS", "posWeight"}
  };

  private static final String[] VALUES = {
    "0.0",
    "-0.0",
    "0.25",
    "-0.25",
    "Double.MIN_VALUE",
    "-Double.MIN_VALUE",
    "1e-310",
    "1e-46",
    "-1e-46",
    "1e-40",
    "1e-39",
    "1e-38",
    "1e38",
    "-1e38",
    "3.5e38",
    "-3.5e38",
    "1e39",
    "1e40",
    "Double.MAX_VALUE",
    "-Double.MAX_VALUE",
    "Double.POSITIVE_INFINITY",
    "Double.NEGATIVE_INFINITY",
    "Double.NaN"
  };

  /** Every option at every value in both types. */
  static List<OptionValue> all() {
    List<OptionValue> all = new ArrayList<>();
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (String text : VALUES) {
        for (String[] each : ACTIVATIONS) {
          all.add(of(all.size(), true, each, dtype, text));
        }
        for (String[] each : LOSSES) {
          all.add(of(all.size(), false, each, dtype, text));
        }
      }
    }
    return all;
  }

  private static OptionValue of(
      int number, boolean activation, String[] each, DType dtype, String text) {
    return new OptionValue("O" + number, activation, each[0], each[1], dtype, text, parse(text));
  }

  static double parse(String text) {
    double sign = text.startsWith("-") ? -1 : 1;
    return sign
        * switch (text.replaceFirst("^-", "")) {
          case "Double.MIN_VALUE" -> Double.MIN_VALUE;
          case "Double.MAX_VALUE" -> Double.MAX_VALUE;
          case "Double.POSITIVE_INFINITY" -> Double.POSITIVE_INFINITY;
          case "Double.NEGATIVE_INFINITY" -> Double.NEGATIVE_INFINITY;
          case "Double.NaN" -> Double.NaN;
          default -> Double.parseDouble(text.replaceFirst("^-", ""));
        };
  }

  /** The line of the value. */
  static final int LINE = 4;

  /** A declaration; options of losses have values for two outputs. */
  String source(int outputs) {
    String list = option.equals("classWeights") || option.endsWith("eight") ? "{1, %s}" : "%s";
    String value = list.formatted(text);
    String options =
        (activation ? "@ActivationOptions(" : "@LossOptions(reduction = Reduction.SUM, ") + option
            + " =\n" + value + "\n)";
    String layer = activation
        ? options + " @Linear(out = " + outputs + ", activation = Activation." + function
            + ") Layer a();"
        : "@Linear(out = 2, activation = Activation." + output() + ") Layer a();";
    return "package options; import dev.gradpoet.*; import dev.gradpoet.runtime.Layer;\n@SuppressWarnings(\"gradpoet\")\n"
        + (activation ? "" : options)
        + "@Network(input = 2, loss = Loss." + (activation ? "NONE" : function) + ", dtype = DType."
        + dtype + ")" + " interface " + name + " {" + layer + "}\n";
  }

  private String output() {
    return switch (function) {
      case "BCE" -> "SIGMOID";
      case "NLL" -> "LOG_SOFTMAX";
      default -> "IDENTITY";
    };
  }

  /** Whether PyTorch computes with it, or what it means is clear. */
  boolean isLegal() {
    double narrowed = dtype == DType.FLOAT32 ? (float) value : value;
    boolean finite = Double.isFinite(narrowed);
    return switch (function.toLowerCase(Locale.ROOT) + " " + option) {
      case "leaky_relu negativeSlope", "elu alpha" -> finite;
      case "celu alpha" ->
        finite
            && Double.isFinite(dtype == DType.FLOAT32 ? (float) (1 / value) : 1 / value)
            && narrowed != 0;
      case "hard_tanh minVal" -> narrowed < 1;
      case "hard_tanh maxVal" -> narrowed > -1;
      case "softplus beta" -> finite && narrowed > 0;
      case "softplus threshold" -> !Double.isNaN(value);
      case "cross_entropy labelSmoothing" -> value >= 0 && value <= 1;
      case "smooth_l1 beta" -> finite && value >= 0;
      case "huber delta" -> narrowed > 0;
      default -> finite && value >= 0;
    };
  }

  /** A network with a layer for each of these options of activations, joined. */
  static String network(String name, List<OptionValue> options) {
    StringBuilder layers = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (OptionValue each : options) {
      String layer = "l" + names.size();
      names.add('"' + layer + '"');
      layers.append(
          "@ActivationOptions(%s = %s) @Linear(from = \"input\", out = 2, activation = Activation.%s) Layer %s();\n"
              .formatted(each.option, each.text, each.function, layer));
    }
    return """
        package options;
        import dev.gradpoet.*;
        import dev.gradpoet.runtime.Layer;
        @Network(input = 2, dtype = DType.%s)
        interface %s {
        %s@Concat(from = {%s}) Layer all();
        }
        """.formatted(options.get(0).dtype(), name, layers, String.join(", ", names));
  }

  /** Whether results are infinite, or no numbers, in PyTorch too. */
  boolean mayOverflow() {
    boolean divided = activation && option.equals("beta") && value < 1e-37;
    boolean exponential = function.equals("CELU") && value < 0;
    return divided || exponential || !activation && value == Double.MAX_VALUE;
  }
}
