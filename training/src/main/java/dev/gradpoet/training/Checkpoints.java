package dev.gradpoet.training;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.files.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The directory of a run: {@code last.safetensors} has all that is needed to continue, {@code best.safetensors} the best network, {@code history.csv} the
 * epochs, {@code README.txt} what these are. A run needs only the first. One run at a time uses the directory.
 */
final class Checkpoints implements AutoCloseable {

  private static final String LAST = "last.safetensors";
  private static final String BEST = "best.safetensors";

  private static final String EPOCH = "epoch";

  private final Path directory;
  private final FileChannel lock;

  /** The epoch whose network {@code best.safetensors} has. */
  private int bestWritten;

  private Checkpoints(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Opens a directory, which is made if it does not exist.
   *
   * @throws IOException if it cannot be written, or another run uses it
   */
  static Checkpoints open(Path directory) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new IOException(directory + " is a file, expected a directory for checkpoints");
    }
    Files.createDirectories(directory);
    FileChannel lock = FileChannel.open(
        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() != null) {
        return new Checkpoints(directory, lock);
      }
    } catch (OverlappingFileLockException e) {
      // in this virtual machine: refused below
    }
    lock.close();
    throw new IOException(
        directory + " is used by another run: wait until it has ended, or use another directory");
  }

  /** Whether there is a checkpoint. */
  boolean exist() {
    return Files.exists(directory.resolve(LAST));
  }

  /**
   * Reads the last checkpoint.
   *
   * @param metrics the names of the metrics of the run, in order
   */
  CheckpointFile.Loaded read(List<String> metrics) throws IOException {
    CheckpointFile.Loaded loaded = CheckpointFile.read(directory.resolve(LAST), metrics);
    bestWritten = bestWritten();
    return loaded;
  }

  /** The epoch of the best network; 0 if there is none that can be read, which is then written again. */
  private int bestWritten() {
    try {
      return Integer.parseInt(
          Safetensors.read(directory.resolve(BEST)).metadata().getOrDefault(EPOCH, "0"));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Checks that a checkpoint of the run has all that the run continues from.
   *
   * @param metrics the names of the metrics of the run
   * @throws IOException if a part is missing or of another shape
   */
  void require(
      CheckpointFile.Loaded loaded,
      Model network,
      List<String> metrics,
      boolean hasValidation,
      boolean isShuffled)
      throws IOException {
    Path file = directory.resolve(LAST);
    requireNetwork(file, network, loaded.tensors().network());
    if (loaded.state().bestParameters != null) {
      requireNetwork(file, network, loaded.state().bestParameters.tensors());
    }
    for (Epoch epoch : loaded.state().epochs) {
      if (!epoch.metrics().keySet().containsAll(metrics)
          || hasValidation && !epoch.validationMetrics().keySet().containsAll(metrics)) {
        throw CheckpointFile.damaged(
            file, "metrics of its epochs are missing, expected " + metrics);
      }
    }
    if (isShuffled && loaded.tensors().order() == null) {
      throw CheckpointFile.damaged(file, "the state of the shuffling is missing");
    }
  }

  private static void requireNetwork(Path file, Model network, Map<String, Tensor> found)
      throws IOException {
    for (Map.Entry<String, Tensor> each : Snapshot.live(network).entrySet()) {
      CheckpointFile.requireShape(
          file, each.getKey(), found.get(each.getKey()), each.getValue().shape());
    }
  }

  /** Writes the state after an epoch: first, at once, all that is needed to continue, then what is made from it. */
  void write(
      Identity identity, RunState state, RunState.Tensors tensors, Map<String, String> settings)
      throws IOException {
    CheckpointFile.write(directory.resolve(LAST), identity, state, tensors);
    writeBest(state, tensors);
    writeText("history.csv", csv(state));
    writeText("README.txt", readme(state, settings));
  }

  /** Repairs what a killed run has not written. */
  void complete(CheckpointFile.Loaded loaded) throws IOException {
    writeBest(loaded.state(), loaded.tensors());
  }

  /** Writes the best network, unless the file already has it: a run may have been killed after the last checkpoint and before this. */
  private void writeBest(RunState state, RunState.Tensors tensors) throws IOException {
    if (state.best > 0 && state.best != bestWritten) {
      Map<String, Tensor> best =
          state.bestParameters == null ? tensors.network() : state.bestParameters.tensors();
      Safetensors.save(directory.resolve(BEST), best, Map.of(EPOCH, Integer.toString(state.best)));
      bestWritten = state.best;
    }
  }

  private void writeText(String name, String text) throws IOException {
    AtomicFile.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String csv(RunState state) {
    StringBuilder text = new StringBuilder();
    for (Epoch epoch : state.epochs) {
      if (epoch.number() == 1) {
        text.append("epoch,learning_rate,loss,validation_loss");
        epoch.metrics().keySet().forEach(name -> text.append(",").append(quoted(name)));
        epoch
            .validationMetrics()
            .keySet()
            .forEach(name -> text.append(",").append(quoted("validation " + name)));
        text.append(",seconds\n");
      }
      text.append(epoch.number()).append(',').append(epoch.learningRate());
      text.append(',').append(epoch.loss()).append(',');
      text.append(Double.isNaN(epoch.validationLoss()) ? "" : epoch.validationLoss());
      epoch.metrics().values().forEach(value -> text.append(',').append(value));
      epoch.validationMetrics().values().forEach(value -> text.append(',').append(value));
      text.append(',').append(epoch.seconds()).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String name) {
    return name.matches("[\\w ]+") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String readme(RunState state, Map<String, String> settings) {
    StringBuilder text = new StringBuilder("""
        A Gradpoet training run.

        last.safetensors  everything needed to continue: run the program that wrote it again
        best.safetensors  parameters and buffers of the best epoch, for the load method of the network
        history.csv       the results of each epoch
        lock              locked while a run uses this directory

        To start from the beginning, delete this directory.

        """);
    int done = state.epochs.size();
    text.append(done).append(done == 1 ? " epoch is done" : " epochs are done");
    if (state.best > 0) {
      Epoch best = state.epochs.get(state.best - 1);
      text.append(", the best is ").append(best.number()).append(": loss ");
      text.append(String.format(Locale.ROOT, "%.6g", best.loss()));
      if (!Double.isNaN(best.validationLoss())) {
        text.append(String.format(Locale.ROOT, ", validation loss %.6g", best.validationLoss()));
      }
    }
    text.append(
        state.end == null
            ? ". The run has not ended.\n\n"
            : ". The run has ended: " + state.end + ".\n\n");
    settings.forEach(
        (name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
