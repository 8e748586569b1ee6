package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.DoublePredictor;
import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.List;
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
    assertThatThrownBy(() -> net.predictor(2))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("more than 1 is not implemented yet");
    assertThatThrownBy(() -> net.trainer(Sgd.of(0.1), 4, 2))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("more than 1 is not implemented yet");
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
    FloatPredictor without = new FloatPredictor() {
      @Override
      public void forward(float[] x, float[] y) {}

      @Override
      public void forward(float[] x, int n, float[] y) {}

      @Override
      public Tensor forward(Tensor x) {
        return x;
      }

      @Override
      public int predictClass(Tensor x) {
        return 0;
      }

      @Override
      public int[] predictClasses(Tensor x) {
        return new int[0];
      }

      @Override
      public Tensor probabilities(Tensor x) {
        return x;
      }
    };
    assertThatThrownBy(() -> without.predictClass(new float[1]))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> without.predictClasses(new float[1], 1, new int[1]))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> without.probabilities(new float[1], 1, new float[1]))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
