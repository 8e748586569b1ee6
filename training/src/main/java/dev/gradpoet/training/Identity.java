package dev.gradpoet.training;

import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What must be the same for a run to continue from a checkpoint, by name. The number of epochs is not part of it.
 *
 * @param parts by name
 */
record Identity(Map<String, String> parts) {

  /** Which a network that comes from the run need not have. */
  static final String START = "the initial parameters";

  /** Which a generator of the caller, that the run has advanced, need not have. */
  static final String SHUFFLING = "the shuffling";

  private static final int SHOWN = 90;
  private static final int BEFORE_DIFFERENCE = 20;
  private static final int PROBED_ROWS = 64;
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  static Identity of(
      RunOptions training,
      Model network,
      Trainer trainer,
      TargetForm form,
      Dataset data,
      Generator order) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("the network", describe(network.architecture()));
    parts.put("the optimizer", training.optimizer().toString());
    parts.put("the training data", data + ", hash " + Long.toHexString(data.fingerprint()));
    parts.put("the class weights", training.classWeightsText());
    parts.put("the weight of positive targets", training.posWeightText());
    parts.put("the loss", probe(trainer, form, data));
    parts.put(
        "the validation data",
        training.validation() == null
            ? "none"
            : training.validation() + ", hash "
                + Long.toHexString(training.validation().fingerprint()));
    parts.put("the batch size", Integer.toString(training.batchSize()));
    parts.put(SHUFFLING, order == null ? "none" : "hash " + hash(order.getState()));
    parts.put("the schedule", training.scheduleText());
    parts.put("the clipping of gradients", training.clipping().toString());
    parts.put("the normalization", training.fitsNormalization ? "fitted" : "not fitted");
    parts.put("the frozen layers", training.frozen.toString());
    parts.put("the metrics", training.metrics().toString());
    parts.put("the best score", training.bestText());
    parts.put("the early stopping", String.valueOf(training.earlyStopping()));
    parts.put(START, start(network, trainer));
    return new Identity(parts);
  }

  /** The structure as text, a layer after the other. */
  private static String describe(Architecture network) {
    StringBuilder text = new StringBuilder(network.name() + " in " + network.dtype() + ": ");
    for (Architecture.Input input : network.inputs()) {
      text.append(input.name()).append(Arrays.toString(input.shape())).append("; ");
    }
    for (Layer layer : network.layers()) {
      text.append(layer.name()).append(" = ").append(layer.type()).append(layer.options());
      text.append(layer.from()).append(' ').append(layer.activation()).append("; ");
    }
    return text.toString();
  }

  /** The declared loss, by its value for the first rows and fixed outputs between 0 and 1. */
  private static String probe(Trainer trainer, TargetForm form, Dataset data) {
    int n = Math.min(data.size(), PROBED_ROWS);
    double[] outputs = new double[n * form.outputs()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (i + 1) * GOLDEN_RATIO % 1;
    }
    Tensor output = Tensor.of(outputs, n, form.outputs()).to(form.dtype());
    return "value "
        + trainer.evaluateOutput(output, form.target(data, data.rowIndex().range(0, n)))
        + " for fixed outputs";
  }

  private static String start(Model network, Trainer trainer) {
    Map<String, Tensor> start = new LinkedHashMap<>(Snapshot.live(network));
    if (trainer.state().containsKey("generator")) {
      start.put("generator", trainer.state().get("generator"));
    }
    return "hash " + Long.toHexString(Snapshot.hash(start));
  }

  private static String hash(Tensor tensor) {
    return Long.toHexString(Snapshot.hash(Map.of("", tensor)));
  }

  /**
   * Checks that a checkpoint is of this run.
   *
   * @param found the parts of the checkpoint
   * @param excused the names of parts that may differ
   * @throws IllegalArgumentException that names the first part that differs, with both values
   */
  void require(String where, Map<String, String> found, Set<String> excused) {
    parts.forEach((name, expected) -> {
      String there = found.getOrDefault(name, RunOptions.AS_DECLARED);
      if (!there.equals(expected) && !excused.contains(name)) {
        throw new IllegalArgumentException("the checkpoint in " + where + " is of another run: "
            + name + " there: " + shown(there, expected) + ", here: " + shown(expected, there)
            + ". " + (name.equals(START) ? "Make the network with the same seed" : "Restore it")
            + ", use another directory, or delete this one");
      }
    });
  }

  /** A text or, if it is long, the part around the first difference. */
  private static String shown(String text, String other) {
    if (text.length() <= SHOWN) {
      return text;
    }
    int same = 0;
    while (same < Math.min(text.length(), other.length())
        && text.charAt(same) == other.charAt(same)) {
      same++;
    }
    int from = Math.max(0, Math.min(same - BEFORE_DIFFERENCE, text.length() - SHOWN));
    int to = Math.min(text.length(), from + SHOWN);
    return (from > 0 ? "..." : "") + text.substring(from, to) + (to < text.length() ? "..." : "");
  }
}
