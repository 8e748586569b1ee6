package dev.gradpoet.training;

import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.files.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The state of a run as one safetensors file: written at once, it is either complete or the one before. */
final class CheckpointFile {

  private static final String FORMAT = "gradpoet.training";
  private static final String VERSION = "1";
  private static final String IDENTITY = "run: ";
  private static final List<String> COLUMNS =
      List.of("learning_rate", "loss", "validation_loss", "rows", "seconds");

  private CheckpointFile() {}

  static void write(Path file, Identity identity, RunState state, RunState.Tensors tensors)
      throws IOException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.network().forEach((name, tensor) -> all.put("network." + name, tensor));
    if (state.bestParameters != null) {
      state.bestParameters.tensors().forEach((name, tensor) -> all.put("best." + name, tensor));
    }
    tensors.trainer().forEach((name, tensor) -> all.put("trainer." + name, tensor));
    if (tensors.order() != null) {
      all.put("order", tensors.order());
    }
    history(state.epochs).forEach((name, values) -> all.put("history." + name, Tensor.of(values)));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, VERSION);
    metadata.put("steps", Long.toString(state.steps));
    metadata.put("best epoch", Integer.toString(state.best));
    if (state.end != null) {
      metadata.put("end", state.end);
      metadata.put("ended by epochs", Boolean.toString(state.endedByEpochs));
    }
    identity.parts().forEach((name, part) -> metadata.put(IDENTITY + name, part));
    Safetensors.save(file, all, metadata);
  }

  private static Map<String, double[]> history(List<Epoch> epochs) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < epochs.size(); i++) {
      Epoch epoch = epochs.get(i);
      double[] values = {
        epoch.learningRate(), epoch.loss(), epoch.validationLoss(), epoch.rows(), epoch.seconds()
      };
      for (int c = 0; c < values.length; c++) {
        set(columns, COLUMNS.get(c), epochs.size(), i, values[c]);
      }
      int row = i;
      epoch
          .metrics()
          .forEach((name, value) -> set(columns, "metric." + name, epochs.size(), row, value));
      epoch
          .validationMetrics()
          .forEach((name, value) ->
              set(columns, "validation_metric." + name, epochs.size(), row, value));
    }
    return columns;
  }

  private static void set(
      Map<String, double[]> columns, String name, int rows, int row, double value) {
    columns.computeIfAbsent(name, each -> new double[rows])[row] = value;
  }

  /**
   * Reads the state of a run.
   *
   * @param metrics the names of the metrics of the run, in order
   * @throws IOException if the file cannot be read or is not a checkpoint
   */
  static Loaded read(Path file, List<String> metrics) throws IOException {
    Safetensors read = Safetensors.read(file);
    Map<String, String> metadata = read.metadata();
    if (!VERSION.equals(metadata.get(FORMAT))) {
      throw new IOException(file + " is not a checkpoint of this version: its " + FORMAT + " is "
          + metadata.get(FORMAT) + ", expected " + VERSION);
    }
    Map<String, String> found = new LinkedHashMap<>();
    metadata.forEach((name, value) -> {
      if (name.startsWith(IDENTITY)) {
        found.put(name.substring(IDENTITY.length()), value);
      }
    });
    Map<String, Tensor> all = read.tensors();
    Map<String, Tensor> history = part(all, "history.");
    requireHistory(file, history);
    RunState state = new RunState(epochs(history, metrics));
    state.steps = number(file, metadata, "steps", Long.MAX_VALUE);
    state.best = (int) number(file, metadata, "best epoch", state.epochs.size());
    state.end = metadata.get("end");
    state.endedByEpochs = Boolean.parseBoolean(metadata.get("ended by epochs"));
    Map<String, Tensor> best = part(all, "best.");
    state.bestParameters = best.isEmpty() ? null : Snapshot.of(best);
    return new Loaded(
        found,
        state,
        new RunState.Tensors(part(all, "network."), part(all, "trainer."), all.get("order")));
  }

  private static long number(Path file, Map<String, String> metadata, String name, long most)
      throws IOException {
    String text = metadata.get(name);
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw damaged(
        file,
        name + " is " + (text == null ? "missing" : Excerpt.name(text))
            + ", expected a number from 0 to " + most);
  }

  /**
   * A run and the tensors of its last epoch.
   *
   * @param identity the parts of its {@link Identity}
   */
  record Loaded(Map<String, String> identity, RunState state, RunState.Tensors tensors) {}

  private static Map<String, Tensor> part(Map<String, Tensor> all, String prefix) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    all.forEach((name, tensor) -> {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), tensor);
      }
    });
    return part;
  }

  /** Checks that each column of the history has a number for each epoch. */
  private static void requireHistory(Path file, Map<String, Tensor> history) throws IOException {
    if (history.isEmpty()) {
      return;
    }
    int count = history.values().iterator().next().size();
    Set<String> names = new LinkedHashSet<>(COLUMNS);
    names.addAll(history.keySet());
    for (String name : names) {
      requireShape(file, "history." + name, history.get(name), count);
    }
  }

  /**
   * Checks a tensor of a checkpoint.
   *
   * @param found null if there is none
   * @throws IOException if there is none, or it has another shape
   */
  static void requireShape(Path file, String name, Tensor found, int... shape) throws IOException {
    if (found == null || !Arrays.equals(found.shape(), shape)) {
      throw damaged(
          file,
          name + " is "
              + (found == null ? "missing" : "of shape " + Arrays.toString(found.shape()))
              + ", expected the shape " + Arrays.toString(shape));
    }
  }

  /** The error of a checkpoint that no run has written like this. */
  static IOException damaged(Path file, String problem) {
    return new IOException(
        file + " is damaged: " + problem + ": delete the directory to start from the beginning");
  }

  private static List<Epoch> epochs(Map<String, Tensor> columns, List<String> metrics) {
    List<Epoch> epochs = new ArrayList<>();
    int count = columns.isEmpty() ? 0 : columns.get("loss").size();
    for (int i = 0; i < count; i++) {
      epochs.add(new Epoch(
          i + 1,
          columns.get("learning_rate").get(i),
          columns.get("loss").get(i),
          columns.get("validation_loss").get(i),
          metrics(columns, "metric.", metrics, i),
          metrics(columns, "validation_metric.", metrics, i),
          (int) columns.get("rows").get(i),
          columns.get("seconds").get(i)));
    }
    return epochs;
  }

  /** A file has its tensors in an order of its own. */
  private static Map<String, Double> metrics(
      Map<String, Tensor> columns, String prefix, List<String> names, int row) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String name : names) {
      Tensor values = columns.get(prefix + name);
      if (values != null) {
        metrics.put(name, values.get(row));
      }
    }
    return metrics;
  }
}
