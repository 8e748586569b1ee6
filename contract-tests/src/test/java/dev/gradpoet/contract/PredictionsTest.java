package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Predictions other than outputs: probabilities according to the loss, classes of many rows, and the loss without an optimizer. */
class PredictionsTest {

  /** More outputs than a sum has chains, and more rows than a tile. */
  @Network(
      layers = {5, 33, 37},
      activation = Activation.TANH,
      loss = Loss.CROSS_ENTROPY)
  interface Wide {}

  /** The same network, with an explicit softmax. */
  @Network(
      layers = {5, 33, 37},
      activation = Activation.TANH,
      outputActivation = Activation.SOFTMAX)
  interface WideSoftmax {}

  /** Logits in double. */
  @Network(
      layers = {5, 4},
      loss = Loss.CROSS_ENTROPY,
      dtype = DType.FLOAT64)
  interface Doubles {}

  /** The same with an explicit softmax. */
  @Network(
      layers = {5, 4},
      outputActivation = Activation.SOFTMAX,
      dtype = DType.FLOAT64)
  interface DoublesSoftmax {}

  /** Log-probabilities. */
  @Network(
      layers = {5, 6, 3},
      outputActivation = Activation.LOG_SOFTMAX,
      loss = Loss.NLL)
  interface Logs {}

  /** One logit. */
  @Network(
      layers = {5, 1},
      loss = Loss.BCE_WITH_LOGITS)
  interface Logit {}

  /** The same with an explicit sigmoid. */
  @Network(
      layers = {5, 1},
      outputActivation = Activation.SIGMOID,
      loss = Loss.BCE)
  interface LogitSigmoid {}

  private static final int ROWS = 61;
  private static final float[] X = Data.floats(3, ROWS * 5);
  private static final double[] WIDE_X = Data.doubles(3, ROWS * 5);

