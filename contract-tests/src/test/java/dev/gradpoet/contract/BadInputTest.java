package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.NoSuchElementException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Invalid inputs, targets, names and options. */
class BadInputTest extends RefusalTestBase {

  @Test
  void anInputThatIsNotAWholeNumberOfRows() {
    String text =
        "x has 7 values, expected a positive multiple of 5: pass whole rows of 5 values, one after the other";
    refused(() -> net.forward(new float[7]), text);
    refused(() -> net.predictor().forward(new float[7], new float[4]), text);
    refused(() -> trainer.step(new float[7], Y), text);
    refused(() -> trainer.forward(new float[7]), text);
    refused(
        () -> net.forward(new float[0]),
        "x has 0 values, expected a positive multiple of 5: pass whole rows of 5 values, one after the other");
  }

  @Test
  void anInputShorterThanItsRows() {
    refused(
        () -> trainer.step(new float[10], 3, Y),
        "x has 10 values, expected at least 15 (3 rows of 5): pass a longer array or a smaller n");
    refused(
        () -> net.predictor().forward(new float[10], 3, new float[12]),
        "x has 10 values, expected at least 15 (3 rows of 5): pass a longer array or a smaller n");
    refused(() -> trainer.step(X, 0, Y), "n is 0, expected at least 1 row");
    refused(() -> trainer.evaluate(X, -1, Y), "n is -1, expected at least 1 row");
  }

  @Test
  void anOutputArrayOfTheWrongLength() {
    refused(
        () -> net.predictor().forward(X, new float[15]),
        "y has 15 values, expected 16 (4 rows of 4): pass as many rows as the input has");
  }

  @Test
  void aWrongNumberOfTargets() {
    refused(
        () -> trainer.step(X, new int[3]),
        "y has 3 values, expected 4 (4 rows of 1): pass as many rows as the input has");
    refused(
        () -> trainer.step(X, new float[15]),
        "y has 15 values, expected 16 (4 rows of 4): pass as many rows as the input has");
    trainer.forward(X);
    refused(
        () -> trainer.loss(new int[5]),
        "y has 5 values, expected 4 (4 rows of 1): pass as many rows as the input has");
  }

  @Test
  void anInvalidClassIndex() {
    int[] four = {0, 1, 4, 3};
    int[] negative = {0, -1, 2, 3};
    refused(
        () -> trainer.step(X, four),
        "y[2] is 4, expected a class index in 0..3, or -100 to ignore the row: the network has 4 outputs");
    refused(
        () -> trainer.evaluate(X, 4, negative),
        "y[1] is -1, expected a class index in 0..3, or -100 to ignore the row: the network has 4 outputs");
    trainer.forward(X);
    refused(
        () -> trainer.loss(four),
        "y[2] is 4, expected a class index in 0..3, or -100 to ignore the row: the network has 4 outputs");
    refused(
        () -> trainer.step(Tensor.of(X, 4, 5), Tensor.of(0L, 1L, 1L << 40, 3L)),
        "y[2] is " + (1L << 40)
            + ", expected a class index in 0..3, or -100 to ignore the row: the network has 4 outputs");
  }

  @Test
  void nulls() {
    assertNull("x", () -> net.forward((float[]) null));
    assertNull("x", () -> net.forward((Tensor) null));
    assertNull("y", () -> net.predictor().forward(X, null));
    assertNull("x", () -> trainer.step(null, Y));
    assertNull("y", () -> trainer.step(X, (int[]) null));
    assertNull("y", () -> trainer.step(X, (float[]) null));
    assertNull("name", () -> trainer.gradient(null));
    assertNull("optimizer", () -> net.trainer(null, 4));
    assertNull("g", () -> new Nets_ClassesNetwork(null));
    trainer.forward(X);
    assertNull("y", () -> trainer.loss((Tensor) null));
    assertNull("gradOutput", () -> trainer.backward((float[]) null));
  }

