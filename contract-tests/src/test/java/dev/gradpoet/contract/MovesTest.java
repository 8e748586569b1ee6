package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step, and the single calls that it consists of. */
class MovesTest {

  private static final float[] X = Data.floats(1, 7 * 5);
  private static final int[] Y = Data.labels(2, 7, 4);
  private static final double[] BRANCH_X = Data.doubles(3, 9 * 6);
  private static final double[] BRANCH_Y = Data.doubles(4, 9 * 3);

  static List<Sgd> optimizers() {
    return List.of(
        Sgd.of(0.1),
        Sgd.of(0.1).momentum(0.9),
        Sgd.of(0.05).momentum(0.8).dampening(0.3).weightDecay(0.01),
        Sgd.of(0.05).momentum(0.9).weightDecay(0.01).nesterov(true),
        Sgd.of(0.01).weightDecay(0.1).maximize(true));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aStepHasTheBitsOfItsSingleCalls(Sgd sgd) {
    Nets_ClassesNetwork stepped = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork moved = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork.Trainer step = stepped.trainer(sgd, 7);
    Nets_ClassesNetwork.Trainer move = moved.trainer(sgd, 7);
    for (int i = 0; i < 4; i++) {
      float loss = step.step(X, Y);
      move.zeroGrad();
      move.forward(X);
      assertThat(move.loss(Y)).isEqualTo(loss);
      move.backward();
      move.update();
      assertThat(moved.parameters()).isEqualTo(stepped.parameters());
    }
    assertThat(stepped.parameters()).isNotEqualTo(new Nets_ClassesNetwork(5).parameters());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aStepOnABranchingGraphHasTheBitsOfItsSingleCalls(Sgd sgd) {
    Nets_BranchesNetwork stepped = new Nets_BranchesNetwork(5);
    Nets_BranchesNetwork moved = new Nets_BranchesNetwork(5);
    Nets_BranchesNetwork.Trainer step = stepped.trainer(sgd, 9);
    Nets_BranchesNetwork.Trainer move = moved.trainer(sgd, 9);
    for (int i = 0; i < 4; i++) {
      double loss = step.step(BRANCH_X, BRANCH_Y);
      move.zeroGrad();
      move.forward(BRANCH_X);
      assertThat(move.loss(BRANCH_Y)).isEqualTo(loss);
      move.backward();
      move.update();
      assertThat(moved.parameters()).isEqualTo(stepped.parameters());
    }
  }

  @Test
  void tensorsGiveTheBitsOfArrays() {
    Nets_ClassesNetwork arrays = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork tensors = new Nets_ClassesNetwork(5);
    float loss = arrays.trainer(Sgd.of(0.1), 7).step(X, Y);
    Tensor x = Tensor.of(X, 7, 5);
    Tensor y = Tensor.of(Arrays.stream(Y).asLongStream().toArray());

    assertThat(tensors.forward(x).toFloatArray()).isEqualTo(new Nets_ClassesNetwork(5).forward(X));
    assertThat((float) ((Model) tensors).trainer(Sgd.of(0.1), 7).step(x, y)).isEqualTo(loss);
    assertThat(tensors.parameters()).isEqualTo(arrays.parameters());
  }

  @Test
  void denseTargetsThatAreOneHotGiveTheLossOfTheirIndices() {
    float[] oneHot = new float[7 * 4];
    for (int r = 0; r < 7; r++) {
      oneHot[r * 4 + Y[r]] = 1;
    }
    Nets_ClassesNetwork.Trainer trainer = new Nets_ClassesNetwork(5).trainer(Sgd.of(0.1), 7);
    trainer.forward(X);

    assertThat(trainer.loss(oneHot)).isCloseTo(trainer.loss(Y), within(1e-6f));
  }

  @Test
  void gradientsAccumulateUntilZeroGrad() {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(5);
    Nets_BranchesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 9);
    trainer.forward(BRANCH_X);
    trainer.loss(BRANCH_Y);
    trainer.backward();
    Map<String, double[]> once = gradients(net, trainer);
    trainer.forward(BRANCH_X);
    trainer.loss(BRANCH_Y);
    trainer.backward();
    once.forEach((name, gradient) -> {
      double[] twice = trainer.gradient(name).toDoubleArray();
      for (int i = 0; i < twice.length; i++) {
        assertThat(twice[i]).isCloseTo(2 * gradient[i], within(1e-14));
      }
    });
    trainer.zeroGrad();
    once.keySet()
        .forEach(name -> assertThat(trainer.gradient(name).toDoubleArray()).containsOnly(0));
    trainer.forward(BRANCH_X);
    trainer.loss(BRANCH_Y);
    trainer.backward();
    once.forEach(
        (name, gradient) -> assertThat(trainer.gradient(name).toDoubleArray()).isEqualTo(gradient));
  }

  @Test
  void theGradientAfterAStepStartsFromZero() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork.Trainer trainer = net.trainer(Sgd.of(0), 7);
    trainer.step(X, Y);
    trainer.forward(X);
    trainer.loss(Y);
    trainer.backward();
    float[] after = trainer.gradient("0.weight").toFloatArray();
    Nets_ClassesNetwork.Trainer fresh = net.trainer(Sgd.of(0), 7);
    fresh.forward(X);
    fresh.loss(Y);
    fresh.backward();

    assertThat(after).isEqualTo(fresh.gradient("0.weight").toFloatArray());
  }

