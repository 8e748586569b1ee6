package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Tensor;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that PyTorch rejects are rejected before anything changes; the message gives value and position. */
class TargetsTest {

  private final Nets_ProbabilityNetwork net = new Nets_ProbabilityNetwork(2);
  private final Nets_ProbabilityNetwork.Trainer trainer = net.trainer(Adam.of(0.1), 4);
  private final float[] x = Data.floats(3, 4 * 3);

  @ParameterizedTest
  @ValueSource(floats = {2, -0.001f, 1.0000001f, Float.NaN, Float.POSITIVE_INFINITY})
  void aTargetOfBceThatIsNotAProbability(float target) {
    float[] good = {0, 1, 0.5f, -0f};
    trainer.step(x, good);
    trainer.zeroGrad();
    trainer.forward(x);
    trainer.loss(good);
    List<Tensor> before = snapshot();
    float[] bad = {0, 1, target, 1};
    String message = "the target at row 2, column 0 is " + target
        + ", expected a value in [0, 1] for Loss.BCE: pass 0 and 1, or probabilities between them";
    Tensor xs = Tensor.of(x, 4, 3);
    Tensor ys = Tensor.of(bad, 4, 1);
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> trainer.step(x, bad),
        () -> trainer.step(x, 4, bad),
        () -> trainer.step(xs, ys),
        () -> trainer.loss(bad),
        () -> trainer.loss(ys),
        () -> trainer.evaluate(x, 4, bad),
        () -> trainer.evaluate(xs, ys))) {
      assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
      assertThat(snapshot()).isEqualTo(before);
    }
    // values after the requested rows do not matter
    trainer.evaluate(x, 2, bad);
    // the loss before the failed calls is still valid
    trainer.backward();
    assertThat(trainer.gradient("1.bias").get(0)).isNotZero();
  }

  private List<Tensor> snapshot() {
    return List.of(
        copy(net.layer(0).weight()),
        copy(net.layer(1).bias()),
        copy(trainer.output()),
        copy(trainer.gradient("0.weight")),
        trainer.state().get("0.weight.exp_avg"),
        trainer.state().get("step"));
  }

  private static Tensor copy(Tensor t) {
    Tensor copy = Tensor.zeros(t.dtype(), t.shape());
    copy.copyFrom(t);
    return copy;
  }

  @Test
  void denseTargetsOfALossThatIgnoresAClass() {
    Nets_EachRowNetwork classes = new Nets_EachRowNetwork(1);
    Nets_EachRowNetwork.Trainer own = classes.trainer(Adam.of(0.1), 2);
    float[] rows = Data.floats(3, 2 * 4);
    float[] dense = {0.5f, 0.5f, 0, 0, 0, 1};
    own.forward(rows);
    Tensor before = copy(classes.layer(0).weight());
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> own.step(rows, dense),
        () -> own.loss(dense),
        () -> own.evaluate(rows, 2, dense),
        () -> own.loss(Tensor.of(dense, 2, 3)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(call)
          .withMessage(
              "y holds probabilities, expected class indices because the network was declared with ignoreIndex = 1: pass int[] or INT64, or"
                  + " declare the loss without ignoreIndex");
    }
    assertThat(classes.layer(0).weight()).isEqualTo(before);
    own.step(rows, new int[] {0, 1});
    assertThat(own.losses().dtype()).isEqualTo(DType.FLOAT32);
  }
}
