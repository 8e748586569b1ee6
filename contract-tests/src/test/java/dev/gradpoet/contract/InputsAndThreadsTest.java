package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.DoublePredictor;
import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The methods that are there for several inputs and threads, on networks with one input and one thread. */
class InputsAndThreadsTest {

  private static final Tensor X = Tensor.of(new float[] {1, -2, 3, -4, 5});

  @Test
  void anArrayOfOneTensorIsThatTensor() {
    Model net = new Nets_ClassesNetwork(1);
    Tensor rows = Tensor.of(new float[] {1, 2, 3, 4, 5, 5, 4, 3, 2, 1}, 2, 5);
    Tensor classes = Tensor.of(new int[] {1, 3});

    assertThat(net.forward(new Tensor[] {X})).isEqualTo(net.forward(X));
    assertThat(net.evaluate(new Tensor[] {rows}, classes)).isEqualTo(net.evaluate(rows, classes));
    assertThat(net.predictor().forward(new Tensor[] {X})).isEqualTo(net.forward(X));
    assertThat(net.predictor().predictClass(new Tensor[] {X}))
        .isEqualTo(net.predictor().predictClass(X));
  }

  @Test
  void anotherNumberOfTensorsIsRefused() {
    Model net = new Nets_ClassesNetwork(1);
    for (Tensor[] inputs : List.of(new Tensor[0], new Tensor[] {X, X})) {
      String text = "inputs holds " + inputs.length
          + " tensors, expected 1: the network has one input, pass that alone";
      assertThatThrownBy(() -> net.forward(inputs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(text);
      assertThatThrownBy(() -> net.evaluate(inputs, X))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(text);
      assertThatThrownBy(() -> net.predictor().forward(inputs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(text);
      assertThatThrownBy(() -> net.predictor().predictClass(inputs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(text);
    }
  }

  @Test
  void oneThreadIsThePlainOne() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(1);
    float[] y = new float[Nets_ClassesNetwork.OUTPUTS];
    try (Nets_ClassesNetwork.Predictor predictor = net.predictor(1)) {
      predictor.forward(X.toFloatArray(), y);
    }

    assertThat(y).isEqualTo(net.forward(X.toFloatArray()));
    assertThat(net.trainer(Sgd.of(0.1), 4, 1)).isInstanceOf(Nets_ClassesNetwork.Trainer.class);
  }

  @Test
  void otherNumbersOfThreadsAreRefused() {
    Model net = new Nets_ClassesNetwork(1);

    assertThatThrownBy(() -> net.predictor(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads is 0, expected at least 1");
    assertThatThrownBy(() -> net.trainer(Sgd.of(0.1), 4, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads is -1, expected at least 1");
    assertThatThrownBy(() -> net.predictor(1025))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "threads is 1025, expected at most 1024: pass no more than the machine has cores");
    assertThatThrownBy(() -> net.trainer(Sgd.of(0.1), 4, 1025))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("threads is 1025, expected at most 1024");
  }

  @Test
  void aPredictorOfOneThreadWorksWhenItIsClosedToo() {
    Predictor predictor = new Nets_ClassesNetwork(1).predictor();
    Tensor y = predictor.forward(X);
    predictor.close();
    predictor.close();

    assertThat(predictor.forward(X)).isEqualTo(y);
  }

  @Test
  void theMethodsOnArraysAreAnInterface() {
    FloatPredictor classes = new Nets_ClassesNetwork(1).predictor();
    float[] x = X.toFloatArray();
    float[] probabilities = new float[4];
    int[] predicted = new int[1];
    classes.probabilities(x, 1, probabilities);
    classes.predictClasses(x, 1, predicted);

    assertThat(probabilities).isEqualTo(new Nets_ClassesNetwork(1).probabilities(x));
    assertThat(predicted).containsExactly(classes.predictClass(x));
    DoublePredictor branches = new Nets_BranchesNetwork(1).predictor();
    double[] y = new double[3];
    branches.forward(new double[6], 1, y);
    assertThat(y).isEqualTo(new Nets_BranchesNetwork(1).forward(new double[6]));
  }

  @Test
  void whatANetworkDoesNotHaveIsNamed() {
    FloatPredictor value = new Nets_EachValueNetwork(1).predictor();

    assertThatThrownBy(() -> value.probabilities(new float[4], 1, new float[3]))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Loss.HUBER");
    Tensor row = Tensor.of(1f, 2f, 3f, 4f);
    FloatPredictor number = new InputsAndThreadsTest_NumberNetwork(1).predictor();
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> number.predictClass(row),
        () -> number.predictClass(row.toFloatArray()),
        () -> number.predictClasses(row),
        () -> number.predictClasses(row.toFloatArray(), 1, new int[1]),
        // before anything is said about the arguments
        () -> number.predictClasses(null, 0, null))) {
      assertThatThrownBy(call)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(
              "the network has one output and Loss.MSE, so it predicts a number, not a class: call forward(x), or declare Loss.BCE_WITH_LOGITS for two classes");
    }
  }

  /** One output that is no class. */
  @Network(
      layers = {4, 1},
      loss = Loss.MSE)
  interface Number {}
}
