package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import org.junit.jupiter.api.Test;

/** Losses that are not reduced, and clipped gradients. */
class LossesTest {

  private static final float[] X = Data.floats(1, 5 * 4);

  @Test
  void eachRowHasALossAndTheLossIsTheirSum() {
    Nets_EachRowNetwork.Trainer trainer = new Nets_EachRowNetwork(1).trainer(Sgd.of(0.1), 8);
    trainer.forward(X);
    float sum = trainer.loss(new int[] {0, 1, 2, 0, 1});
    float[] losses = trainer.losses().toFloatArray();

    assertThat(trainer.losses().shape()).containsExactly(5);
    assertThat(losses[1]).isZero();
    assertThat(losses[4]).isZero();
    assertThat(losses[0]).isPositive();
    assertThat(losses[0] + losses[2] + losses[3]).isCloseTo(sum, within(1e-6f));
  }

  @Test
  void eachValueHasALoss() {
    Nets_EachValueNetwork.Trainer trainer = new Nets_EachValueNetwork(1).trainer(Sgd.of(0.1), 8);
    float sum = trainer.step(X, new float[15]);
    Tensor losses = trainer.losses();

    assertThat(losses.shape()).containsExactly(5, 3);
    double total = 0;
    for (double loss : losses.toDoubleArray()) {
      total += loss;
    }
    assertThat((float) total).isEqualTo(sum);
    float[] before = losses.toFloatArray();
    trainer.evaluate(Data.floats(9, 40 * 4), 40, new float[120]);
    assertThat(trainer.losses().toFloatArray()).isEqualTo(before);
  }

  @Test
  void lossesBeforeALossAndOfAnotherReductionAreErrors() {
    Nets_EachRowNetwork.Trainer each = new Nets_EachRowNetwork(1).trainer(Sgd.of(0.1), 8);
    each.forward(X);
    assertThatThrownBy(each::losses)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("losses before a loss of the last forward: call loss(y) after forward(x)");
    assertThatThrownBy(() -> new Nets_ClassesNetwork(1).trainer(Sgd.of(0.1), 8).losses())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "the network was declared with Reduction.MEAN: declare @LossOptions(reduction = Reduction.NONE) to get the loss of each element");
  }

  @Test
  void clippingBoundsTheGradients() {
    Nets_EachValueNetwork.Trainer trainer = new Nets_EachValueNetwork(1).trainer(Sgd.of(0.1), 8);
    trainer.forward(X);
    trainer.loss(new float[15]);
    trainer.backward();
    double norm = trainer.clipGradNorm(1e9);
    assertThat(trainer.clipGradNorm(0.5)).isEqualTo(norm);
    assertThat(trainer.clipGradNorm(1e9)).isCloseTo(0.5, within(1e-5));
    trainer.clipGradValue(0.01);
    for (float each : trainer.gradient("0.weight").toFloatArray()) {
      assertThat(Math.abs(each)).isLessThanOrEqualTo(0.01f);
    }
    assertThatThrownBy(() -> trainer.clipGradNorm(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the largest norm is NaN, expected a number of at least 0");
    assertThatThrownBy(() -> trainer.clipGradValue(-1))
        .hasMessage("the largest value is -1.0, expected a number of at least 0");
  }
}