  @Test
  void crossEntropyGivesTheBitsOfANetworkThatEndsInASoftmax() {
    PredictionsTest_WideNetwork net = new PredictionsTest_WideNetwork(1);
    float[] expected = new PredictionsTest_WideSoftmaxNetwork(1).forward(X);
    assertThat(net.probabilities(X)).isEqualTo(expected);
    float[] y = new float[ROWS * 37 + 5];
    Arrays.fill(y, 7);
    net.predictor().probabilities(X, ROWS, y);
    assertThat(Arrays.copyOf(y, ROWS * 37)).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(y, ROWS * 37, y.length)).containsOnly(7);
    assertThat(net.probabilities(Tensor.of(X, ROWS, 5))).isEqualTo(Tensor.of(expected, ROWS, 37));
    float[] row = Arrays.copyOf(X, 5);
    assertThat(net.predictor().probabilities(Tensor.of(row)))
        .isEqualTo(Tensor.of(Arrays.copyOf(expected, 37)));
  }

  @Test
  void inDoubleToo() {
    PredictionsTest_DoublesNetwork net = new PredictionsTest_DoublesNetwork(1);
    double[] expected = new PredictionsTest_DoublesSoftmaxNetwork(1).forward(WIDE_X);
    assertThat(net.probabilities(WIDE_X)).isEqualTo(expected);
    double[] y = new double[ROWS * 4];
    net.predictor().probabilities(WIDE_X, ROWS, y);
    assertThat(y).isEqualTo(expected);
    Tensor x = Tensor.of(WIDE_X, ROWS, 5);
    assertThat(net.probabilities(x)).isEqualTo(Tensor.of(expected, ROWS, 4));
  }

  @Test
  void negativeLogLikelihoodGivesExponentials() {
    PredictionsTest_LogsNetwork net = new PredictionsTest_LogsNetwork(1);
    float[] logs = net.forward(X);
    float[] probabilities = net.probabilities(X);
    for (int r = 0; r < ROWS; r++) {
      float sum = 0;
      for (int c = 3 * r; c < 3 * r + 3; c++) {
        assertThat((double) probabilities[c]).isCloseTo(Math.exp(logs[c]), within(1e-7));
        sum += probabilities[c];
      }
      assertThat(sum).isCloseTo(1, within(1e-6f));
    }
    assertThat(net.predictor().probabilities(Tensor.of(X, ROWS, 5)))
        .isEqualTo(Tensor.of(probabilities, ROWS, 3));
  }

  @Test
  void logitsGiveTheBitsOfASigmoidAndProbabilitiesStayAsTheyAre() {
    PredictionsTest_LogitNetwork net = new PredictionsTest_LogitNetwork(1);
    PredictionsTest_LogitSigmoidNetwork sigmoid = new PredictionsTest_LogitSigmoidNetwork(1);
    float[] expected = sigmoid.forward(X);
    assertThat(net.probabilities(X)).isEqualTo(expected);
    assertThat(sigmoid.probabilities(X)).isEqualTo(expected);
    float[] y = new float[ROWS];
    sigmoid.predictor().probabilities(X, ROWS, y);
    assertThat(y).isEqualTo(expected);
    assertThat(net.predictor().probabilities(Tensor.of(X, ROWS, 5)))
        .isEqualTo(Tensor.of(expected, ROWS, 1));
  }

  @Test
  void theClassHasTheLargestProbability() {
    PredictionsTest_WideNetwork net = new PredictionsTest_WideNetwork(1);
    float[] probabilities = net.probabilities(X);
    int[] classes = net.predictClasses(X);
    for (int r = 0; r < ROWS; r++) {
      float[] row = Arrays.copyOfRange(probabilities, r * 37, (r + 1) * 37);
      for (float probability : row) {
        assertThat(probability).isLessThanOrEqualTo(row[classes[r]]);
      }
    }
    assertThat(Arrays.stream(classes).distinct().count()).isGreaterThan(3);
  }

  @Test
  void otherLossesHaveNoProbabilities() {
    for (Model model : List.of(
        new Nets_BranchesNetwork(1), new Nets_LosslessNetwork(1), new Nets_EachValueNetwork(1))) {
      String loss = model instanceof Nets_BranchesNetwork
          ? "MSE"
          : model instanceof Nets_LosslessNetwork ? "NONE" : "HUBER";
      String text = "the network was declared with Loss." + loss
          + ", whose outputs are not probabilities: use forward(x), or declare CROSS_ENTROPY, NLL, BCE or BCE_WITH_LOGITS";
      Tensor x = Tensor.of(X);
      Predictor predictor = model.predictor();
      assertThatThrownBy(() -> model.probabilities(x))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(text);
      assertThatThrownBy(() -> predictor.probabilities(x))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(text);
      assertThat(Arrays.stream(model.getClass().getMethods())
              .filter(m -> m.getName().equals("probabilities")))
          // of tensors, and no method on arrays
          .hasSize(2);
    }
  }

  @Test
  void theClassesOfManyRowsAreThoseOfEach() {
    for (Model model : List.of(
        new PredictionsTest_WideNetwork(1),
        new PredictionsTest_LogitNetwork(1),
        new PredictionsTest_LogitSigmoidNetwork(1))) {
      Predictor predictor = model.predictor();
      int[] classes = model.predictClasses(Tensor.of(X, ROWS, 5));
      assertThat(classes).hasSize(ROWS);
      assertThat(Arrays.stream(classes).distinct().count()).isGreaterThan(1);
      assertThat(predictor.predictClasses(Tensor.of(X, ROWS, 5))).isEqualTo(classes);
      for (int r = 0; r < ROWS; r++) {
        Tensor row = Tensor.of(Arrays.copyOfRange(X, r * 5, r * 5 + 5));
        assertThat(predictor.predictClass(row)).isEqualTo(classes[r]);
        assertThat(predictor.predictClasses(row)).containsExactly(classes[r]);
      }
    }
    PredictionsTest_WideNetwork net = new PredictionsTest_WideNetwork(1);
    int[] some = new int[ROWS];
    Arrays.fill(some, -1);
    net.predictor().predictClasses(X, 30, some);
    assertThat(Arrays.copyOf(some, 30)).isEqualTo(Arrays.copyOf(net.predictClasses(X), 30));
    assertThat(Arrays.copyOfRange(some, 30, ROWS)).containsOnly(-1);
  }

  @Test
  void aNetworkEvaluatesAsItsTrainerDoes() {
    PredictionsTest_WideNetwork net = new PredictionsTest_WideNetwork(1);
    PredictionsTest_WideNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 2);
    int[] labels = Data.labels(4, ROWS, 37);
    float[] dense = net.probabilities(X);
    float loss = net.evaluate(X, labels);
    assertThat(trainer.evaluate(X, labels)).isEqualTo(loss);
    assertThat(trainer.evaluate(X, ROWS, labels)).isEqualTo(loss);
    assertThat(net.evaluate(X, ROWS, labels)).isEqualTo(loss);
    Tensor x = Tensor.of(X, ROWS, 5);
    assertThat(net.evaluate(x, Tensor.of(labels))).isEqualTo(loss);
    assertThat(trainer.evaluate(x, Tensor.of(labels))).isEqualTo(loss);
    assertThat((double) loss)
        .isCloseTo(Functional.crossEntropy(net.forward(x), Tensor.of(labels)).get(), within(1e-5));
    float ofDense = net.evaluate(X, dense);
    assertThat(trainer.evaluate(X, dense)).isEqualTo(ofDense);
    assertThat(trainer.evaluate(X, ROWS, dense)).isEqualTo(ofDense);
    assertThat(trainer.evaluate(x, Tensor.of(dense, ROWS, 37))).isEqualTo(ofDense);
    assertThat(net.evaluate(X, 7, labels))
        .isNotEqualTo(loss)
        .isEqualTo(trainer.evaluate(X, 7, labels));
    // as many rows as one step takes, whose loss has the bits of evaluate
    float[] two = Arrays.copyOf(X, 10);
    int[] twoLabels = Arrays.copyOf(labels, 2);
    float before = net.evaluate(two, twoLabels);
    assertThat(trainer.step(two, twoLabels)).isEqualTo(before);
  }

  @Test
  void evaluatingANetworkDoesNotChangeTheLossesOfATrainer() {
    Nets_EachValueNetwork net = new Nets_EachValueNetwork(1);
    Nets_EachValueNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 2);
    float[] x = Data.floats(1, 8);
    float[] y = Data.floats(2, 6);
    trainer.forward(x);
    trainer.loss(y);
    Tensor losses = trainer.losses();
    float sum = trainer.evaluate(Data.floats(5, 40 * 4), Data.floats(6, 40 * 3));
    assertThat(net.evaluate(Data.floats(5, 40 * 4), Data.floats(6, 40 * 3))).isEqualTo(sum);
    assertThat(trainer.losses()).isEqualTo(losses);
  }

  @Test
  void rowsMayBeSeparateArrays() {
    PredictionsTest_WideNetwork net = new PredictionsTest_WideNetwork(1);
    float[][] y = net.forward(new float[][] {{1, 2, 3, 4, 5}, {-1, 0, 0, 0, 2}});
    float[] flat = net.forward(new float[] {1, 2, 3, 4, 5, -1, 0, 0, 0, 2});
    assertThat(y).hasDimensions(2, 37);
    assertThat(y[1]).isEqualTo(Arrays.copyOfRange(flat, 37, 74));
    assertThatThrownBy(() -> net.forward(new float[][] {{1, 2, 3, 4, 5}, {1, 2}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x[1] has 2 values, expected 5: each row holds the values of one sample");
    assertThatThrownBy(() -> net.forward(new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x has no rows, expected at least 1 row of 5");
    assertThatThrownBy(() -> net.forward(new float[][] {null}))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("x[0]");
    assertThat(new PredictionsTest_DoublesNetwork(1).forward(new double[][] {{1, 2, 3, 4, 5}})[0])
        .isEqualTo(new PredictionsTest_DoublesNetwork(1).forward(new double[] {1, 2, 3, 4, 5}));
  }

  @Test
  void theTextOfANetworkIsItsSummary() {
    PredictionsTest_WideNetwork net = new PredictionsTest_WideNetwork(1);
    assertThat(net).hasToString(net.summary());
  }

  @Test
  void predictionsAndEvaluationAllocateNothing() {
    PredictionsTest_WideNetwork net = new PredictionsTest_WideNetwork(1);
    PredictionsTest_WideNetwork.Predictor predictor = net.predictor();
    PredictionsTest_WideNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 2);
    PredictionsTest_LogitNetwork.Predictor logit = new PredictionsTest_LogitNetwork(1).predictor();
    PredictionsTest_DoublesNetwork.Predictor doubles =
        new PredictionsTest_DoublesNetwork(1).predictor();
    int[] labels = Data.labels(4, ROWS, 37);
    float[] y = new float[ROWS * 37];
    double[] wide = new double[ROWS * 4];
    int[] classes = new int[ROWS];
    assertThat(AllocatedBytes.least(() -> {
          predictor.probabilities(X, ROWS, y);
          predictor.predictClasses(X, ROWS, classes);
          logit.probabilities(X, ROWS, y);
          logit.predictClasses(X, 1, classes);
          doubles.probabilities(WIDE_X, ROWS, wide);
          trainer.evaluate(X, labels);
        }))
        .isZero();
  }
}
