package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invalid arguments of networks with several inputs or class indices: the message names the input, and nothing changes. */
class BadInputsTest {

  private final SeveralInputsTest_ClickNetwork net = new SeveralInputsTest_ClickNetwork(1);
  private final SeveralInputsTest_ClickNetwork.Predictor predictor = net.predictor();
  private final SeveralInputsTest_ClickNetwork.Trainer trainer =
      net.trainer(Sgd.of(0.1).momentum(0.9), 4);
  private final Map<String, Tensor> state = trainer.state();
  private final float[] numbers = Data.floats(1, 3 * 4);
  private final int[] categories = {0, 1, 2, 3, 4, 6};
  private final float[] y = {0, 1, 0};
  private final Tensor of3 = Tensor.of(numbers, 3, 4);
  private final Tensor indices = Tensor.of(categories).unflatten(0, 3, 2);
  private final Tensor target = Tensor.of(y, 3, 1);

  @AfterEach
  void nothingHasChanged() {
    assertThat(net.parameters()).isEqualTo(new SeveralInputsTest_ClickNetwork(1).parameters());
    assertThat(trainer.state()).isEqualTo(state);
    assertThatThrownBy(trainer::output)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("output before the first forward: call forward(x) first");
  }

  private static void refused(String text, ThrowingCallable... calls) {
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(text);
    }
  }

  @Test
  void anIndexOutOfItsRange() {
    int[] large = {0, 1, 2, 7, 4, 6};
    refused(
        "categories at row 1, place 1 is 7, expected a class index in 0..6: the input was declared with classes = 7",
        () -> net.forward(numbers, large),
        () -> net.predictClasses(numbers, large),
        () -> net.probabilities(numbers, large),
        () -> net.evaluate(numbers, large, y),
        () -> net.evaluate(numbers, large, 3, y),
        () -> net.forward(of3, Tensor.of(large).unflatten(0, 3, 2)),
        () -> predictor.forward(numbers, large, new float[3]),
        () -> predictor.forward(numbers, large, 2, new float[3]),
        () -> predictor.predictClasses(numbers, large, 2, new int[3]),
        () -> predictor.probabilities(numbers, large, 2, new float[3]),
        () -> trainer.step(numbers, large, y),
        () -> trainer.step(numbers, large, 2, y),
        () -> trainer.forward(numbers, large),
        () -> trainer.forward(numbers, large, 2),
        () -> trainer.evaluate(numbers, large, y));
    int[] negative = {-1, 1, 2, 3, 4, 6};
    refused(
        "categories at row 0, place 0 is -1, expected a class index in 0..6: the input was declared with classes = 7",
        () -> trainer.step(numbers, negative, y));
    refused(
        "categories at row 0, place 1 is 9, expected a class index in 0..6: the input was declared with classes = 7",
        () -> predictor.predictClass(new float[4], new int[] {0, 9}));
    Tensor beyond = Tensor.of(0L, 1L, 2L, 3L, 4L, 1L << 32).unflatten(0, 3, 2);
    refused(
        "categories at row 2, place 1 is 4294967296, expected a class index in 0..6: the input was declared with classes = 7",
        () -> trainer.step(new Tensor[] {of3, beyond}, target),
        () -> net.forward(of3, beyond));
    // of rows that are not read, an index may be anything
    assertThat(net.evaluate(numbers, large, 1, y))
        .isEqualTo(net.evaluate(numbers, categories, 1, y));
  }

  @Test
  void lengthsThatDoNotFit() {
    refused(
        "numbers has 7 values, expected a positive multiple of 4: pass whole rows of 4 values, one after the other",
        () -> net.forward(new float[7], categories),
        () -> trainer.step(new float[7], categories, y));
    refused(
        "categories has 5 values, expected 6 (3 rows of 2): pass as many rows as numbers has",
        () -> net.forward(numbers, new int[5]),
        () -> predictor.forward(numbers, new int[5], y),
        () -> trainer.forward(numbers, new int[5]),
        () -> trainer.step(numbers, new int[5], y));
    refused(
        "categories has 5 values, expected at least 6 (3 rows of 2): pass a longer array or a smaller n",
        () -> predictor.forward(numbers, new int[5], 3, y),
        () -> trainer.step(numbers, new int[5], 3, y));
    refused(
        "y has 2 values, expected 3 (3 rows of 1): pass as many rows as the input has",
        () -> trainer.step(numbers, categories, new float[2]),
        () -> predictor.forward(numbers, categories, new float[2]));
    refused(
        "n is 0, expected at least 1 row",
        () -> trainer.forward(numbers, categories, 0),
        () -> predictor.forward(numbers, categories, 0, y));
    refused(
        "the batch has 5 rows, the trainer was made for at most 4: split the batch, or make the trainer with a larger capacity",
        () -> trainer.step(new float[20], new int[10], new float[5]),
        () -> trainer.forward(new float[20], new int[10]));
    refused(
        "categories has 4 values, expected one row of 2: predictClass takes one row, use predictClasses for several",
        () -> predictor.predictClass(new float[4], new int[4]));
  }

  @Test
  void nullArraysAndTensors() {
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> net.forward(null, categories),
        () -> trainer.step(null, categories, y),
        () -> net.forward(null, indices))) {
      assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage("numbers");
    }
    assertThatThrownBy(() -> predictor.predictClass(new float[4], null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("categories");
    assertThatThrownBy(() -> trainer.step(numbers, categories, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("y");
  }

  @Test
  void tensorsOfTheWrongDtypeShapeOrNumber() {
    refused(
        "categories is FLOAT32 of shape [3, 2], expected class indices in INT64: convert the tensor with to(INT64)",
        () -> net.forward(of3, indices.to(DType.FLOAT32)),
        () -> trainer.step(new Tensor[] {of3, indices.to(DType.FLOAT32)}, target));
    refused(
        "numbers is INT64 of shape [3, 4], expected FLOAT32 of shape [n, 4]",
        () -> trainer.forward(of3.to(DType.INT64), indices));
    refused(
        "categories is INT64 of shape [3, 2], expected INT64 of shape [2, 2]",
        () -> trainer.forward(Tensor.of(new float[8], 2, 4), indices));
    refused(
        "categories has 3 rows, expected 2: pass as many rows as numbers has",
        () -> net.forward(Tensor.of(new float[8], 2, 4), indices));
    refused(
        "inputs holds 1 tensors, expected 2: one for each input of the network, numbers, categories",
        () -> net.forward(new Tensor[] {of3}),
        () -> trainer.step(new Tensor[] {of3}, target),
        () -> net.evaluate(new Tensor[] {of3}, target));
    refused(
        "numbers has 12 values, expected one row of 4: predictClass takes one row, use predictClasses for several",
        () -> predictor.predictClass(of3, indices));
  }

  @Test
  void oneTensorOfANetworkWithSeveralInputs() {
    Model model = net;
    refused(
        "one tensor is passed, expected 2: the network has the inputs numbers, categories; pass a tensor for each, in this order",
        () -> model.forward(of3),
        () -> model.evaluate(of3, target),
        () -> model.probabilities(of3),
        () -> model.predictClasses(of3),
        () -> predictor.forward(of3),
        () -> predictor.predictClass(of3),
        () -> predictor.predictClasses(of3),
        () -> predictor.probabilities(of3),
        () -> trainer.forward(of3),
        () -> trainer.step(of3, target),
        () -> trainer.evaluate(of3, target));
  }

  @Test
  void gradientsOfWhatHasNone() {
    refused(
        "the network has the inputs numbers, categories, expected the name of one: call inputGradient(\"numbers\")",
        trainer::inputGradient);
    refused(
        "no input is named \"embedded\", expected one of [numbers, categories]",
        () -> trainer.inputGradient("embedded"));
    refused(
        "the input \"categories\" holds class indices, which have no gradient, expected a dense input: the gradient of an embedding is that of its weight",
        () -> trainer.inputGradient("categories"));
    SeveralInputsTest_TextNetwork.Trainer text =
        new SeveralInputsTest_TextNetwork(1).trainer(Sgd.of(0.1), 1);
    refused(
        "the input \"input\" holds class indices, which have no gradient, expected a dense input: the gradient of an embedding is that of its weight",
        text::inputGradient,
        () -> text.inputGradient("input"));
    assertThatThrownBy(() -> trainer.inputGradient("numbers"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("inputGradient before the first forward: call forward(x) first");
  }
}
