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

  private final RunOptions options;

  private Training(RunOptions options) {
    this.options = options;
  }

  /**
   * The training of a network for 10 epochs with batches of 32 rows in the order of the data.
   *
   * @throws IllegalArgumentException if the optimizer's options are incompatible
   */
  public static Training of(Model network, Optimizer optimizer) {
    return new Training(new RunOptions(
        Objects.requireNonNull(network, "network"),
        Objects.requireNonNull(optimizer, "optimizer").checked()));
  }

  /**
   * The number of rows of a step. The last step of an epoch may have fewer. If the network normalizes over batches, a single last row is added to the
   * preceding step.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Training batchSize(int rows) {
    RunOptions changed = new RunOptions(options);
    changed.batchSize = atLeastOne("batch size", rows);
    return new Training(changed);
  }

  /**
   * The threads of the trainer and of the predictor, as for {@code net.trainer}: a run has the same bits with any number of them. By default 1.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Training threads(int threads) {
    RunOptions changed = new RunOptions(options);
    changed.threads = atLeastOne("number of threads", threads);
    return new Training(changed);
  }

  /**
   * The number of passes over the training rows, at most.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Training epochs(int epochs) {
    RunOptions changed = new RunOptions(options);
    changed.epochs = atLeastOne("number of epochs", epochs);
    return new Training(changed);
  }

  private static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("the " + what + " is " + value + ", expected at least 1");
    }
    return value;
  }

  /** Goes through the rows in a new order in each epoch: {@code torch.randperm} of a generator with this seed. */
  public Training shuffle(long seed) {
    RunOptions changed = new RunOptions(options);
    changed.seed = seed;
    changed.generator = null;
    return new Training(changed);
  }

  /** Goes through the rows in a new order in each epoch: {@code torch.randperm} of this generator, which may be that of the network. */
  public Training shuffle(Generator generator) {
    RunOptions changed = new RunOptions(options);
    changed.seed = null;
    changed.generator = Objects.requireNonNull(generator, "generator");
    return new Training(changed);
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
    if (initial != options.optimizer.learningRate()) {
      throw new IllegalArgumentException("the schedule starts with the learning rate " + initial
          + ", the optimizer with " + options.optimizer.learningRate() + ": give both the same");
    }
    schedule.learningRate(0);
    RunOptions changed = new RunOptions(options);
    changed.schedule = schedule;
    changed.countsSteps = countsSteps;
    return new Training(changed);
  }

  /**
   * Scales the gradients of each step so that their norm is at most this, as {@code torch.nn.utils.clip_grad_norm_}.
   *
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public Training clipGradNorm(double maxNorm) {
    RunOptions changed = new RunOptions(options);
    changed.clipping =
        new Clipping(Clipping.limit("largest norm", maxNorm), options.clipping.value());
    return new Training(changed);
  }

  /**
   * Limits each gradient of each step to this magnitude, as {@code torch.nn.utils.clip_grad_value_}; after the norm, if both are limited.
   *
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public Training clipGradValue(double clipValue) {
    RunOptions changed = new RunOptions(options);
    changed.clipping =
        new Clipping(options.clipping.norm(), Clipping.limit("largest value", clipValue));
    return new Training(changed);
  }

  /**
   * Sets the mean and the standard deviation of every {@code @Normalization} to those of the training rows before the first epoch, by {@link
   * Model#fitNormalization}; for that, the inputs of these rows are copied once.
   */
  public Training fitNormalization() {
    RunOptions changed = new RunOptions(options);
    changed.fitsNormalization = true;
    return new Training(changed);
  }

  /**
   * Weighs the rows by their class, as {@link dev.gradpoet.runtime.Trainer#classWeights}: {@code weight} of PyTorch's losses, in place of the {@code classWeights} of
   * {@code @LossOptions}. They count in the loss of the training rows and in that of the validation rows, and not in metrics. With {@code train.classWeights()} all
   * classes count alike, however rare.
   *
   * @param weights one for each output of the network, at least 0
   */
  public Training classWeights(double... weights) {
    RunOptions changed = new RunOptions(options);
    changed.classWeights = weights.clone();
    return new Training(changed);
  }

  /**
   * Weighs positive targets, as {@link dev.gradpoet.runtime.Trainer#posWeight}: {@code pos_weight} of PyTorch's {@code BCEWithLogitsLoss}, in place of the {@code
   * posWeight} of {@code @LossOptions}. It counts in the loss of the training rows and in that of the validation rows, and not in metrics. The number of
   * rows of class 0 divided by that of class 1 lets both count alike.
   *
   * @param weights one for each output of the network, or one for all, at least 0
   */
  public Training posWeight(double... weights) {
    RunOptions changed = new RunOptions(options);
    changed.posWeight = weights.clone();
    return new Training(changed);
  }

  /** Does not train these layers, as {@link dev.gradpoet.runtime.Trainer#freeze}. */
  public Training freeze(String... layers) {
    RunOptions changed = new RunOptions(options);
    changed.frozen = List.of(layers);
    return new Training(changed);
  }

  /**
   * The rows whose loss and metrics are computed after each epoch. If both data sets have names, {@link #fit} checks that an index is the same class or category in both, and that the
   * features are the same in the same order. A second file gets the classes of the first with {@code Csv.vocabulary(column, train.classes())}.
   */
  public Training validation(Dataset rows) {
    RunOptions changed = new RunOptions(options);
    changed.validation = Objects.requireNonNull(rows, "rows");
    return new Training(changed);
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
    RunOptions changed = new RunOptions(options);
    changed.metrics = List.of(metrics);
    return new Training(changed);
  }

  /** What makes an epoch the best: this metric of the validation rows, rather than the lowest validation loss. Without validation, the last epoch is the best. */
  public Training best(Metric metric) {
    RunOptions changed = new RunOptions(options);
    changed.best = Objects.requireNonNull(metric, "metric");
    return new Training(changed);
  }

  /** Ends the run when the score of {@link #best}, or else the validation loss, no longer improves. */
  public Training earlyStopping(EarlyStopping rule) {
    RunOptions changed = new RunOptions(options);
    changed.earlyStopping = Objects.requireNonNull(rule, "rule");
    return new Training(changed);
  }

  /**
   * Writes a checkpoint to this directory after each epoch, and continues from the one that it has: a run that was killed at any moment and is started
   * again ends with the bits of one that was not.
   */
  public Training checkpoints(Path directory) {
    RunOptions changed = new RunOptions(options);
    changed.checkpoints = Objects.requireNonNull(directory, "directory");
    return new Training(changed);
  }

  /** Adds a listener. */
  public Training listener(TrainingListener listener) {
    List<TrainingListener> all = new ArrayList<>(options.listeners);
    all.add(Objects.requireNonNull(listener, "listener"));
    RunOptions changed = new RunOptions(options);
    changed.listeners = List.copyOf(all);
    return new Training(changed);
  }

  /** The network that is trained. */
  public Model network() {
    return options.network;
  }

  /**
   * Trains the network; afterwards it has the parameters and buffers of the best epoch. A run ends early if a listener stops it, or if the loss is no longer finite.
   *
   * <p>With {@link #checkpoints}, a run continues from the checkpoint of its directory. A run that has ended only returns its history, unless all its
   * epochs are done and there are more now.
   *
   * @throws IllegalArgumentException if the data does not fit the network, the names of the validation data are not those of the training data, options are incompatible, or the checkpoint is of another network,
   *     optimizer, data set or run; nothing has changed then
   * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
   * @throws UnsupportedOperationException if the network declares no loss, or a metric needs what the network does not have, or {@link #fitNormalization} is
   *     called and the network has no {@code @Normalization}, or {@link #classWeights} and its loss is neither {@code CROSS_ENTROPY} nor {@code NLL}, or {@link
   *     #posWeight} and its loss is not {@code BCE_WITH_LOGITS}
   */
  public History fit(Dataset train) {
    Objects.requireNonNull(train, "train");
    if (options.validation == null && (options.earlyStopping != null || options.best != null)) {
      throw new IllegalArgumentException(
          (options.earlyStopping != null ? "early stopping" : "best(" + options.best + ")")
              + " without validation rows, expected some: call validation(..)");
    }
    return Run.of(options, train);
  }
}
