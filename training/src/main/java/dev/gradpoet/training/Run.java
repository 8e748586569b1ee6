package dev.gradpoet.training;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One run of a {@code Training}: its epochs, from the first or from those of a checkpoint. */
final class Run {

  private static final int PROBED_ROWS = 256;

  private final RunOptions training;
  private final Dataset train;
  private final Model network;
  private final Trainer trainer;
  private final Validation validation;
  private final Checkpoints checkpoints;
  private final Map<String, String> settings;
  private final Generator order;
  private final TargetForm form;
  private final EpochLoss epochLoss;
  private final Steps steps;
  private final Predictor predictor;
  private final boolean joinsSingleRow;
  private final int[] rows;
  private final TrainingEvent.Step step = new TrainingEvent.Step();
  private final TrainingListener[] listeners;
  private final RunControl control = new RunControl();
  private Identity identity;
  private RunState state = new RunState();

  private Run(
      RunOptions training,
      Dataset train,
      Trainer trainer,
      Predictor predictor,
      Checkpoints checkpoints)
      throws IOException {
    this.training = training;
    this.train = train;
    this.network = training.network();
    this.trainer = trainer;
    this.predictor = predictor;
    this.checkpoints = checkpoints;
    this.settings = Settings.of(training, train);
    this.order = training.order();
    trainer.freeze(training.frozen.toArray(new String[0]));
    if (training.classWeights != null) {
      trainer.classWeights(training.classWeights);
    }
    if (training.posWeight != null) {
      trainer.posWeight(training.posWeight);
    }
    this.form = TargetForm.of(network.architecture(), trainer, "the training data", train);
    form.requireTargets(trainer, "the training data", train);
    this.epochLoss = EpochLoss.of(trainer, form, train);
    if (training.validation() != null) {
      SameNames.require(train, training.validation());
    }
    this.validation =
        training.validation() == null ? null : Validation.of(training, trainer, predictor);
    requireMetrics();
    this.joinsSingleRow = joinsSingleRow(training);
    this.steps = StepsFactory.of(
        trainer,
        form,
        train,
        capacity(training, train),
        training.clipping(),
        !training.metrics().isEmpty());
    this.rows = train.rowIndex().toArray();
    this.listeners = training.listeners().toArray(new TrainingListener[0]);
    this.identity =
        checkpoints == null ? null : Identity.of(training, network, trainer, form, train, order);
  }

  /** Computes the metrics of some rows, so that one that the network cannot have is refused before anything changes. */
  private void requireMetrics() {
    if (!training.metrics().isEmpty()) {
      Dataset some = train.rows(0, Math.min(train.size(), PROBED_ROWS));
      Tensor output = ForwardPass.outputs(predictor, some, form.outputs());
      Metric.all(training.metrics(), Predictions.of(predictor, output, some.target()));
    }
  }

