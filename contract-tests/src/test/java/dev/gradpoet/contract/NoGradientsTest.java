package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An update without gradients changes nothing, as in PyTorch, where they are None: no weight decay, no momentum, no additional step. */
class NoGradientsTest {

  private static final double[] X = Data.doubles(3, 9 * 6);
  private static final double[] Y = Data.doubles(4, 9 * 3);

  private final Nets_BranchesNetwork net = new Nets_BranchesNetwork(1);

  static Stream<Optimizer> optimizers() {
    return Stream.concat(
        KeepingTest.optimizers().stream(),
        Stream.of(Sgd.of(0.1).momentum(0.9).weightDecay(0.1), AdamW.of(0.1).weightDecay(0.1)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void beforeTheFirstBackwardAndAfterZeroGrad(Optimizer optimizer) {
    Nets_BranchesNetwork.Trainer trainer = net.trainer(optimizer, 9);
    List<Tensor> before = all(trainer);
    trainer.update();
    assertThat(all(trainer)).isEqualTo(before);

    trainer.step(X, Y);
    trainer.zeroGrad();
    before = all(trainer);
    trainer.update();
    assertThat(all(trainer)).isEqualTo(before);

    accumulate(trainer);
    trainer.update();
    assertThat(all(trainer)).isNotEqualTo(before);
    before = all(trainer);
    // gradients stay until they are set to zero
    trainer.update();
    assertThat(all(trainer)).isNotEqualTo(before);

    trainer.zeroGrad();
    before = all(trainer);
    trainer.update();
    assertThat(all(trainer)).isEqualTo(before);
    assertThat(trainer.state().get("step").getLong()).isEqualTo(3);
  }

  @Test
  void backwardIsPossibleAfterAnUpdateWithoutGradients() {
    Nets_BranchesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 9);
    trainer.forward(X);
    trainer.loss(Y);
    trainer.update();
    trainer.backward();
    assertThat(trainer.gradient("result.bias").get(0)).isNotZero();
  }

  @Test
  void gradientsWrittenThroughTheirViewAreUsed() {
    Nets_BranchesNetwork.Trainer trainer = net.trainer(Sgd.of(0.5), 9);
    double before = net.result().bias().get(1);
    trainer.gradient("result.bias").set(2, 1);
    trainer.update();
    assertThat(net.result().bias().get(1)).isEqualTo(before - 1);
  }

  @Test
  void zeroGradientsOfABackwardPassAreUsed() {
    Nets_BranchesNetwork.Trainer trainer = net.trainer(Sgd.of(0.5).weightDecay(0.1), 9);
    trainer.forward(X);
    trainer.backward(new double[9 * 3]);
    double before = net.first().weight().get(0, 0);
    trainer.update();
    assertThat(net.first().weight().get(0, 0)).isNotEqualTo(before);
  }

  /** As PyTorch's {@code zero_grad(set_to_none=False)}. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void zerosThatAreNotNoneAreUsedAsThoseOfABackwardPass(Optimizer optimizer) {
    Nets_BranchesNetwork.Trainer trainer = net.trainer(optimizer, 9);
    Nets_BranchesNetwork other = new Nets_BranchesNetwork(1);
    Nets_BranchesNetwork.Trainer backward = other.trainer(optimizer, 9);
    trainer.step(X, Y);
    backward.step(X, Y);

    trainer.zeroGrad(false);
    trainer.update();
    backward.forward(X);
    backward.backward(new double[9 * 3]);
    backward.update();

    assertThat(net.parameters()).isEqualTo(other.parameters());
    assertThat(trainer.state()).isEqualTo(backward.state());
    assertThat(trainer.state().get("step").getLong()).isEqualTo(2);
  }

  private static void accumulate(Nets_BranchesNetwork.Trainer trainer) {
    trainer.forward(X);
    trainer.loss(Y);
    trainer.backward();
  }

  /** Parameters and the optimizer's state. */
  private List<Tensor> all(Nets_BranchesNetwork.Trainer trainer) {
    List<Tensor> all = new ArrayList<>(trainer.state().values());
    net.parameters().values().forEach(each -> {
      Tensor copy = Tensor.zeros(each.dtype(), each.shape());
      copy.copyFrom(each);
      all.add(copy);
    });
    return all;
  }
}
