package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Tensor;

/** Runs the cases of single functions through {@link Functional}, the readable reference beside the generated code. */
final class FunctionalCase {

  private FunctionalCase() {}

  static void activation(Golden golden, Comparison comparison) {
    Tensor input = golden.tensor("input");
    Tensor output = apply(golden.text("activation"), input, golden.object("activation_options"));
    comparison.check("Functional", golden.get("output"), output);
  }

  private static Tensor apply(String name, Tensor x, JsonObject options) {
    return switch (name) {
      case "identity" -> x;
      case "relu" -> Functional.relu(x);
      case "leaky_relu" -> Functional.leakyRelu(x, number(options, "negative_slope"));
      case "elu" -> Functional.elu(x, number(options, "alpha"));
      case "selu" -> Functional.selu(x);
      case "celu" -> Functional.celu(x, number(options, "alpha"));
      case "gelu" -> Functional.gelu(x);
      case "gelu_tanh" -> Functional.geluTanh(x);
      case "silu" -> Functional.silu(x);
      case "mish" -> Functional.mish(x);
      case "sigmoid" -> Functional.sigmoid(x);
      case "logsigmoid" -> Functional.logSigmoid(x);
      case "hardsigmoid" -> Functional.hardSigmoid(x);
      case "hardswish" -> Functional.hardSwish(x);
      case "hardtanh" ->
        Functional.hardTanh(x, number(options, "min_val"), number(options, "max_val"));
      case "relu6" -> Functional.relu6(x);
      case "softplus" ->
        Functional.softplus(x, number(options, "beta"), number(options, "threshold"));
      case "softsign" -> Functional.softsign(x);
      case "tanh" -> Functional.tanh(x);
      case "softmax" -> Functional.softmax(x, -1);
      case "log_softmax" -> Functional.logSoftmax(x, -1);
      default -> throw new IllegalArgumentException("unknown activation " + name);
    };
  }

  private static double number(JsonObject options, String name) {
    return options.get(name).getAsDouble();
  }

  static void loss(Golden golden, Comparison comparison) {
    JsonObject results = golden.object("results");
    for (String reduction : results.keySet()) {
      JsonElement expected = results.getAsJsonObject(reduction).get("value");
      comparison.check("Functional " + reduction, expected, loss(golden, reduction(reduction)));
    }
  }

  private static Reduction reduction(String name) {
    return switch (name) {
      case "mean" -> Reduction.MEAN;
      case "sum" -> Reduction.SUM;
      case "none" -> Reduction.NONE;
      case "batchmean" -> Reduction.BATCH_MEAN;
      default -> throw new IllegalArgumentException("unknown reduction " + name);
    };
  }

  private static Tensor loss(Golden golden, Reduction reduction) {
    Tensor x = golden.tensor("prediction");
    Tensor t = CaseRunner.target(golden);
    JsonObject options = golden.object("loss_options");
    Tensor weight = tensor(options, "weight", golden.dtype());
    int ignored = (int) number(options, "ignore_index", -100);
    return switch (golden.text("loss")) {
      case "mse" -> Functional.mseLoss(x, t, reduction);
      case "l1" -> Functional.l1Loss(x, t, reduction);
      case "smooth_l1" -> Functional.smoothL1Loss(x, t, reduction, number(options, "beta", 1));
      case "huber" -> Functional.huberLoss(x, t, reduction, number(options, "delta", 1));
      case "bce" ->
        weight == null
            ? Functional.binaryCrossEntropy(x, t, reduction)
            : Functional.binaryCrossEntropy(x, t, reduction, weight);
      case "bce_with_logits" ->
        options.isEmpty()
            ? Functional.binaryCrossEntropyWithLogits(x, t, reduction)
            : Functional.binaryCrossEntropyWithLogits(
                x, t, reduction, weight, tensor(options, "pos_weight", golden.dtype()));
      case "cross_entropy" ->
        Functional.crossEntropy(
            x, t, reduction, weight, ignored, number(options, "label_smoothing", 0));
      case "nll" -> Functional.nllLoss(x, t, reduction, weight, ignored);
      case "kl_div" -> Functional.klDiv(x, t, reduction, options.has("log_target"));
      default -> throw new IllegalArgumentException("unknown loss " + golden.text("loss"));
    };
  }

  private static double number(JsonObject options, String name, double otherwise) {
    return options.has(name) ? options.get(name).getAsDouble() : otherwise;
  }

  private static Tensor tensor(JsonObject options, String name, DType dtype) {
    return options.has(name) ? Golden.tensor(options.get(name), dtype) : null;
  }
}
