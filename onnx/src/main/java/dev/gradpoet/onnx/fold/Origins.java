package dev.gradpoet.onnx.fold;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a model calls a layer in the names that programs give to weights and nodes. */
final class Origins {

  /** PyTorch's and Keras's: {@code fc1.weight}, {@code dense_1/kernel:0}, {@code sequential/dense/MatMul/ReadVariableOp:0}. */
  private static final Pattern WEIGHT = Pattern.compile(
      "(.+?)(\\.weight|/kernel(:0)?|/weights?(:0)?|/(MatMul|Conv2D|Conv1D)/ReadVariableOp(:0)?)");

  /** PyTorch's names of nodes: {@code /actor/mu/Gemm}. */
  private static final Pattern SCOPED = Pattern.compile("/?(.+)/[A-Z][A-Za-z]+(_[0-9]+)?");

  private Origins() {}

  /** The name of a layer, or empty if the model has none. */
  static String of(String weight, String node) {
    Matcher named = WEIGHT.matcher(weight);
    if (named.matches()) {
      return named.group(1);
    }
    Matcher scoped = SCOPED.matcher(node);
    return scoped.matches() ? scoped.group(1) : node;
  }
}