  @Test
  void anUnknownParameter() {
    refused(
        () -> trainer.gradient("hidden.weight"),
        "no parameter is named \"hidden.weight\", expected one of [0.weight, 0.bias, 1.weight, 1.bias]");
    Nets_BranchesNetwork branches = new Nets_BranchesNetwork(1);
    assertThatThrownBy(() -> branches.second().bias())
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"second\" has no bias: it was declared with bias = false");
    assertThatThrownBy(() -> branches.joined().weight())
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"joined\" has no weight: it has no parameters");
    assertThatThrownBy(() -> net.layer(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void tensorsOfTheWrongShapeOrDtype() {
    refused(
        () -> net.forward(Tensor.of(X, 5, 4)),
        "x is FLOAT32 of shape [5, 4], expected FLOAT32 of shape [n, 5] or [5]");
    refused(
        () -> net.forward(Tensor.of(new double[20], 4, 5)),
        "x is FLOAT64 of shape [4, 5], expected FLOAT32 of shape [n, 5] or [5]");
    refused(
        () -> trainer.step(Tensor.of(X, 4, 5), Tensor.of(new float[12], 4, 3)),
        "y is FLOAT32 of shape [4, 3], expected FLOAT32 of shape [4, 4]");
    refused(
        () -> trainer.step(Tensor.of(X, 4, 5), Tensor.of(0L, 1L)),
        "y is INT64 of shape [2], expected INT64 of shape [4]");
    trainer.forward(X);
    refused(
        () -> trainer.backward(Tensor.of(new float[8], 2, 4)),
        "gradOutput is FLOAT32 of shape [2, 4], expected FLOAT32 of shape [4, 4]");
  }

  @Test
  void classIndicesInFloatingPoint() {
    String text =
        "y has 4 values, expected 4 rows of 4; pass class indices as int[4], or as INT64 of shape [4]: convert tensors with to(INT64)";
    float[] labels = {0, 1, 2, 3};
    refused(() -> trainer.step(X, labels), text);
    refused(() -> trainer.step(X, 4, labels), text);
    refused(() -> trainer.evaluate(X, labels), text);
    refused(() -> net.evaluate(X, labels), text);
    refused(() -> net.evaluate(X, 4, labels), text);
    trainer.forward(X);
    refused(() -> trainer.loss(labels), text);
    String ofTensor =
        "y is FLOAT32 of shape [4], expected FLOAT32 of shape [4, 4]; pass class indices as int[4], or as INT64 of shape [4]: convert tensors with to(INT64)";
    Tensor x = Tensor.of(X, 4, 5);
    refused(() -> trainer.step(x, Tensor.of(labels)), ofTensor);
    refused(() -> trainer.loss(Tensor.of(labels)), ofTensor);
    refused(() -> trainer.evaluate(x, Tensor.of(labels)), ofTensor);
    refused(() -> net.evaluate(x, Tensor.of(labels)), ofTensor);
    refused(
        () -> net.evaluate(x, Tensor.of(labels, 4, 1)),
        ofTensor.replace("of shape [4],", "of shape [4, 1],"));
  }

  @Test
  void theClassOfMoreThanOneRow() {
    refused(
        () -> net.predictor().predictClass(X),
        "x has 20 values, expected one row of 5: predictClass takes one row, use predictClasses for several");
    refused(
        () -> net.predictor().predictClass(Tensor.of(X, 4, 5)),
        "x is FLOAT32 of shape [4, 5], expected one row, FLOAT32 of shape [5] or [1, 5]: predictClass takes one row, use predictClasses for several");
    refused(
        () -> net.predictor().predictClasses(X, 5, new int[5]),
        "x has 20 values, expected at least 25 (5 rows of 5): pass a longer array or a smaller n");
    refused(
        () -> net.predictor().predictClasses(X, 4, new int[3]),
        "classes has 3 values, expected at least 4 (4 rows of 1): pass a longer array or a smaller n");
    assertThatThrownBy(() -> net.layer(-1))
        .isExactlyInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("index is -1, expected 0 to 1: the network has 2 layers");
  }

  @Test
  void invalidLearningRates() {
    refused(
        () -> trainer.learningRate(Double.NaN),
        "the learning rate is NaN, expected a finite number of at least 0");
    refused(
        () -> trainer.learningRate(-1),
        "the learning rate is -1.0, expected a finite number of at least 0");
    refused(
        () -> net.trainer(Sgd.of(0.1).nesterov(true), 4),
        "Nesterov's momentum with momentum 0.0 and dampening 0.0, expected a momentum above 0 and no dampening");
  }

  @Test
  void parametersCanBeWrittenButNotReplaced() {
    assertThatThrownBy(() -> net.parameters().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    refusedAny(() -> net.layer(0).weight().copyFrom(new float[3]));
    assertThatThrownBy(() -> net.layer(0).weight().set(1, 33, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aPredictionThatIsNotAProbability() {
    Nets_ProbabilityNetwork probability = new Nets_ProbabilityNetwork(1);
    Nets_ProbabilityNetwork.Trainer sum = probability.trainer(Sgd.of(0.1), 2);
    float[] x = {Float.NaN, 0, 0};

    refusedAny(() -> sum.step(x, new float[] {1}));
    assertThat(probability.parameters()).isEqualTo(new Nets_ProbabilityNetwork(1).parameters());
  }

  private static void assertNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
  }
}