  @Test
  void backwardOfAGradientEqualsBackwardOfItsLoss() {
    // The sum of the outputs times c has the gradient c.
    Nets_LosslessNetwork net = new Nets_LosslessNetwork(3);
    Nets_LosslessNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 2);
    float[] x = Data.floats(6, 2 * 4);
    float[] c = Data.floats(7, 2 * 3);
    trainer.forward(x);
    trainer.backward(c);
    float[] byArray = trainer.gradient("0.weight").toFloatArray();
    trainer.zeroGrad();
    trainer.forward(x);
    trainer.backward(Tensor.of(c, 2, 3));
    assertThat(trainer.gradient("0.weight").toFloatArray()).isEqualTo(byArray);
    assertThat(byArray).doesNotContain(0f);
  }

  @Test
  void evaluateChangesNothing() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1).momentum(0.9), 7);
    Nets_ClassesNetwork twin = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork.Trainer undisturbed = twin.trainer(Sgd.of(0.1).momentum(0.9), 7);
    float[] other = Data.floats(8, 40 * 5);
    int[] labels = Data.labels(9, 40, 4);
    float first = trainer.evaluate(other, 40, labels);
    trainer.forward(X);
    trainer.evaluate(other, 40, labels);
    trainer.loss(Y);
    trainer.evaluate(other, 40, labels);
    trainer.backward();
    assertThat(trainer.evaluate(other, 40, labels)).isEqualTo(first);
    trainer.update();
    undisturbed.forward(X);
    undisturbed.loss(Y);
    undisturbed.backward();
    undisturbed.update();

    assertThat(net.parameters()).isEqualTo(twin.parameters());
    assertThat(trainer.evaluate(other, 40, labels)).isNotEqualTo(first);
  }

  @Test
  void evaluateIsTheLossOfAForwardOfAllRows() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(5);
    float[] x = Data.floats(8, 40 * 5);
    int[] y = Data.labels(9, 40, 4);
    Nets_ClassesNetwork.Trainer large = net.trainer(Sgd.of(0.1), 40);
    large.forward(x);

    assertThat(net.trainer(Sgd.of(0.1), 1).evaluate(x, 40, y)).isEqualTo(large.loss(y));
  }

  @Test
  void theLearningRateAppliesFromTheNextUpdateOn() {
    Nets_ClassesNetwork scheduled = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork fixed = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork.Trainer trainer = scheduled.trainer(Sgd.of(0.5), 7);
    assertThat(trainer.learningRate()).isEqualTo(0.5);
    trainer.learningRate(0.01);
    assertThat(trainer.learningRate()).isEqualTo(0.01);
    trainer.step(X, Y);
    fixed.trainer(Sgd.of(0.01), 7).step(X, Y);

    assertThat(scheduled.parameters()).isEqualTo(fixed.parameters());
  }

  @Test
  void aStepOnPartOfLongerArraysIsAStepOnThatPart() {
    Nets_ClassesNetwork part = new Nets_ClassesNetwork(5);
    Nets_ClassesNetwork whole = new Nets_ClassesNetwork(5);
    part.trainer(Sgd.of(0.1), 7).step(X, 3, Y);
    whole.trainer(Sgd.of(0.1), 7).step(Arrays.copyOf(X, 3 * 5), Arrays.copyOf(Y, 3));

    assertThat(part.parameters()).isEqualTo(whole.parameters());
  }

  private static Map<String, double[]> gradients(
      Nets_BranchesNetwork net, Nets_BranchesNetwork.Trainer trainer) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    net.parameters()
        .keySet()
        .forEach(name -> gradients.put(name, trainer.gradient(name).toDoubleArray()));
    return gradients;
  }
}
