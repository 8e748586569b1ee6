package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A weight of positive targets from the data, against PyTorch's {@code pos_weight}: the numbers are what {@code make_pos_weight.py} prints. */
class PosWeightTest {

  private static final int ROWS = 60;
  private static final double[][] LOSSES = {
    {1.0571105400721232, 1.0251448154449463},
    {1.012440021832784, 0.9930931329727173},
    {0.9790021340052287, 0.9675583839416504},
    {0.9530926903088888, 0.9465233683586121},
    {0.9322337985038758, 0.9280020594596863}
  };

  private static Dataset rare() {
    int[] labels = new int[ROWS];
    float[] x = new float[4 * ROWS];
    for (int r = 0; r < ROWS; r++) {
      labels[r] = r % 10 < 2 ? 1 : 0;
      for (int c = 0; c < 4; c++) {
        x[4 * r + c] = (float) ((r * 7 + c * 3) % 11 / 5.0 - 1 + (labels[r] == c ? 0.5 : 0));
      }
    }
    return Dataset.of(x, labels);
  }

  @Test
  void aRunHasTheLossesOfPyTorch() {
    Dataset data = rare();
    int[] counts = data.classCounts();

    History history = Training.of(new Nets_LogitNetwork(1), AdamW.of(0.01))
        .batchSize(16)
        .epochs(LOSSES.length)
        .posWeight(counts[0] / (double) counts[1])
        .validation(data.rows(40, ROWS))
        .fit(data);

    for (int e = 0; e < LOSSES.length; e++) {
      Epoch epoch = history.epochs().get(e);
      assertThat(epoch.loss()).isCloseTo(LOSSES[e][0], within(1e-5));
      assertThat(epoch.validationLoss()).isCloseTo(LOSSES[e][1], within(1e-5));
    }
    assertThat(history.settings()).containsEntry("weight of positive targets", "[4.0]");
  }

  @Test
  void aCheckpointOfAnotherWeightIsRefusedByName(@TempDir Path directory) {
    Dataset data = rare();
    Training training =
        Training.of(new Nets_LogitNetwork(1), Sgd.of(0.1)).epochs(1).checkpoints(directory);
    training.posWeight(4).fit(data);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.posWeight(2).fit(data))
        .withMessageContaining("the weight of positive targets there: [4.0], here: [2.0]");
  }

  @Test
  void weightsOfClassesNameTheNumberToCallItWith() {
    Model net = new Nets_LogitNetwork(1);
    Dataset data = rare();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() ->
            Training.of(net, Sgd.of(0.1)).classWeights(data.classWeights()).fit(data))
        .withMessage(
            "the loss BCE_WITH_LOGITS has no class weights: call posWeight(4.0), the weight of class 1 divided by that of class 0");
    assertThat(net.parameters()).isEqualTo(new Nets_LogitNetwork(1).parameters());
  }
}
