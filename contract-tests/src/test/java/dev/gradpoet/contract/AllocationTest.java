package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inference and training allocate nothing once they are compiled; plain kernels allocate nothing before that, either. */
class AllocationTest {

  @Test
  void theCounterCounts() {
    assertThat(AllocatedBytes.least(() -> sink = new float[1000])).isGreaterThanOrEqualTo(4000);
  }

  private static Object sink;

  @Test
  void inferenceAllocatesNothing() {
    Nets_ClassesNetwork.Predictor predictor = new Nets_ClassesNetwork(1).predictor();
    float[] x = Data.floats(1, 20 * 5);
    float[] y = new float[20 * 4];
    float[] row = Data.floats(2, 5);

    assertThat(AllocatedBytes.least(() -> {
          predictor.forward(x, y);
          predictor.forward(x, 3, y);
          predictor.predictClass(row);
        }))
        .isZero();
  }

  @Test
  void stepsAllocateNothing() {
    Nets_ClassesNetwork.Trainer classes =
        new Nets_ClassesNetwork(1).trainer(Sgd.of(0.1).momentum(0.9).weightDecay(0.1), 20);
    float[] x = Data.floats(1, 20 * 5);
    int[] labels = Data.labels(2, 20, 4);
    float[] dense = new float[20 * 4];
    Nets_BranchesNetwork.Trainer branches =
        new Nets_BranchesNetwork(1).trainer(Sgd.of(0.1).momentum(0.9).nesterov(true), 8);
    double[] wide = Data.doubles(3, 8 * 6);
    double[] targets = Data.doubles(4, 8 * 3);

    assertThat(AllocatedBytes.least(() -> {
          classes.step(x, labels);
          classes.step(x, 3, labels);
          classes.step(x, dense);
          branches.step(wide, targets);
        }))
        .isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.gradpoet.contract.KeepingTest#optimizers")
  void stepsOfEveryOptimizerAllocateNothing(Optimizer optimizer) {
    Nets_BranchesNetwork.Trainer trainer = new Nets_BranchesNetwork(1).trainer(optimizer, 8);
    double[] x = Data.doubles(3, 8 * 6);
    double[] y = Data.doubles(4, 8 * 3);

    assertThat(AllocatedBytes.least(() -> {
          trainer.step(x, y);
          trainer.forward(x);
          trainer.loss(y);
          trainer.backward();
          trainer.clipGradNorm(0.5);
          trainer.clipGradValue(0.1);
          trainer.update();
        }))
        .isZero();
  }

  @Test
  void singleCallsAllocateNothing() {
    Nets_ProbabilityNetwork.Trainer trainer =
        new Nets_ProbabilityNetwork(1).trainer(Sgd.of(0.01).maximize(true), 8);
    float[] x = Data.floats(1, 8 * 3);
    float[] y = new float[8];
    float[] seed = Data.floats(2, 8);

    assertThat(AllocatedBytes.least(() -> {
          trainer.zeroGrad();
          trainer.forward(x);
          trainer.loss(y);
          trainer.backward();
          trainer.gradient("0.weight");
          trainer.update();
          trainer.forward(x, 4);
          trainer.forward(x);
          trainer.backward(seed);
          trainer.learningRate(0.02);
          trainer.evaluate(x, 8, y);
        }))
        .isZero();
  }
}