  /** Trains a network. */
  static History of(RunOptions training, Dataset train) {
    if (joinsSingleRow(training) && Math.min(train.size(), training.batchSize()) == 1) {
      throw new IllegalArgumentException(
          (train.size() == 1 ? "the training data has 1 row" : "the batch size is 1")
              + ", expected at least 2: " + training.network().architecture().name()
              + " normalizes over the rows of a batch");
    }
    try (Checkpoints checkpoints =
            training.checkpoints() == null ? null : Checkpoints.open(training.checkpoints());
        Trainer trainer = training
            .network()
            .trainer(training.optimizer(), capacity(training, train), training.threads);
        Predictor predictor = training.network().predictor(training.threads)) {
      return new Run(training, train, trainer, predictor, checkpoints).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a layer needs more than one row: a batch norm with one value a channel that is trained. */
  private static boolean joinsSingleRow(RunOptions training) {
    return training.network().architecture().layers().stream()
        .filter(layer -> layer.type().startsWith("BatchNorm"))
        .filter(layer -> !training.frozen.contains(layer.name()))
        .anyMatch(layer -> Values.size(layer.shape()) == layer.shape()[0]);
  }

  /** A single row may join a batch. */
  private static int capacity(RunOptions training, Dataset train) {
    return Math.min(train.size(), training.batchSize() + (joinsSingleRow(training) ? 1 : 0));
  }

  private History run() throws IOException {
    if (checkpoints != null && checkpoints.exist()) {
      resume();
    } else if (training.fitsNormalization) {
      network.fitNormalization(ForwardPass.inputs(train, train.rowIndex()));
    }
    tell(new TrainingEvent.Started(settings, state.epochs, training.epochs(), train.size()));
    while (state.end == null && !control.isStopped()) {
      epoch();
    }
    if (state.bestParameters != null) {
      state.bestParameters.restore(network);
    }
    History history = new History(
        state.epochs, state.best, state.end == null ? control.reason() : state.end, settings);
    tell(new TrainingEvent.Ended(history));
    return history;
  }

  /** Continues from the checkpoint: everything is checked before anything is changed. */
  private void resume() throws IOException {
    List<String> names = training.metrics().stream().map(Metric::name).toList();
    CheckpointFile.Loaded loaded = checkpoints.read(names);
    identity.require(String.valueOf(training.checkpoints()), loaded.identity(), excused(loaded));
    int done = loaded.state().epochs.size();
    if (training.epochs() < done) {
      throw new IllegalArgumentException("the checkpoint in " + training.checkpoints() + " has "
          + done + " epochs, this run has at most " + training.epochs()
          + ": the number of epochs may only grow");
    }
    checkpoints.require(loaded, network, names, validation != null, order != null);
    identity = new Identity(loaded.identity());
    checkpoints.complete(loaded);
    trainer.loadState(loaded.tensors().trainer());
    Snapshot.of(loaded.tensors().network()).restore(network);
    if (order != null) {
      order.setState(loaded.tensors().order());
    }
    state = loaded.state();
    if (state.endedByEpochs && state.epochs.size() < training.epochs()) {
      state.end = null;
      state.endedByEpochs = false;
    }
  }

  /** What a run need not have that continues with the objects of the one before, rather than with new ones. */
  private Set<String> excused(CheckpointFile.Loaded loaded) {
    if (!isContinued(loaded)) {
      return Set.of();
    }
    boolean isShared = training.generator != null && loaded.tensors().order() != null;
    return isShared ? Set.of(Identity.START, Identity.SHUFFLING) : Set.of(Identity.START);
  }

  /** Whether the network is as the run of the checkpoint has left it, rather than as that run has found it. */
  private boolean isContinued(CheckpointFile.Loaded loaded) {
    long here = Snapshot.hash(Snapshot.live(network));
    Snapshot best = loaded.state().bestParameters;
    return here == Snapshot.hash(Snapshot.inOrder(network, loaded.tensors().network()))
        || best != null && here == Snapshot.hash(Snapshot.inOrder(network, best.tensors()));
  }

  private void epoch() throws IOException {
    long start = System.nanoTime();
    int number = state.epochs.size() + 1;
    double rate = training.epochRate(number - 1);
    if (!Double.isNaN(rate)) {
      trainer.learningRate(rate);
    }
    if (training.schedulesSteps()) {
      trainer.learningRate(training.stepRate(state.steps));
    }
    double learningRate = trainer.learningRate();
    if (order != null) {
      train.rowIndex().select(order.randperm(train.size()).toIntArray(), rows);
    }
    // only a listener stops within an epoch
    Snapshot before =
        listeners.length == 0 || state.bestParameters != null ? null : Snapshot.of(network);
    double loss = pass(number);
    if (control.isStopped()) {
      if (before != null) {
        before.restore(network);
      }
      return;
    }
    Epoch epoch = new Epoch(
        number,
        learningRate,
        loss,
        validation == null ? Double.NaN : validation.loss(),
        metrics(),
        validation == null ? Map.of() : validation.metrics(),
        train.size(),
        (System.nanoTime() - start) * 1e-9);
    boolean isBest = end(epoch);
    if (checkpoints != null) {
      checkpoints.write(identity, state, tensors(), settings);
    }
    tell(new TrainingEvent.EpochEnded(epoch, isBest));
  }

  /** The steps of an epoch; their loss. */
  private double pass(int epoch) {
    int batch = training.batchSize();
    int size = train.size();
    epochLoss.start();
    int to;
    for (int from = 0; from < size && !control.isStopped(); from = to) {
      to = size - from - batch == 1 && joinsSingleRow ? size : Math.min(size, from + batch);
      if (training.schedulesSteps()) {
        trainer.learningRate(training.stepRate(state.steps));
      }
      double loss = steps.step(rows, from, to - from);
      epochLoss.add(loss, rows, from, to - from);
      state.steps++;
      for (TrainingListener listener : listeners) {
        listener.on(step.at(epoch, state.steps, to, size, loss), control);
      }
    }
    // the gradient of weights that are all 0 is NaN, as in PyTorch, and the loss of such a step is
    // left out
    return epochLoss.leavesOut() && !Snapshot.isFinite(network) ? Double.NaN : epochLoss.value();
  }

  private Map<String, Double> metrics() {
    if (training.metrics().isEmpty()) {
      return Map.of();
    }
    return Metric.all(training.metrics(), Predictions.of(predictor, steps.outputs(), train, rows));
  }

  /** Adds an epoch to the state; whether it is the best so far. */
  private boolean end(Epoch epoch) {
    boolean isBest = validation == null
        || state.best == 0
        || isBetter(training.score(epoch), training.score(state.epochs.get(state.best - 1)));
    state.epochs.add(epoch);
    if (isBest) {
      state.best = epoch.number();
      state.bestParameters = validation == null ? null : Snapshot.of(network);
    }
    if (!Double.isFinite(epoch.loss())) {
      state.end = "the loss of epoch " + epoch.number() + " is " + epoch.loss();
    } else if (training.earlyStopping() != null
        && training
            .earlyStopping()
            .stops(state.epochs.stream().map(training::score).toList())) {
      state.end = "no improvement for " + training.earlyStopping().patience() + " epochs";
    } else if (epoch.number() >= training.epochs()) {
      state.end = "all " + training.epochs() + " epochs are done";
      state.endedByEpochs = true;
    }
    return isBest;
  }

  private static boolean isBetter(double score, double best) {
    return score < best || Double.isNaN(best) && !Double.isNaN(score);
  }

  private RunState.Tensors tensors() {
    return new RunState.Tensors(
        Snapshot.live(network), trainer.state(), order == null ? null : order.getState());
  }

  private void tell(TrainingEvent event) {
    for (TrainingListener listener : listeners) {
      listener.on(event, control);
    }
  }
}
