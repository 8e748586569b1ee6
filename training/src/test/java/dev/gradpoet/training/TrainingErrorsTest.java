package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.CosineAnnealingLr;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.StepLr;
import dev.gradpoet.runtime.Tensor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake has an error with the value found and what was expected, before the network has changed. */
class TrainingErrorsTest {

  private static final Dataset DATA = Blobs.classes(1, 20, 3);

  private static Training training(Model net) {
    return Training.of(net, Sgd.of(0.1));
  }

  private static void assertRefused(Training training, Dataset data, String message) {
    Map<String, Tensor> before = Snapshot.of(training.network()).tensors();

    assertThatThrownBy(() -> training.fit(data)).hasMessage(message);
    assertThat(Snapshot.live(training.network())).isEqualTo(before);
  }

  @Test
  void optionsOutOfRange() {
    Training training = training(new Nets_ClassesNetwork(1));
    assertThatThrownBy(() -> training.batchSize(0))
        .hasMessage("the batch size is 0, expected at least 1");
    assertThatThrownBy(() -> training.epochs(-1))
        .hasMessage("the number of epochs is -1, expected at least 1");
    assertThatThrownBy(() -> training.clipGradNorm(-1))
        .hasMessage("the largest norm is -1.0, expected a number of at least 0");
    assertThatThrownBy(() -> training.clipGradValue(Double.NaN))
        .hasMessage("the largest value is NaN, expected a number of at least 0");
    assertThatThrownBy(() -> EarlyStopping.patience(0))
        .hasMessage("a patience of 0 epochs, expected at least 1");
    assertThatThrownBy(() -> EarlyStopping.patience(1).minDelta(-1))
        .hasMessage("minDelta is -1.0, expected a finite number of at least 0");
    assertThatThrownBy(() -> training.metrics(Metric.F1, Metric.ACCURACY, Metric.F1))
        .hasMessage("two metrics are named \"f1\", expected distinct names");
  }

  @Test
  void aScheduleThatDoesNotStartWithTheRateOfTheOptimizer() {
    Training training = training(new Nets_ClassesNetwork(1));
    assertThatThrownBy(() -> training.schedule(StepLr.of(0.2).stepSize(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the schedule starts with the learning rate 0.2, the optimizer with 0.1: give both the same");
    assertThatThrownBy(() -> training.scheduleSteps(CosineAnnealingLr.of(0.1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tMax");
  }

  @Test
  void validationThatIsMissing() {
    Training training = training(new Nets_ClassesNetwork(1));
    assertRefused(
        training.earlyStopping(EarlyStopping.patience(3)),
        DATA,
        "early stopping without validation rows, expected some: call validation(..)");
    assertRefused(
        training.best(Metric.F1),
        DATA,
        "best(f1) without validation rows, expected some: call validation(..)");
  }

  @Test
  void dataThatDoesNotFitTheNetwork() {
    Training training = training(new Nets_ClassesNetwork(1));
    assertRefused(
        training,
        Dataset.of(new float[15], new int[] {0, 1, 2}),
        "the training data has [5] values in a row of input, expected [4] for Classes");
    assertRefused(
        training,
        Dataset.of(new double[8], new int[] {0, 1}),
        "the training data has input in FLOAT64, expected FLOAT32 for Classes: use float[], or Csv.dtype(FLOAT32)");
    assertRefused(
        training,
        Dataset.of(new float[8], new int[] {0, 3}),
        "the training data has 4 classes, expected at most 3 for the 3 outputs of Classes: declare 4 outputs");
    assertRefused(
        training,
        Dataset.of(new float[8], new float[4], 2),
        "the training data has targets of 2 values, expected 3 for the outputs of Classes");
    assertRefused(
        training,
        DatasetBuilder.of(1)
            .input("a", new float[2], 2)
            .indices("b", new int[2], 2, 3)
            .classes(0)
            .build(),
        "the training data has the inputs [a, b], expected 1 for Classes: [input]");
    assertRefused(
        training,
        DatasetBuilder.of(1).indices("b", new int[4], 4, 3).classes(0).build(),
        "the training data has b in INT64, expected FLOAT32 for Classes: use float[], or Csv.dtype(FLOAT32)");
    assertRefused(
        training.validation(Dataset.of(new float[3], new int[] {0})),
        DATA,
        "the validation data has [3] values in a row of input, expected [4] for Classes");
    assertRefused(
        training,
        Dataset.of(new float[8], new int[] {0, -1}),
        "the training data, row 1: y[0] is -1, expected a class index in 0..2, or -100 to ignore the row: the network has 3 outputs");
    assertRefused(
        training(new Nets_LogitNetwork(1)),
        Dataset.of(new float[8], new int[] {0, 2}),
        "the training data has 3 classes, expected at most 2 for the 1 output of Logit: declare CROSS_ENTROPY with 3 outputs, or, if they are numbers and not classes, make the data set with dense targets (Csv.targets)");
    assertRefused(
        training(new Nets_LogitNetwork(1)),
        Dataset.of(new float[8], new int[] {0, -1}),
        "the training data has the class -1 in row 1, expected 0 or 1: a loss of one output ignores no class");
    assertRefused(
        training(new Nets_DoublesNetwork(1)),
        Dataset.of(new double[8], new int[] {0, 1}),
        "the training data has classes, expected rows of 2 values for the loss of Doubles: declare CROSS_ENTROPY, or make the data set with dense targets");
    assertRefused(
        training(new Nets_NoisyNetwork(1)).batchSize(1),
        DATA,
        "the batch size is 1, expected at least 2: Noisy normalizes over the rows of a batch");
  }

  /** Refused before the normalization is fitted and before there is a directory. */
  @Test
  void aSingleRowForABatchNorm(@TempDir Path temporary) {
    Path directory = temporary.resolve("run");
    assertRefused(
        training(new Nets_ScaledNetwork(1)).fitNormalization().checkpoints(directory),
        DATA.rows(3, 4),
        "the training data has 1 row, expected at least 2: Scaled normalizes over the rows of a batch");
    assertThat(directory).doesNotExist();
  }

  @Test
  void aNetworkWithoutALoss() {
    assertThatThrownBy(() -> training(new Nets_LosslessNetwork(1)).fit(DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the training data has classes");
    assertThatThrownBy(() ->
            training(new Nets_LosslessNetwork(1)).fit(Dataset.of(new float[8], new float[6], 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the training data has dense targets, which the loss of Lossless does not take");
  }

  @Test
  void layersThatTheNetworkDoesNotHave() {
    Training training = training(new Nets_ClassesNetwork(1));
    assertThatThrownBy(() -> training.fitNormalization().fit(DATA))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> training.freeze("none").fit(DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none");
  }

  @Test
  void metricsThatTheNetworkCannotHave() {
    assertRefused(
        training(new Nets_ClassesNetwork(1)).metrics(Metric.F1),
        DATA,
        "f1 is of two classes, the network has 3: use the macro or micro average");
    assertThatThrownBy(() ->
            training(new Nets_DoublesNetwork(1)).metrics(Metric.LOG_LOSS).fit(Blobs.doubles(1, 9)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("the network was declared with Loss.MSE");
  }
}
