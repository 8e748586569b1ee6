package dev.gradpoet.training;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The options of a {@code Training}: copied, changed once, and then left as they are. */
final class RunOptions {

  /** The text of an option that the declaration decides. */
  static final String AS_DECLARED = "as declared";

  private static final int BATCH_SIZE = 32;
  private static final int EPOCHS = 10;

  final Model network;
  final Optimizer optimizer;
  int batchSize = BATCH_SIZE;
  int threads = 1;
  int epochs = EPOCHS;
  Long seed;
  Generator generator;
  Schedule schedule;
  boolean countsSteps;
  Clipping clipping = Clipping.NONE;
  boolean fitsNormalization;
  List<String> frozen = List.of();
  double[] classWeights;
  double[] posWeight;
  Dataset validation;
  List<Metric> metrics = List.of();
  Metric best;
  EarlyStopping earlyStopping;
  Path checkpoints;
  List<TrainingListener> listeners = List.of();

  RunOptions(Model network, Optimizer optimizer) {
    this.network = network;
    this.optimizer = optimizer;
  }

  RunOptions(RunOptions that) {
    this(that.network, that.optimizer);
    batchSize = that.batchSize;
    threads = that.threads;
    epochs = that.epochs;
    seed = that.seed;
    generator = that.generator;
    schedule = that.schedule;
    countsSteps = that.countsSteps;
    clipping = that.clipping;
    fitsNormalization = that.fitsNormalization;
    frozen = that.frozen;
    classWeights = that.classWeights;
    posWeight = that.posWeight;
    validation = that.validation;
    metrics = that.metrics;
    best = that.best;
    earlyStopping = that.earlyStopping;
    checkpoints = that.checkpoints;
    listeners = that.listeners;
  }

  Model network() {
    return network;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  int batchSize() {
    return batchSize;
  }

  int epochs() {
    return epochs;
  }

  /** The generator that orders the rows of a run; null if they stay in their order. */
  Generator order() {
    return seed == null ? generator : new Generator().manualSeed(seed);
  }

  String shuffleText() {
    if (seed != null) {
      return "seed " + seed;
    }
    return generator == null ? "none" : "by a generator";
  }

  /** The learning rate of an epoch; NaN if it is set by no schedule of epochs. */
  double epochRate(int epochsDone) {
    return schedule == null || countsSteps ? Double.NaN : schedule.learningRate(epochsDone);
  }

  boolean schedulesSteps() {
    return schedule != null && countsSteps;
  }

  double stepRate(long stepsDone) {
    return schedule.learningRate(Math.toIntExact(stepsDone));
  }

  String scheduleText() {
    return schedule == null ? "none" : schedule + (countsSteps ? " by step" : " by epoch");
  }

  String classWeightsText() {
    return classWeights == null ? AS_DECLARED : Arrays.toString(classWeights);
  }

  String posWeightText() {
    return posWeight == null ? AS_DECLARED : Arrays.toString(posWeight);
  }

  Clipping clipping() {
    return clipping;
  }

  /** The validation rows, or null. */
  Dataset validation() {
    return validation;
  }

  /** The metrics, that of the best epoch included. */
  List<Metric> metrics() {
    if (best == null || metrics.stream().anyMatch(each -> each.name().equals(best.name()))) {
      return metrics;
    }
    List<Metric> all = new ArrayList<>(metrics);
    all.add(best);
    return all;
  }

  /** The score of an epoch with validation, the lower the better. */
  double score(Epoch epoch) {
    if (best == null) {
      return epoch.validationLoss();
    }
    double value = epoch.validationMetrics().get(best.name());
    return best.higherIsBetter() ? -value : value;
  }

  String bestText() {
    if (validation == null) {
      return "the last epoch";
    }
    return best == null ? "lowest validation loss" : "best validation " + best.name();
  }

  /** When to end early, or null. */
  EarlyStopping earlyStopping() {
    return earlyStopping;
  }

  /** The directory of checkpoints, or null. */
  Path checkpoints() {
    return checkpoints;
  }

  List<TrainingListener> listeners() {
    return listeners;
  }
}
