package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activation;
import dev.gradpoet.Concat;
import dev.gradpoet.Embedding;
import dev.gradpoet.Flatten;
import dev.gradpoet.Input;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import org.junit.jupiter.api.Test;

/** A network with a dense input and one of indices trains with the bits of the loop that a user writes. */
class SeveralInputsTest {

  /** Numbers and two categories. */
  @Network(loss = Loss.BCE_WITH_LOGITS)
  interface Click {
    @Input(4)
    Layer numbers();

    @Input(value = 2, classes = 10)
    Layer categories();

    @Embedding(dim = 3, from = "categories")
    Layer embedded();

    @Flatten
    Layer flat();

    @Concat(from = {"numbers", "flat"})
    Layer all();

    @Linear(out = 8, activation = Activation.RELU)
    Layer hidden();

    @Linear(out = 1)
    Layer click();
  }

  private static final int ROWS = 50;

  private static Dataset data(long seed, int classes) {
    int[] labels = Blobs.labels(seed, ROWS, 2);
    return DatasetBuilder.of(ROWS)
        .input("numbers", Blobs.floats(Blobs.features(seed, labels)), 4)
        .indices("categories", Blobs.labels(seed + 1, 2 * ROWS, classes), 2, classes)
        .classes(labels)
        .build();
  }

  @Test
  void trainsWithTheBitsOfALoop() {
    Dataset train = data(1, 10);
    Dataset valid = data(2, 10);
    Model net = new SeveralInputsTest_ClickNetwork(1);
    Model expected = new SeveralInputsTest_ClickNetwork(1);
    Trainer trainer = expected.trainer(AdamW.of(0.01), 16);
    for (int epoch = 0; epoch < 3; epoch++) {
      for (Dataset batch : train.batches(16)) {
        Tensor y = Tensor.of(Blobs.floats(batch.target().toDoubleArray()), batch.size(), 1);
        trainer.step(new Tensor[] {batch.input(0), batch.input(1)}, y);
      }
    }

    History history = Training.of(net, AdamW.of(0.01))
        .batchSize(16)
        .epochs(3)
        .validation(valid)
        .best(Metric.of("epoch", true, predictions -> predictions.size()))
        .metrics(Metric.ACCURACY, Metric.ROC_AUC)
        .fit(train);

    assertThat(history.epochs()).hasSize(3);
    Model last = new SeveralInputsTest_ClickNetwork(1);
    Training.of(last, AdamW.of(0.01)).batchSize(16).epochs(3).fit(train);
    assertThat(Snapshot.live(last)).isEqualTo(Snapshot.live(expected));
    Tensor target = Tensor.of(Blobs.floats(valid.target().toDoubleArray()), ROWS, 1);
    assertThat(history.epochs().get(2).validationLoss())
        .isEqualTo(last.evaluate(new Tensor[] {valid.input(0), valid.input(1)}, target));
    assertThat(Report.of(history, net, valid).html()).contains("categories");
  }

  @Test
  void inputsThatDoNotFitAreRefused() {
    Training training = Training.of(new SeveralInputsTest_ClickNetwork(1), AdamW.of(0.01));
    Dataset swapped = DatasetBuilder.of(2)
        .indices("categories", new int[8], 4, 10)
        .input("numbers", new float[4], 2)
        .classes(0, 1)
        .build();

    Dataset dense = DatasetBuilder.of(1)
        .input("numbers", new float[4], 4)
        .input("categories", new float[2], 2)
        .classes(1)
        .build();

    assertThatThrownBy(() -> training.fit(swapped))
        .hasMessage(
            "the training data has categories in INT64, expected FLOAT32 for Click: use float[], or Csv.dtype(FLOAT32)");
    assertThatThrownBy(() -> training.fit(dense))
        .hasMessage(
            "the training data has categories in FLOAT32, expected class indices for Click: use DatasetBuilder.indices, or Csv.indices");
    assertThatThrownBy(() -> training.fit(data(1, 11)))
        .hasMessage(
            "the training data has 11 classes in categories, expected at most 10 for Click");
  }
}
