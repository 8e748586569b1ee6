package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Losses, classes and probabilities of outputs that have already been computed have the bits of a forward pass of the rows. */
class OutputsTest {

  private static final int ROWS = 61;
  private static final Tensor X = Tensor.of(Data.floats(3, ROWS * 5), ROWS, 5);
  private static final Tensor WIDE_X = Tensor.of(Data.doubles(3, ROWS * 5), ROWS, 5);

  @Test
  void classIndices() {
    Model wide = new PredictionsTest_WideNetwork(1);
    assertSame(wide, X, Tensor.of(Data.labels(4, ROWS, 37)));
    assertSame(new PredictionsTest_LogsNetwork(1), X, Tensor.of(Data.labels(4, ROWS, 3)));
    assertSame(new PredictionsTest_DoublesNetwork(1), WIDE_X, Tensor.of(Data.labels(4, ROWS, 4)));
    assertSame(
        new Nets_EachRowNetwork(1),
        Tensor.of(Data.floats(1, ROWS * 4), ROWS, 4),
        Tensor.of(Data.labels(2, ROWS, 3)));
    assertThat(wide.probabilities(X).toFloatArray())
        .isNotEqualTo(wide.forward(X).toFloatArray());
  }

  @Test
  void denseTargets() {
    Model wide = new PredictionsTest_WideNetwork(1);
    assertSame(wide, X, wide.probabilities(X));
    Tensor targets = Tensor.of(new float[ROWS], ROWS, 1);
    assertSame(new PredictionsTest_LogitNetwork(1), X, targets);
    assertSame(new PredictionsTest_LogitSigmoidNetwork(1), X, targets);
  }

  private static void assertSame(Model net, Tensor x, Tensor y) {
    Tensor output = net.forward(x);
    try (Trainer trainer = net.trainer(Sgd.of(0.1), 2);
        Predictor predictor = net.predictor()) {
      assertThat(trainer.evaluateOutput(output, y)).isEqualTo(trainer.evaluate(x, y));
      assertThat(predictor.classesOf(output)).isEqualTo(net.predictClasses(x));
      assertThat(predictor.probabilitiesOf(output)).isEqualTo(net.probabilities(x));
      assertThat(output).isEqualTo(net.forward(x));
    }
  }

  @Test
  void aTrainerWritesTheOutputsOfItsLastPass() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(1);
    Nets_ClassesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 9);
    float[] x = Data.floats(1, 9 * 5);
    float[] before = net.forward(x);
    float[] y = new float[9 * 4 + 1];
    y[36] = 7;
    trainer.step(x, Data.labels(2, 9, 4));

    assertThat(trainer.output(y)).isEqualTo(9);
    assertThat(Arrays.copyOf(y, 36)).isEqualTo(before);
    assertThat(y[36]).isEqualTo(7);
    assertThat(AllocatedBytes.least(() -> trainer.output(y))).isZero();
    trainer.forward(x, 4);
    assertThat(trainer.output(y)).isEqualTo(4);
    Nets_BranchesNetwork.Trainer doubles = new Nets_BranchesNetwork(1).trainer(Sgd.of(0.1), 2);
    doubles.forward(Data.doubles(1, 12));
    double[] wide = new double[6];
    assertThat(doubles.output(wide)).isEqualTo(2);
    assertThat(wide).isEqualTo(doubles.output().toDoubleArray());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Nets_ClassesNetwork net = new Nets_ClassesNetwork(1);
    FloatTrainer trainer = net.trainer(Sgd.of(0.1), 2);
    Predictor predictor = net.predictor();
    Tensor labels = Tensor.of(0, 1);
    Tensor narrow = Tensor.of(new float[6], 2, 3);
    Tensor output = Tensor.of(new float[8], 2, 4);

    assertThatThrownBy(() -> trainer.output(new float[4]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("output before the first forward: call forward(x) first");
    trainer.forward(new float[10]);
    assertThatThrownBy(() -> trainer.output(new float[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("y ");
    assertThatThrownBy(() -> trainer.evaluateOutput(narrow, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "output is FLOAT32 of shape [2, 3], expected FLOAT32 of shape [n, 4]");
    assertThatThrownBy(() -> trainer.evaluateOutput(output, Tensor.of(0, 4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> predictor.classesOf(narrow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("output is FLOAT32 of shape [2, 3]");
    assertThatThrownBy(() -> predictor.probabilitiesOf(narrow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("output is FLOAT32 of shape [2, 3]");
    assertThatThrownBy(() -> new Nets_BranchesNetwork(1).predictor().probabilitiesOf(narrow))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(
            () -> new Nets_LosslessNetwork(1).trainer(Sgd.of(1), 1).evaluateOutput(narrow, labels))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
