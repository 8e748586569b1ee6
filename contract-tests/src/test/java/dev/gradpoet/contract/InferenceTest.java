package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Every method of inference returns the same bits. */
class InferenceTest {

  private static final int ROWS = 35;
  private static final double[] X = Data.doubles(1, ROWS * 6);

  @Test
  void aRowHasTheSameBitsInEveryBatchAndThroughEveryMethod() {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(2);
    double[] all = net.forward(X);
    double[] byPredictor = new double[ROWS * 3];
    net.predictor().forward(X, byPredictor);
    assertThat(byPredictor).isEqualTo(all);
    Nets_BranchesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), ROWS);
    trainer.forward(X);
    assertThat(trainer.output().toDoubleArray()).isEqualTo(all);
    for (int r = 0; r < ROWS; r++) {
      double[] row = Arrays.copyOfRange(X, r * 6, (r + 1) * 6);
      assertThat(net.forward(row)).isEqualTo(Arrays.copyOfRange(all, r * 3, (r + 1) * 3));
    }
  }

  @Test
  void aPredictorWritesOnlyTheRequestedRows() {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(2);
    double[] y = new double[5 * 3];
    Arrays.fill(y, 7);
    net.predictor().forward(X, 2, y);

    assertThat(Arrays.copyOf(y, 6)).isEqualTo(Arrays.copyOf(net.forward(X), 6));
    assertThat(Arrays.copyOfRange(y, 6, 15)).containsOnly(7);
  }

  @Test
  void theClassIsTheIndexOfTheLargestOutput() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(2);
    Nets_ClassesNetwork.Predictor predictor = net.predictor();
    float[] x = Data.floats(4, 20 * 5);
    for (int r = 0; r < 20; r++) {
      float[] row = Arrays.copyOfRange(x, r * 5, (r + 1) * 5);
      float[] y = net.forward(row);
      int largest = 0;
      for (int c = 1; c < 4; c++) {
        largest = y[c] > y[largest] ? c : largest;
      }
      assertThat(predictor.predictClass(row)).isEqualTo(largest);
      assertThat(predictor.predictClass(Tensor.of(row))).isEqualTo(largest);
    }
  }

  @Test
  void aSingleProbabilityAboveOneHalfIsClassOne() {
    Nets_ProbabilityNetwork net = new Nets_ProbabilityNetwork(2);
    Nets_ProbabilityNetwork.Predictor predictor = net.predictor();
    float[] x = Data.floats(4, 40 * 3);
    int ones = 0;
    for (int r = 0; r < 40; r++) {
      float[] row = Arrays.copyOfRange(x, r * 3, (r + 1) * 3);
      int expected = net.forward(row)[0] > 0.5f ? 1 : 0;
      ones += expected;
      assertThat(predictor.predictClass(row)).isEqualTo(expected);
    }
    assertThat(ones).isBetween(1, 39);
  }

  @Test
  void aWriteThroughAViewIsVisibleToEveryLaterCall() {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(2);
    Nets_BranchesNetwork.Predictor predictor = net.predictor();
    Nets_BranchesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), ROWS);
    double[] target = Data.doubles(3, ROWS * 3);
    trainer.forward(X);
    trainer.loss(target);
    trainer.backward();
    trainer.inputGradient();
    double[] values = Data.doubles(9, net.first().weight().size());
    net.first().weight().copyFrom(values);
    net.parameters().get("result.bias").set(0.75, 1);
    net.second().weight().set(-1.5, 18, 0);

    // The same values, in a new network.
    Nets_BranchesNetwork fresh = new Nets_BranchesNetwork(2);
    fresh.first().weight().copyFrom(values);
    fresh.result().bias().set(0.75, 1);
    fresh.second().weight().set(-1.5, 18, 0);
    Nets_BranchesNetwork.Trainer freshTrainer = fresh.trainer(Sgd.of(0.1), ROWS);
    freshTrainer.forward(X);
    freshTrainer.loss(target);
    freshTrainer.backward();

    double[] expected = fresh.forward(X);
    assertThat(net.forward(X)).isEqualTo(expected);
    double[] y = new double[ROWS * 3];
    predictor.forward(X, y);
    assertThat(y).isEqualTo(expected);
    trainer.zeroGrad();
    trainer.forward(X);
    trainer.loss(target);
    trainer.backward();
    assertThat(trainer.gradient("first.weight")).isEqualTo(freshTrainer.gradient("first.weight"));
    assertThat(trainer.inputGradient()).isEqualTo(freshTrainer.inputGradient());
  }

  @Test
  void aCopyHasItsOwnParameters() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(2);
    Nets_ClassesNetwork copy = net.copy();
    assertThat(copy.parameters()).isEqualTo(net.parameters());
    net.layer(0).weight().set(99, 0, 0);

    assertThat(copy.parameters()).isEqualTo(new Nets_ClassesNetwork(2).parameters());
    assertThat(copy.parameters()).isNotEqualTo(net.parameters());
  }

  @Test
  void aGeneratorContinuesAfterTheWeights() {
    Generator shared = new Generator().manualSeed(2);
    Nets_ClassesNetwork first = new Nets_ClassesNetwork(shared);
    Nets_ClassesNetwork second = new Nets_ClassesNetwork(shared);

    assertThat(first.parameters()).isEqualTo(new Nets_ClassesNetwork(2).parameters());
    assertThat(second.parameters()).isNotEqualTo(first.parameters());
  }

  @Test
  void layersAndParametersHaveTheNamesOfPyTorch() {
    assertThat(new Nets_ClassesNetwork(2).parameters().keySet())
        .containsExactly("0.weight", "0.bias", "1.weight", "1.bias");
    Nets_BranchesNetwork branches = new Nets_BranchesNetwork(2);
    assertThat(branches.parameters().keySet())
        .containsExactly(
            "first.weight", "first.bias", "second.weight", "result.weight", "result.bias");
    List<Layer> layers = List.of(
        branches.first(),
        branches.second(),
        branches.residual(),
        branches.joined(),
        branches.result());
    for (int i = 0; i < layers.size(); i++) {
      assertThat(branches.layer(i)).isSameAs(layers.get(i));
    }
    assertThat(layers)
        .extracting(Layer::name)
        .containsExactly("first", "second", "residual", "joined", "result");
    assertThat(branches.first().weight().shape()).containsExactly(19, 6);
    assertThat(branches.result().weight().shape()).containsExactly(3, 44);
    assertThat(Nets_BranchesNetwork.PARAMETERS)
        .isEqualTo(
            branches.parameters().values().stream().mapToInt(Tensor::size).sum());
    assertThat(Nets_Deeper_DownNetwork.INPUTS).isEqualTo(2);
  }

  @Test
  void manyThreadsGetTheBitsOfASingleOne() throws Exception {
    Nets_BranchesNetwork net = new Nets_BranchesNetwork(2);
    double[] expected = net.forward(X);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<double[]>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        boolean own = t % 2 == 0;
        results.add(threads.submit(() -> {
          Nets_BranchesNetwork.Predictor predictor = net.predictor();
          double[] y = new double[ROWS * 3];
          for (int i = 0; i < 200; i++) {
            if (own) {
              predictor.forward(X, y);
            } else {
              y = net.forward(X);
            }
            if (!Arrays.equals(y, expected)) {
              return y;
            }
          }
          return y;
        }));
      }
      for (Future<double[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
