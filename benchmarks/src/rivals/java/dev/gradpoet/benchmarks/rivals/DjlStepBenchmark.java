package dev.gradpoet.benchmarks.rivals;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;
import dev.gradpoet.benchmarks.Work;
import dev.gradpoet.runtime.Architecture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** DJL and PyTorch, a training step: its own trainer, loss and SGD, on a batch that stays in native memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DjlStepBenchmark {

  /** The losses that are compared: the first ones would not show a wrong gradient, because the learning rate is small. */
  private static final int CHECKED = 30;

  /** Those of a network whose steps take a second, and lower the loss enough. */
  private static final int CHECKED_LARGE = 4;

  /** The network. */
  @Param public Shape shape;

  /** The number of threads. */
  @Param("1") public int threads;

  private NDManager manager;
  private Model model;
  private Trainer trainer;
  private NDArray x;
  private NDArray y;

  /** Makes the network and its batch, and checks that the first losses equal ours. */
  @Setup
  public void setup() {
    Djl.configure(threads);
    int rows = shape.batch();
    Gradpoet ours = Gradpoet.of(shape, rows);
    Architecture architecture = ours.model().architecture();
    Work work = ours.work(rows);
    manager = NDManager.newBaseManager("PyTorch");
    model = Djl.model(manager, architecture, rows);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(
                    ours.classifies() ? Loss.softmaxCrossEntropyLoss() : Loss.l2Loss("mse", 1))
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(
                    Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed((float) Gradpoet.LEARNING_RATE))
                        .build()));
    trainer.initialize(Djl.inputShape(architecture, rows));
    Djl.copyWeights(ours.model(), model);
    x = manager.create(work.inputs(), Djl.inputShape(architecture, rows));
    y =
        ours.classifies()
            ? manager.create(work.classes(), new ai.djl.ndarray.types.Shape(rows, 1))
            : manager.create(work.values(), new ai.djl.ndarray.types.Shape(rows, 1));
    int checked = shape == Shape.N4096_4096_4096_10 ? CHECKED_LARGE : CHECKED;
    float[] theirs = new float[checked];
    float[] expected = new float[checked];
    for (int i = 0; i < checked; i++) {
      theirs[i] = djl();
      expected[i] = ours.step(work);
    }
    Agreement.check("DJL", theirs, expected);
  }

  /** Frees native memory. */
  @TearDown
  public void tearDown() {
    trainer.close();
    model.close();
    manager.close();
  }

  /** One step; JMH consumes the loss. */
  @Benchmark
  public float djl() {
    try (NDManager call = manager.newSubManager()) {
      x.attach(call);
      y.attach(call);
      float value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray loss = trainer.getLoss().evaluate(new NDList(y), trainer.forward(new NDList(x)));
        collector.backward(loss);
        value = loss.getFloat();
      }
      trainer.step();
      x.attach(manager);
      y.attach(manager);
      return value;
    }
  }
}
