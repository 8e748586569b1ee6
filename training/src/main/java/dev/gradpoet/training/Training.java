package dev.gradpoet.training;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a network is trained, and {@link #fit} to do it. An immutable value: each method with a parameter returns a new one.
 *
 * <pre>{@code
 * History history = Training.of(net, AdamW.of(1e-3)).batchSize(32).epochs(100).shuffle(seed)
 *     .schedule(CosineAnnealingLr.of(1e-3).tMax(100)).validation(valid).metrics(Metric.ACCURACY, Metric.MACRO_F1)
 *     .earlyStopping(EarlyStopping.patience(10)).checkpoints(directory).listener(ProgressListener.terminal())
 *     .fit(train);                                  // the best parameters are in the network
 * }</pre>
 *
 * <p>A run is deterministic: the same network, data and options give the same bits. Steps allocate nothing once compiled, if the network has one dense
 * input.
 */
public final class Training {

  private static final int BATCH_SIZE = 32;
  private static final int EPOCHS = 10;

  private final Model network;
  private final Optimizer optimizer;
  private int batchSize = BATCH_SIZE;
  private int epochs = EPOCHS;
  private Long seed;
  private Generator generator;
  private Schedule schedule;
  private boolean countsSteps;
  private Clipping clipping = Clipping.NONE;
  private Dataset validation;
  private List<Metric> metrics = List.of();
  private Metric best;
  private EarlyStopping earlyStopping;
  private Path checkpoints;
  private List<TrainingListener> listeners = List.of();

  private Training(Model network, Optimizer optimizer) {
    this.network = network;
    this.optimizer = optimizer;
  }

  private Training(Training that) {
    this(that.network, that.optimizer);
    batchSize = that.batchSize;
    epochs = that.epochs;
    seed = that.seed;
    generator = that.generator;
    schedule = that.schedule;
    countsSteps = that.countsSteps;
    clipping = that.clipping;
    validation = that.validation;
    metrics = that.metrics;
    best = that.best;
    earlyStopping = that.earlyStopping;
    checkpoints = that.checkpoints;
    listeners = that.listeners;
  }

  /**
   * The training of a network for 10 epochs with batches of 32 rows in the order of the data.
   *
   * @throws IllegalArgumentException if the optimizer's options do not go together
   */
  public static Training of(Model network, Optimizer optimizer) {
    return new Training(
        Objects.requireNonNull(network, "network"),
        Objects.requireNonNull(optimizer, "optimizer").checked());
  }

  /**
   * The number of rows of a step. The last step of an epoch may have fewer. If the network normalizes over batches, a single last row joins the step
   * before.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Training batchSize(int rows) {
    Training training = new Training(this);
    training.batchSize = atLeastOne("batch size", rows);
    return training;
  }

  /**
   * The number of passes over the training rows, at most.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Training epochs(int epochs) {
    Training training = new Training(this);
    training.epochs = atLeastOne("number of epochs", epochs);
    return training;
  }

  private static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("the " + what + " is " + value + ", expected at least 1");
    }
    return value;
  }

  /** Goes through the rows in a new order in each epoch: {@code torch.randperm} of a generator with this seed. */
  public Training shuffle(long seed) {
    Training training = new Training(this);
    training.seed = seed;
    training.generator = null;
    return training;
  }

  /** Goes through the rows in a new order in each epoch: {@code torch.randperm} of this generator, which may be that of the network. */
  public Training shuffle(Generator generator) {
    Training training = new Training(this);
    training.seed = null;
    training.generator = Objects.requireNonNull(generator, "generator");
    return training;
  }

  /**
   * The learning rate of each epoch: {@code schedule.learningRate(epochs done)}.
   *
   * @throws IllegalArgumentException if its initial rate is not the optimizer's
   * @throws IllegalStateException if it lacks an option that has no default
   */
  public Training schedule(Schedule schedule) {
    return with(schedule, false);
  }

  /**
   * The learning rate of each step: {@code schedule.learningRate(steps done)}.
   *
   * @throws IllegalArgumentException if its initial rate is not the optimizer's
   * @throws IllegalStateException if it lacks an option that has no default
   */
  public Training scheduleSteps(Schedule schedule) {
    return with(schedule, true);
  }

  private Training with(Schedule schedule, boolean countsSteps) {
    double initial = Objects.requireNonNull(schedule, "schedule").initialLearningRate();
    if (initial != optimizer.learningRate()) {
      throw new IllegalArgumentException("the schedule starts with the learning rate " + initial
          + ", the optimizer with " + optimizer.learningRate() + ": give both the same");
    }
    schedule.learningRate(0);
    Training training = new Training(this);
    training.schedule = schedule;
    training.countsSteps = countsSteps;
    return training;
  }

  /**
   * Scales the gradients of each step so that their norm is at most this, as {@code torch.nn.utils.clip_grad_norm_}.
   *
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public Training clipGradNorm(double maxNorm) {
    Training training = new Training(this);
    training.clipping = new Clipping(Clipping.limit("largest norm", maxNorm), clipping.value());
    return training;
  }

  /**
   * Limits each gradient of each step to this magnitude, as {@code torch.nn.utils.clip_grad_value_}; after the norm, if both are limited.
   *
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public Training clipGradValue(double clipValue) {
    Training training = new Training(this);
    training.clipping = new Clipping(clipping.norm(), Clipping.limit("largest value", clipValue));
    return training;
  }

  /** The rows whose loss and metrics are computed after each epoch. */
  public Training validation(Dataset rows) {
    Training training = new Training(this);
    training.validation = Objects.requireNonNull(rows, "rows");
    return training;
  }

  /**
   * The metrics of each epoch: of the training rows, from the outputs that the steps computed (in training mode, each before its update), and of the
   * validation rows.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public Training metrics(Metric... metrics) {
    Set<String> names = new LinkedHashSet<>();
    for (Metric metric : metrics) {
      if (!names.add(metric.name())) {
        throw new IllegalArgumentException(
            "two metrics are named \"" + metric.name() + "\", expected distinct names");
      }
    }
    Training training = new Training(this);
    training.metrics = List.of(metrics);
    return training;
  }

  /** What makes an epoch the best: this metric of the validation rows, rather than the lowest validation loss. Without validation, the last epoch is the best. */
  public Training best(Metric metric) {
    Training training = new Training(this);
    training.best = Objects.requireNonNull(metric, "metric");
    return training;
  }

  /** Ends the run when the score of {@link #best}, or else the validation loss, no longer improves. */
  public Training earlyStopping(EarlyStopping rule) {
    Training training = new Training(this);
    training.earlyStopping = Objects.requireNonNull(rule, "rule");
    return training;
  }

  /**
   * Writes a checkpoint to this directory after each epoch, and continues from the one that it has: a run that was killed at any moment and is started
   * again ends with the bits of one that was not.
   */
  public Training checkpoints(Path directory) {
    Training training = new Training(this);
    training.checkpoints = Objects.requireNonNull(directory, "directory");
    return training;
  }

  /** Adds a listener. */
  public Training listener(TrainingListener listener) {
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(Objects.requireNonNull(listener, "listener"));
    Training training = new Training(this);
    training.listeners = List.copyOf(all);
    return training;
  }

  /**
   * Trains the network; afterwards it has the parameters and buffers of the best epoch. A run ends early if the loss is no longer finite.
   *
   * <p>With {@link #checkpoints}, a run continues from the checkpoint of its directory. A run that has ended only returns its history, unless all its
   * epochs are done and there are more now.
   *
   * @throws IllegalArgumentException if the data does not fit the network, options do not go together, or the checkpoint is of another network,
   *     optimizer, data set or run; nothing has changed then
   * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
   * @throws UnsupportedOperationException if the network declares no loss, or a metric needs what the network does not have
   */
  public History fit(Dataset train) {
    Objects.requireNonNull(train, "train");
    if (validation == null && (earlyStopping != null || best != null)) {
      throw new IllegalArgumentException(
          (earlyStopping != null ? "early stopping" : "best(" + best + ")")
              + " without validation rows, expected some: call validation(..)");
    }
    return Run.of(this, train);
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
