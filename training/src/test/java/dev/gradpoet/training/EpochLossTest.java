package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.gradpoet.Activation;
import dev.gradpoet.Concat;
import dev.gradpoet.Input;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.LossOptions;
import dev.gradpoet.Network;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The loss of the training rows means what that of the validation rows means, however the rows are cut into steps. */
class EpochLossTest {

  private static final int ROWS = 70;

  /** The sum of the losses of classes. */
  @Network(
      layers = {4, 3},
      loss = Loss.CROSS_ENTROPY)
  @LossOptions(
      reduction = Reduction.SUM,
      classWeights = {1, 2, 3})
  interface Summed {}

  /** Losses that are not reduced. */
  @Network(
      layers = {4, 1},
      loss = Loss.BCE_WITH_LOGITS)
  @LossOptions(reduction = Reduction.NONE)
  interface Unreduced {}

  /** The mean over the rows. */
  @Network(
      layers = {4, 2},
      outputActivation = Activation.LOG_SOFTMAX,
      loss = Loss.KL_DIV)
  @LossOptions(reduction = Reduction.BATCH_MEAN, logTarget = true)
  interface RowMean {}

  /** A class that is ignored. */
  @Network(
      layers = {4, 3},
      loss = Loss.CROSS_ENTROPY)
  @LossOptions(ignoreIndex = 1)
  interface WithoutOne {}

  /** Two inputs, so that the steps are made with tensors. */
  @Network(loss = Loss.CROSS_ENTROPY)
  interface TwoInputs {
    @Input(1)
    Layer first();

    @Input(3)
    Layer others();

    @Concat(from = {"first", "others"})
    Layer all();

    @Linear(out = 3)
    Layer logits();
  }

  private static int[] labels(int classes) {
    int[] labels = Blobs.labels(1, ROWS, classes);
    for (int r = 0; r < ROWS; r += 5) {
      labels[r] = -100;
    }
    return labels;
  }

  private static Dataset withIgnored(int... labels) {
    return Dataset.of(Blobs.floats(Blobs.features(1, new int[labels.length])), labels);
  }

  private static Dataset twoInputs(int... labels) {
    float[] x = Blobs.floats(Blobs.features(1, new int[labels.length]));
    return DatasetBuilder.of(labels.length)
        .input("first", Arrays.copyOf(x, labels.length), 1)
        .input("others", Arrays.copyOf(x, 3 * labels.length), 3)
        .classes(labels)
        .build();
  }

  private static Dataset floats() {
    return Dataset.of(
        Blobs.floats(Blobs.features(1, new int[ROWS])),
        Blobs.floats(Arrays.copyOf(Blobs.features(2, new int[ROWS]), 2 * ROWS)),
        ROWS);
  }

  static Stream<Arguments> isThatOfTheSameRowsForValidation() {
    return Stream.of(
        of(new Nets_ClassesNetwork(1), Blobs.classes(1, ROWS, 3)),
        of(new Nets_ClassesNetwork(1), withIgnored(labels(3))),
        of(new Nets_WeightedNetwork(1), withIgnored(labels(3))),
        of(
            new Nets_ClassesNetwork(1),
            withIgnored(labels(3)),
            training -> training.classWeights(0.25, 0.5, 2)),
        of(new EpochLossTest_WithoutOneNetwork(1), Blobs.classes(1, ROWS, 3)),
        of(new EpochLossTest_SummedNetwork(1), withIgnored(labels(3))),
        of(new EpochLossTest_UnreducedNetwork(1), Blobs.classes(1, ROWS, 2)),
        of(new EpochLossTest_RowMeanNetwork(1), floats()),
        of(new Nets_LogitNetwork(1), Blobs.classes(1, ROWS, 2)),
        of(new Nets_DoublesNetwork(1), Blobs.doubles(1, ROWS)),
        of(new EpochLossTest_TwoInputsNetwork(1), twoInputs(labels(3))));
  }

  private static Arguments of(Model net, Dataset data) {
    return of(net, data, training -> training);
  }

  private static Arguments of(Model net, Dataset data, UnaryOperator<Training> options) {
    return Arguments.of(net, data, options);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource
  void isThatOfTheSameRowsForValidation(Model net, Dataset data, UnaryOperator<Training> options) {
    for (int size : new int[] {3, 32, ROWS}) {
      Training training =
          Training.of(net, Sgd.of(0)).batchSize(size).epochs(2).shuffle(3).validation(data);

      History history = options.apply(training).fit(data);

      assertThat(history.epochs()).hasSize(2).allSatisfy(epoch -> {
        assertThat(epoch.validationLoss()).isNotNaN().isNotZero();
        assertThat(epoch.loss()).isCloseTo(epoch.validationLoss(), withPercentage(1e-3));
      });
    }
  }

  @Test
  void aStepOfIgnoredRowsDoesNotCount() {
    int[] labels = Blobs.labels(1, 64, 3);
    Arrays.fill(labels, 32, 64, -100);
    Dataset data = Dataset.of(Blobs.floats(Blobs.features(1, new int[64])), labels);
    Model net = new Nets_ClassesNetwork(1);
    Model expected = new Nets_ClassesNetwork(1);

    History history = Training.of(net, Sgd.of(0.1)).epochs(3).fit(data);

    History ofOthers = Training.of(expected, Sgd.of(0.1)).epochs(3).fit(data.rows(0, 32));
    assertThat(history.end()).isEqualTo("all 3 epochs are done");
    assertThat(history.epochs().stream().map(Epoch::loss).toList())
        .isEqualTo(ofOthers.epochs().stream().map(Epoch::loss).toList());
    assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
  }

  /** The gradient of weights that are all 0 is NaN, as in PyTorch: no later step is there to show it. */
  @Test
  void aLastStepOfRowsWithoutWeightEndsTheRun() {
    int[] labels = new int[64];
    Arrays.fill(labels, 0, 32, 1);
    Dataset data = Dataset.of(Blobs.floats(Blobs.features(1, new int[64])), labels);
    Model net = new Nets_ClassesNetwork(1);

    History history =
        Training.of(net, Sgd.of(0.1)).epochs(1).classWeights(0, 1, 1).fit(data);

    assertThat(history.end()).isEqualTo("the loss of epoch 1 is NaN");
    assertThat(Snapshot.isFinite(net)).isFalse();
  }

  @Test
  void aMeanOfIgnoredRowsOnlyEndsTheRun() {
    int[] labels = new int[40];
    Arrays.fill(labels, -100);

    History history = Training.of(new Nets_ClassesNetwork(1), Sgd.of(0.1))
        .fit(Dataset.of(Blobs.floats(Blobs.features(1, new int[40])), labels));

    assertThat(history.end()).isEqualTo("the loss of epoch 1 is NaN");
  }
}
