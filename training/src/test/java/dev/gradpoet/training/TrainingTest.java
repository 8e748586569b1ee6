package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.CosineAnnealingLr;
import dev.gradpoet.runtime.ExponentialLr;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.LinearLr;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Schedule;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.StepLr;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run has the bits of the loop that it replaces. */
class TrainingTest {

  private static final int ROWS = 70;
  private static final Dataset CLASSES = Blobs.classes(1, ROWS, 3);
  private static final Dataset VALID = Blobs.classes(2, 40, 3);

  static Map<String, Tensor> tensors(Model network) {
    return Snapshot.live(network);
  }

  /** The loop that users write, through tensors: what {@code Training} must do with batches of 32 rows. */
  private static List<Double> loop(
      Model net,
      Trainer trainer,
      Dataset data,
      Tensor y,
      int epochs,
      Generator g,
      DoubleConsumer beforeStep) {
    List<Double> losses = new ArrayList<>();
    Tensor x = data.input(0);
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = g.randperm(data.size()).toIntArray();
      double sum = 0;
      for (int from = 0; from < order.length; from += 32) {
        int n = Math.min(32, order.length - from);
        beforeStep.accept(epoch);
        double loss = trainer.step(rows(x, order, from, n), rows(y, order, from, n));
        sum += loss * n;
      }
      losses.add(sum / order.length);
    }
    return losses;
  }

  private static Tensor rows(Tensor all, int[] order, int from, int n) {
    int[] shape = all.shape();
    shape[0] = n;
    Tensor some = Tensor.zeros(all.dtype(), shape);
    for (int r = 0; r < n; r++) {
      if (shape.length == 1) {
        some.set(all.get(order[from + r]), r);
      } else {
        for (int c = 0; c < shape[1]; c++) {
          some.set(all.get(order[from + r], c), r, c);
        }
      }
    }
    return some;
  }

  private static void assertSame(Model trained, Model expected) {
    assertThat(tensors(trained)).isEqualTo(tensors(expected));
  }

  private static List<Double> losses(History history) {
    return history.epochs().stream().map(Epoch::loss).toList();
  }

  @Test
  void classesInFloat() {
    Model net = new Nets_ClassesNetwork(1);
    Model expected = new Nets_ClassesNetwork(1);
    List<Double> losses = loop(
        expected,
        expected.trainer(AdamW.of(0.01), 32),
        CLASSES,
        CLASSES.target(),
        5,
        new Generator().manualSeed(7),
        epoch -> {});

    History history = Training.of(net, AdamW.of(0.01)).epochs(5).shuffle(7).fit(CLASSES);

    assertSame(net, expected);
    assertThat(losses(history)).isEqualTo(losses);
    assertThat(losses.get(4)).isLessThan(losses.get(0));
    assertThat(history.best().number()).isEqualTo(5);
    assertThat(history.end()).isEqualTo("all 5 epochs are done");
  }

  @Test
  void denseTargetsInDouble() {
    Dataset data = Blobs.doubles(3, ROWS);
    Model net = new Nets_DoublesNetwork(1);
    Model expected = new Nets_DoublesNetwork(1);
    List<Double> losses = loop(
        expected,
        expected.trainer(Sgd.of(0.05), 32),
        data,
        data.target(),
        5,
        new Generator().manualSeed(7),
        epoch -> {});

    assertThat(losses(Training.of(net, Sgd.of(0.05)).epochs(5).shuffle(7).fit(data)))
        .isEqualTo(losses);
    assertSame(net, expected);
  }

  @Test
  void twoClassesAreTheTargetOfOneOutput() {
    Dataset data = Blobs.classes(4, ROWS, 2);
    Model net = new Nets_LogitNetwork(1);
    Model expected = new Nets_LogitNetwork(1);
    Tensor y = Tensor.of(Blobs.floats(data.target().toDoubleArray()), ROWS, 1);
    List<Double> losses = loop(
        expected,
        expected.trainer(Sgd.of(0.5), 32),
        data,
        y,
        5,
        new Generator().manualSeed(7),
        epoch -> {});

    assertThat(losses(Training.of(net, Sgd.of(0.5)).epochs(5).shuffle(7).fit(data)))
        .isEqualTo(losses);
    assertSame(net, expected);
  }

  @Test
  void theOrderCanBeDrawnFromTheGeneratorOfDropout() {
    Generator g = new Generator().manualSeed(5);
    Generator same = new Generator().manualSeed(5);
    Model net = new Nets_NoisyNetwork(g);
    Model expected = new Nets_NoisyNetwork(same);
    List<Double> losses = loop(
        expected,
        expected.trainer(Sgd.of(0.1).momentum(0.9), 32),
        CLASSES,
        CLASSES.target(),
        5,
        same,
        epoch -> {});

    assertThat(losses(
            Training.of(net, Sgd.of(0.1).momentum(0.9)).epochs(5).shuffle(g).fit(CLASSES)))
        .isEqualTo(losses);
    assertSame(net, expected);
    assertThat(g.getState()).isEqualTo(same.getState());
  }

  @Test
  void schedulesCountEpochsOrSteps() {
    CosineAnnealingLr cosine = CosineAnnealingLr.of(0.1).tMax(4);
    Model net = new Nets_ClassesNetwork(1);
    Model expected = new Nets_ClassesNetwork(1);
    Trainer trainer = expected.trainer(Sgd.of(0.1), 32);
    loop(
        expected,
        trainer,
        CLASSES,
        CLASSES.target(),
        4,
        new Generator().manualSeed(7),
        epoch -> trainer.learningRate(cosine.learningRate((int) epoch)));

    History history =
        Training.of(net, Sgd.of(0.1)).epochs(4).shuffle(7).schedule(cosine).fit(CLASSES);

    assertSame(net, expected);
    assertThat(history.epochs())
        .extracting(Epoch::learningRate)
        .containsExactly(
            cosine.learningRate(0),
            cosine.learningRate(1),
            cosine.learningRate(2),
            cosine.learningRate(3));

    StepLr halves = StepLr.of(0.1).stepSize(2).gamma(0.5);
    Model stepped = new Nets_ClassesNetwork(1);
    Model expectedSteps = new Nets_ClassesNetwork(1);
    Trainer ofSteps = expectedSteps.trainer(Sgd.of(0.1), 32);
    int[] steps = {0};
    loop(
        expectedSteps,
        ofSteps,
        CLASSES,
        CLASSES.target(),
        4,
        new Generator().manualSeed(7),
        epoch -> ofSteps.learningRate(halves.learningRate(steps[0]++)));

    Training.of(stepped, Sgd.of(0.1)).epochs(4).shuffle(7).scheduleSteps(halves).fit(CLASSES);

    assertSame(stepped, expectedSteps);
  }

  @Test
  void gradientsAreClippedBetweenBackwardAndUpdate() {
    Dataset doubles = Blobs.doubles(3, ROWS);
    for (Dataset data : List.of(CLASSES, doubles)) {
      Model net = data == doubles ? new Nets_DoublesNetwork(1) : new Nets_ClassesNetwork(1);
      Model expected = net.copy();
      Trainer trainer = expected.trainer(AdamW.of(0.01), 32);
      Tensor x = data.input(0);
      Tensor y = data.target();
      int[] order = data.rowIndex().toArray();
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int from = 0; from < ROWS; from += 32) {
          int n = Math.min(32, ROWS - from);
          trainer.zeroGrad();
          trainer.forward(rows(x, order, from, n));
          trainer.loss(rows(y, order, from, n));
          trainer.backward();
          trainer.clipGradNorm(0.5);
          trainer.clipGradValue(0.05);
          trainer.update();
        }
      }

      Training.of(net, AdamW.of(0.01))
          .epochs(3)
          .clipGradNorm(0.5)
          .clipGradValue(0.05)
          .fit(data);

      assertSame(net, expected);
    }
  }

  @Test
  void stepsThroughTensorsHaveTheSameBits() {
    for (Clipping clipping : List.of(Clipping.NONE, new Clipping(0.5, 0.1))) {
      assertStepsAgree(new Nets_NoisyNetwork(1), CLASSES, clipping);
      assertStepsAgree(new Nets_LogitNetwork(1), Blobs.classes(4, ROWS, 2), clipping);
      assertStepsAgree(new Nets_DoublesNetwork(1), Blobs.doubles(3, ROWS), clipping);
    }
  }

  private static void assertStepsAgree(Model net, Dataset data, Clipping clipping) {
    Model other = net.copy();
    Trainer trainer = net.trainer(AdamW.of(0.01), 32);
    Trainer ofTensors = other.trainer(AdamW.of(0.01), 32);
    TargetForm form = TargetForm.of(net.architecture(), trainer, "the data", data);
    Steps steps = StepsFactory.of(trainer, form, data, 32, clipping, true);
    Steps tensors = new TensorSteps(ofTensors, form, data, clipping, true);
    assertThat(steps).isNotInstanceOf(TensorSteps.class);
    int[] rows = data.rowIndex().toArray();
    for (int from = 0; from < ROWS; from += 32) {
      int n = Math.min(32, ROWS - from);
      assertThat(tensors.step(rows, from, n)).isEqualTo(steps.step(rows, from, n));
    }
    assertSame(other, net);
    assertThat(tensors.outputs()).isEqualTo(steps.outputs());
    assertThat(ForwardPass.throughTensors(net.predictor(), data, rows, form.outputs()))
        .isEqualTo(ForwardPass.outputs(net.predictor(), data, form.outputs()))
        .isEqualTo(net.forward(data.input(0)));
  }

  @Test
  void validationLossAndMetricsAreThoseOfTheNetworkAfterTheEpoch() {
    Model net = new Nets_WeightedNetwork(1);
    int[] labels = Blobs.labels(2, 300, 3);
    labels[5] = -100;
    Dataset valid = Dataset.of(Blobs.floats(Blobs.features(2, labels)), labels);
    List<Double> losses = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();

    History history = Training.of(net, Sgd.of(0.1))
        .epochs(3)
        .validation(valid)
        .metrics(Metric.ACCURACY)
        .listener((event, control) -> {
          if (event instanceof TrainingEvent.EpochEnded) {
            losses.add(net.evaluate(valid.input(0), valid.target()));
            accuracies.add(accuracy(net.predictClasses(valid.input(0)), labels));
          }
        })
        .fit(CLASSES);

    assertThat(history.epochs()).extracting(Epoch::validationLoss).isEqualTo(losses);
    assertThat(history.epochs())
        .extracting(epoch -> epoch.validationMetrics().get("accuracy"))
        .isEqualTo(accuracies);
  }

  private static double accuracy(int[] predicted, int... labels) {
    int right = 0;
    int counted = 0;
    for (int r = 0; r < labels.length; r++) {
      right += predicted[r] == labels[r] ? 1 : 0;
      counted += labels[r] >= 0 ? 1 : 0;
    }
    return right / (double) counted;
  }

  @Test
  void trainingMetricsAreThoseOfTheOutputsOfTheSteps() {
    Model net = new Nets_ClassesNetwork(1);
    Model frozen = new Nets_ClassesNetwork(1);

    History history = Training.of(net, Sgd.of(0))
        .epochs(2)
        .shuffle(3)
        .metrics(Metric.ACCURACY, Metric.LOG_LOSS)
        .fit(CLASSES);

    double accuracy =
        accuracy(frozen.predictClasses(CLASSES.input(0)), CLASSES.target().toIntArray());
    double loss = frozen.evaluate(CLASSES.input(0), CLASSES.target());
    assertThat(history.epochs()).allSatisfy(epoch -> {
      assertThat(epoch.metrics()).containsEntry("accuracy", accuracy);
      assertThat(epoch.metrics().get("log loss")).isCloseTo(loss, within(1e-6));
      assertThat(epoch.loss()).isCloseTo(loss, within(1e-6));
    });
  }

  @Test
  void theBestParametersAndBuffersAreInTheNetwork() {
    Model net = new Nets_NoisyNetwork(3);
    List<Map<String, Tensor>> after = new ArrayList<>();

    History history = Training.of(net, Sgd.of(3))
        .epochs(40)
        .shuffle(3)
        .validation(VALID)
        .listener((event, control) -> {
          if (event instanceof TrainingEvent.EpochEnded) {
            after.add(Snapshot.of(net).tensors());
          }
        })
        .fit(CLASSES);

    double lowest =
        history.epochs().stream().mapToDouble(Epoch::validationLoss).min().orElseThrow();
    assertThat(history.best().validationLoss()).isEqualTo(lowest);
    assertThat(history.best().number()).isLessThan(40);
    assertThat(tensors(net)).isEqualTo(after.get(history.best().number() - 1));
    assertThat(tensors(net)).containsKey("norm.running_mean");
    assertThat(net.evaluate(VALID.input(0), VALID.target())).isEqualTo(lowest);
  }

  @Test
  void aMetricCanDecideWhatIsBest() {
    History history = Training.of(new Nets_NoisyNetwork(3), Sgd.of(0.8))
        .epochs(12)
        .shuffle(3)
        .validation(VALID)
        .best(Metric.MACRO_F1)
        .fit(CLASSES);

    double highest = history.epochs().stream()
        .mapToDouble(epoch -> epoch.validationMetrics().get("macro f1"))
        .max()
        .orElseThrow();
    assertThat(history.best().validationMetrics()).containsEntry("macro f1", highest);
  }

  @Test
  void aRunStopsWhenItNoLongerImproves() {
    History history = Training.of(new Nets_ClassesNetwork(3), Sgd.of(1))
        .epochs(200)
        .shuffle(3)
        .validation(VALID)
        .earlyStopping(EarlyStopping.patience(4))
        .fit(CLASSES);

    assertThat(history.end()).isEqualTo("no improvement for 4 epochs");
    assertThat(history.epochs()).hasSize(history.best().number() + 4);
  }

  @Test
  void patienceCountsEpochsWithoutImprovementByMoreThanDelta() {
    EarlyStopping three = EarlyStopping.patience(3);
    assertThat(three.stops(List.of(1.0, 2.0, 2.0))).isFalse();
    assertThat(three.stops(List.of(1.0, 2.0, 2.0, 1.0))).isTrue();
    assertThat(three.stops(List.of(1.0, 2.0, 2.0, 0.5))).isFalse();
    assertThat(three.stops(List.of(Double.NaN, Double.NaN, Double.NaN))).isTrue();
    EarlyStopping delta = three.minDelta(0.1);
    assertThat(delta.stops(List.of(1.0, 0.95, 0.92, 0.91))).isTrue();
    assertThat(delta.stops(List.of(1.0, 0.95, 0.92, 0.89))).isFalse();
  }

  @Test
  void aListenerStopsARunAfterAStepOrAnEpoch() {
    Model net = new Nets_ClassesNetwork(1);
    Model expected = new Nets_ClassesNetwork(1);
    Training.of(expected, Sgd.of(0.1)).epochs(2).fit(CLASSES);

    History byEpoch = Training.of(net, Sgd.of(0.1))
        .epochs(9)
        .listener((event, control) -> {
          if (event instanceof TrainingEvent.EpochEnded ended && ended.epoch().number() == 2) {
            control.stop("two are enough");
          }
        })
        .fit(CLASSES);
    assertThat(byEpoch.end()).isEqualTo("two are enough");
    assertThat(byEpoch.epochs()).hasSize(2);
    assertSame(net, expected);

    long[] last = new long[1];
    History byStep = Training.of(new Nets_ClassesNetwork(1), Sgd.of(0.1))
        .listener((event, control) -> {
          if (event instanceof TrainingEvent.Step step) {
            last[0] = step.number();
            if (step.number() == 5) {
              assertThat(step.epoch()).isEqualTo(2);
              assertThat(step.rowsDone()).isEqualTo(64);
              control.stop("enough");
            }
          }
        })
        .fit(CLASSES);
    assertThat(last[0]).isEqualTo(5);
    assertThat(byStep.epochs()).hasSize(1);
  }

  /** The steps of the epoch that was stopped are not in the network, whichever epoch is the best. */
  @Test
  void aStopWithinAnEpochLeavesTheNetworkOfTheBestOne() {
    for (boolean validates : new boolean[] {false, true}) {
      for (long step : new long[] {2, 3, 5, 6}) {
        Model net = new Nets_NoisyNetwork(1);
        Model expected = new Nets_NoisyNetwork(1);
        Training ofOne = Training.of(expected, Sgd.of(0.1)).epochs(1);
        if (step > 3) {
          (validates ? ofOne.validation(VALID) : ofOne).fit(CLASSES);
        }
        Training stopped = Training.of(net, Sgd.of(0.1)).listener((event, control) -> {
          if (event instanceof TrainingEvent.Step each && each.number() == step) {
            control.stop("enough");
          }
        });

        History history = (validates ? stopped.validation(VALID) : stopped).fit(CLASSES);

        assertThat(history.epochs()).hasSize(step > 3 ? 1 : 0);
        assertSame(net, expected);
      }
    }
  }

  @Test
  void listenersSeeAllEventsInOrder() {
    List<String> events = new ArrayList<>();

    Training.of(new Nets_ClassesNetwork(1), Sgd.of(0.1))
        .epochs(2)
        .batchSize(40)
        .listener((event, control) -> events.add(event.getClass().getSimpleName()))
        .fit(CLASSES);

    assertThat(events)
        .containsExactly(
            "Started", "Step", "Step", "EpochEnded", "Step", "Step", "EpochEnded", "Ended");
  }

  @Test
  void aRunEndsWhenItsLossIsNotFinite() {
    History history = Training.of(new Nets_DoublesNetwork(1), Sgd.of(1e200))
        .epochs(9)
        .fit(Blobs.doubles(3, ROWS));

    assertThat(history.end()).matches("the loss of epoch \\d is (NaN|Infinity)");
    assertThat(history.epochs()).hasSizeLessThan(9);
  }

  @Test
  void aSingleLastRowJoinsTheStepBeforeWhereABatchNormNeedsIt() {
    assertThat(steps(new Nets_NoisyNetwork(1))).containsExactly(16, 33);
    assertThat(steps(new Nets_NoisyNetwork(1), "norm")).containsExactly(16, 32, 33);
    assertThat(steps(new Nets_MapsNetwork(1))).containsExactly(16, 32, 33);
    assertThat(steps(new Nets_ClassesNetwork(1))).containsExactly(16, 32, 33);
  }

  /** The rows done after each step of an epoch of 33 rows. */
  private static List<Integer> steps(Model net, String... frozen) {
    List<Integer> done = new ArrayList<>();
    Training.of(net, Sgd.of(0.1))
        .batchSize(16)
        .epochs(1)
        .freeze(frozen)
        .listener((event, control) -> {
          if (event instanceof TrainingEvent.Step step) {
            done.add(step.rowsDone());
          }
        })
        .fit(Blobs.classes(1, 33, 3));
    return done;
  }

  @Test
  void normalizationIsFittedToTheTrainingRows() {
    Dataset data = Blobs.classes(1, ROWS, 2);
    Model net = new Nets_PassengersNetwork(1);
    Model expected = new Nets_PassengersNetwork(1);
    expected.fitNormalization(data.rows(10, ROWS).input(0));

    Training.of(net, Sgd.of(0))
        .epochs(1)
        .fitNormalization()
        .validation(data)
        .fit(data.rows(10, ROWS));

    assertSame(net, expected);
    assertThat(net.layer(0).buffers().get("mean").toFloatArray()).doesNotContain(0);
  }

  @Test
  void frozenLayersStayAsTheyAre() {
    Model net = new Nets_NoisyNetwork(1);
    Map<String, Tensor> before = Snapshot.of(net).tensors();

    Training.of(net, Sgd.of(0.1)).epochs(2).freeze("hidden", "norm").fit(CLASSES);

    Map<String, Tensor> after = tensors(net);
    before.forEach((name, tensor) -> {
      if (name.startsWith("logits")) {
        assertThat(after.get(name)).as(name).isNotEqualTo(tensor);
      } else {
        assertThat(after.get(name)).as(name).isEqualTo(tensor);
      }
    });
  }

  /**
   * Vectors are objects until C2 has compiled the code that uses them, and how many epochs that takes depends on what else the machine does: the run stops
   * at the first epoch that allocates nothing. The counter allocates by itself until it is compiled, so what one call takes is subtracted.
   */
  @ParameterizedTest
  @MethodSource
  void stepsAllocateNothing(String what, UnaryOperator<Training> options) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    Dataset many = Blobs.classes(1, 2000, 3);
    long[] before = new long[1];
    List<Long> bytesOfEpochs = new ArrayList<>();
    options
        .apply(Training.of(new Nets_ClassesNetwork(1), AdamW.of(0.01))
            .batchSize(8)
            .epochs(5000)
            .shuffle(3)
            .metrics(Metric.ACCURACY)
            .listener((event, control) -> {
              if (event instanceof TrainingEvent.Step step) {
                if (step.rowsDone() == 8) {
                  before[0] = threads.getThreadAllocatedBytes(thread);
                } else if (step.rowsDone() == 2000) {
                  long after = threads.getThreadAllocatedBytes(thread);
                  long counter = threads.getThreadAllocatedBytes(thread) - after;
                  bytesOfEpochs.add(after - before[0] - counter);
                  if (bytesOfEpochs.contains(0L)) {
                    control.stop("nothing was allocated");
                  }
                }
              }
            }))
        .fit(many);

    assertThat(bytesOfEpochs).contains(0L);
  }

  static Stream<Arguments> stepsAllocateNothing() {
    return Stream.of(
        options("clipping", training -> training.clipGradNorm(1)),
        options("class weights", training -> training.classWeights(1, 2, 3)),
        options("linear", each(LinearLr.of(0.01).totalIters(1000))),
        options("cosine", each(CosineAnnealingLr.of(0.01).tMax(1000))),
        options("step", each(StepLr.of(0.01).stepSize(10).gamma(0.99))),
        options("exponential", each(ExponentialLr.of(0.01).gamma(0.999))));
  }

  private static Arguments options(String what, UnaryOperator<Training> options) {
    return Arguments.of(what, options);
  }

  private static UnaryOperator<Training> each(Schedule schedule) {
    return training -> training.scheduleSteps(schedule);
  }

  @Test
  void theSameRunTwiceHasTheSameBits() {
    History[] histories = new History[2];
    Model[] nets = {new Nets_NoisyNetwork(9), new Nets_NoisyNetwork(9)};
    for (int i = 0; i < 2; i++) {
      histories[i] = Training.of(nets[i], AdamW.of(0.01))
          .epochs(4)
          .shuffle(1)
          .validation(VALID)
          .metrics(Metric.ROC_AUC)
          .fit(CLASSES);
    }

    assertSame(nets[0], nets[1]);
    assertThat(histories[0].epochs())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(histories[1].epochs());
  }
}
