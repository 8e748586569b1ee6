package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of classes from the data, against those of PyTorch and scikit-learn: the numbers are what {@code make_class_weights.py} prints. */
class ClassWeightsTest {

  private static final int ROWS = 60;
  private static final double[] BALANCED = {
    0.47619047619047616, 1.6666666666666667, 3.3333333333333335
  };
  private static final double[][] LOSSES = {
    {1.1251328261279119, 1.1123461723327637},
    {1.0850105651200492, 1.1025327444076538},
    {1.0569409218671806, 1.0955569744110107},
    {1.032085735152105, 1.0880000591278076},
    {1.0089495658413838, 1.0782731771469116}
  };

  private static Dataset rare() {
    int[] labels = new int[ROWS];
    float[] x = new float[4 * ROWS];
    for (int r = 0; r < ROWS; r++) {
      labels[r] = r % 10 < 7 ? 0 : r % 10 < 9 ? 1 : 2;
      for (int c = 0; c < 4; c++) {
        x[4 * r + c] = (float) ((r * 7 + c * 3) % 11 / 5.0 - 1 + (labels[r] == c ? 0.5 : 0));
      }
    }
    return Dataset.of(x, labels);
  }

  @Test
  void aRunWithBalancedClassesHasTheLossesOfPyTorch() {
    Dataset data = rare();
    assertThat(data.classWeights()).containsExactly(BALANCED, within(1e-15));

    History history = Training.of(new Nets_ClassesNetwork(1), AdamW.of(0.01))
        .batchSize(16)
        .epochs(LOSSES.length)
        .classWeights(data.classWeights())
        .validation(data.rows(40, ROWS))
        .fit(data);

    for (int e = 0; e < LOSSES.length; e++) {
      Epoch epoch = history.epochs().get(e);
      assertThat(epoch.loss()).isCloseTo(LOSSES[e][0], within(1e-5));
      assertThat(epoch.validationLoss()).isCloseTo(LOSSES[e][1], within(1e-5));
    }
    assertThat(history.settings())
        .containsEntry(
            "class weights", "[0.47619047619047616, 1.6666666666666667, 3.3333333333333335]");
  }

  @Test
  void declaredWeightsAreReplaced() {
    Model declared = new Nets_WeightedNetwork(1);
    Model set = new Nets_WeightedNetwork(1);
    Dataset data = rare();

    List<Epoch> plain = Training.of(declared, Sgd.of(0.1)).epochs(1).fit(data).epochs();
    List<Epoch> same = Training.of(new Nets_WeightedNetwork(1), Sgd.of(0.1))
        .classWeights(1, 2, 3)
        .epochs(1)
        .fit(data)
        .epochs();
    List<Epoch> other =
        Training.of(set, Sgd.of(0.1)).classWeights(3, 2, 1).epochs(1).fit(data).epochs();

    assertThat(same.get(0).loss())
        .isEqualTo(plain.get(0).loss())
        .isNotEqualTo(other.get(0).loss());
  }

  @Test
  void aCheckpointOfOtherWeightsIsRefusedByName(@TempDir Path directory) {
    Dataset data = rare();
    Training training =
        Training.of(new Nets_ClassesNetwork(1), Sgd.of(0.1)).epochs(1).checkpoints(directory);
    training.classWeights(1, 2, 3).fit(data);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.classWeights(1, 2, 4).fit(data))
        .withMessageContaining("the class weights there: [1.0, 2.0, 3.0], here: [1.0, 2.0, 4.0]");
  }

  @Test
  void weightsThatDoNotFitTheNetworkAreRefusedBeforeAnythingChanges() {
    Model net = new Nets_ClassesNetwork(1);
    Training training = Training.of(net, Sgd.of(0.1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.classWeights(1, 2).fit(rare()))
        .withMessage("2 class weights, expected 3, one for each output");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Training.of(new Nets_LogitNetwork(1), Sgd.of(0.1))
            .classWeights(1, 2)
            .fit(Blobs.classes(1, 20, 2)))
        .withMessageContaining("BCE_WITH_LOGITS has no class weights");
    assertThat(net.parameters()).isEqualTo(new Nets_ClassesNetwork(1).parameters());
  }
}
