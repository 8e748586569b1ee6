package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.Concat;
import dev.gradpoet.Conv1d;
import dev.gradpoet.Conv2d;
import dev.gradpoet.DType;
import dev.gradpoet.Dropout;
import dev.gradpoet.Embedding;
import dev.gradpoet.Flatten;
import dev.gradpoet.GlobalAvgPool;
import dev.gradpoet.Input;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.Normalization;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inputs of any shape in one network, with normalizations, convolutions, embeddings and frozen layers. */
class InputsOfAnyShapeTest {

  /** Numbers that are normalized, beside categories. */
  @Network(loss = Loss.BCE_WITH_LOGITS)
  interface Click {
    @Input(4)
    Layer numbers();

    @Input(value = 2, classes = 1000)
    Layer categories();

    @Embedding(dim = 8, from = "categories")
    Layer embedded();

    @Flatten
    Layer flat();

    @Normalization(from = "numbers")
    Layer scaled();

    @Concat(from = {"scaled", "flat"})
    Layer all();

    @Linear(out = 32, activation = Activation.RELU)
    Layer hidden();

    @Dropout(p = 0.2)
    Layer drop();

    @Linear(out = 1)
    Layer click();
  }

  /** An image, numbers and tokens. */
  @Network(loss = Loss.MSE, dtype = DType.FLOAT64)
  interface Mixed {
    @Input({1, 8, 8})
    Layer image();

    @Input(3)
    Layer numbers();

    @Input(value = 5, classes = 4)
    Layer tokens();

    @Normalization(from = "image")
    Layer pixels();

    @Conv2d(out = 4, kernel = 3, padding = 1, bias = false)
    Layer conv();

    @BatchNorm(activation = Activation.TANH)
    Layer normed();

    @MaxPool2d(kernel = 2)
    Layer pool();

    @Flatten
    Layer flat();

    @Embedding(dim = 6, from = "tokens")
    Layer embedded();

    @Conv1d(out = 7, kernel = 3, activation = Activation.SILU)
    Layer phrases();

    @BatchNorm
    Layer normedPhrases();

    @GlobalAvgPool
    Layer words();

    @Flatten
    Layer flatWords();

    @Normalization(from = "numbers")
    Layer scaled();

    @Concat(from = {"flat", "scaled", "flatWords", "numbers"})
    Layer all();

    @Linear(out = 2)
    Layer out();
  }

  /** What {@link Mixed} computes of an image. */
  @Network(
      input = {1, 8, 8},
      dtype = DType.FLOAT64)
  interface Image {
    @Normalization
    Layer pixels();

    @Conv2d(out = 4, kernel = 3, padding = 1, bias = false)
    Layer conv();

    @BatchNorm(activation = Activation.TANH)
    Layer normed();

    @MaxPool2d(kernel = 2)
    Layer pool();

    @Flatten
    Layer flat();
  }

  private static final int ROWS = 12;
  private static final float[] NUMBERS = Data.floats(1, ROWS * 4);
  private static final int[] CATEGORIES = Data.labels(2, ROWS * 2, 1000);

  @Test
  void aFitTakesTheArraysOrTheTensorsOfAllInputs() {
    InputsOfAnyShapeTest_ClickNetwork net = new InputsOfAnyShapeTest_ClickNetwork(1);
    InputsOfAnyShapeTest_ClickNetwork other = net.copy();
    int n = 10;

    net.fitNormalization(NUMBERS, CATEGORIES, n);
    other.fitNormalization(
        Tensor.of(Arrays.copyOf(NUMBERS, n * 4), n, 4),
        Tensor.of(Arrays.copyOf(CATEGORIES, n * 2)).unflatten(0, n, 2));

    for (int i = 0; i < 4; i++) {
      double mean = 0;
      for (int r = 0; r < n; r++) {
        mean += NUMBERS[r * 4 + i] / (double) n;
      }
      double variance = 0;
      for (int r = 0; r < n; r++) {
        variance += Math.pow(NUMBERS[r * 4 + i] - mean, 2) / n;
      }
      assertThat(net.scaled().buffers().get("mean").get(i)).isCloseTo(mean, within(1e-6));
      assertThat(net.scaled().buffers().get("std").get(i))
          .isCloseTo(Math.sqrt(variance), within(1e-6));
    }
    assertThat(other.scaled().buffers()).isEqualTo(net.scaled().buffers());
    assertThat(other.forward(NUMBERS, CATEGORIES)).isEqualTo(net.forward(NUMBERS, CATEGORIES));
  }

  @Test
  void aRefusedFitNamesTheInputAndChangesNothing() {
    InputsOfAnyShapeTest_ClickNetwork net = new InputsOfAnyShapeTest_ClickNetwork(1);
    float[] bad = NUMBERS.clone();
    bad[6] = Float.NaN;
    int[] outside = CATEGORIES.clone();
    outside[3] = 1000;
    Tensor numbers = Tensor.of(NUMBERS, ROWS, 4);
    Tensor categories = Tensor.of(CATEGORIES).unflatten(0, ROWS, 2);

    assertThatThrownBy(() -> net.fitNormalization(bad, CATEGORIES, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "numbers has the value NaN in row 1 at place 2, expected finite values: the normalization \"scaled\" would make every output NaN");
    assertThatThrownBy(() -> net.fitNormalization(NUMBERS, outside, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("categories at row 1, place 1 is 1000, expected a class index");
    assertThatThrownBy(
            () -> net.fitNormalization(numbers, Tensor.of(outside).unflatten(0, ROWS, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("categories at row 1, place 1 is 1000, expected a class index");
    assertThatThrownBy(() -> net.fitNormalization(NUMBERS, CATEGORIES, ROWS + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> net.fitNormalization(NUMBERS, new int[1], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("categories");
    assertThatThrownBy(() ->
            net.fitNormalization(numbers, Tensor.of(new long[] {1, 2, 3, 4}).unflatten(0, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("categories");
    assertThatThrownBy(() -> net.fitNormalization(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("inputs holds 1 tensors, expected 2");
    assertThat(net.scaled().buffers())
        .isEqualTo(new InputsOfAnyShapeTest_ClickNetwork(1).scaled().buffers());
  }

  @Test
  void aNetworkOfNumbersAndCategoriesLearns() {
    InputsOfAnyShapeTest_ClickNetwork net = new InputsOfAnyShapeTest_ClickNetwork(1);
    InputsOfAnyShapeTest_ClickNetwork.Trainer trainer = net.trainer(Sgd.of(0.2), ROWS);
    float[] y = new float[ROWS];
    for (int r = 0; r < ROWS; r++) {
      y[r] = r % 2;
    }
    net.fitNormalization(NUMBERS, CATEGORIES, ROWS);
    double before = trainer.evaluate(NUMBERS, CATEGORIES, y);
    for (int step = 0; step < 60; step++) {
      trainer.step(NUMBERS, CATEGORIES, y);
    }

    assertThat(trainer.evaluate(NUMBERS, CATEGORIES, y)).isLessThan((float) (before / 2));
    assertThat(AllocatedBytes.least(() -> trainer.step(NUMBERS, CATEGORIES, y))).isZero();
  }

  @Test
  void aFrozenEmbeddingStaysAndTheRestLearns() {
    InputsOfAnyShapeTest_ClickNetwork net = new InputsOfAnyShapeTest_ClickNetwork(1);
    InputsOfAnyShapeTest_ClickNetwork.Trainer trainer = net.trainer(Sgd.of(0.2), ROWS);
    Tensor embedded = copy(net.embedded().weight());
    Tensor hidden = copy(net.hidden().weight());
    trainer.freeze("embedded");
    trainer.step(NUMBERS, CATEGORIES, new float[ROWS]);

    assertThat(net.embedded().weight()).isEqualTo(embedded);
    assertThat(net.hidden().weight()).isNotEqualTo(hidden);
    trainer.unfreeze("embedded");
    trainer.step(NUMBERS, CATEGORIES, new float[ROWS]);
    assertThat(net.embedded().weight()).isNotEqualTo(embedded);
    assertThatThrownBy(() -> trainer.freeze("numbers"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "no layer with parameters or running statistics is named \"numbers\"");
  }

  @Test
  void aMapBesideNumbersIsThatOfANetworkOfImages() {
    InputsOfAnyShapeTest_MixedNetwork net = mixed();
    InputsOfAnyShapeTest_ImageNetwork alone = new InputsOfAnyShapeTest_ImageNetwork(2);
    alone.conv().weight().copyFrom(net.conv().weight().toDoubleArray());
    alone.normed().weight().copyFrom(net.normed().weight().toDoubleArray());
    alone.normed().bias().copyFrom(net.normed().bias().toDoubleArray());
    Tensor[] x = inputs(3);
    double[] image = x[0].toDoubleArray();
    alone.fitNormalization(image, 3);
    double[] flat = alone.forward(image);
    // the tokens add the same in all rows
    double[] y = net.forward(x).toDoubleArray();
    Tensor w = net.out().weight();
    double[] rest = new double[2];
    for (int r = 0; r < 3; r++) {
      for (int o = 0; o < 2; o++) {
        double sum = y[r * 2 + o];
        for (int i = 0; i < 64; i++) {
          sum -= w.get(o, i) * flat[r * 64 + i];
        }
        for (int i = 0; i < 3; i++) {
          double number = x[1].get(r, i);
          double mean = net.scaled().buffers().get("mean").get(i);
          double std = net.scaled().buffers().get("std").get(i);
          sum -= w.get(o, 64 + i) * (number - mean) / std + w.get(o, 74 + i) * number;
        }
        rest[o] = r == 0 ? sum : rest[o];
        assertThat(sum).isCloseTo(rest[o], within(1e-12));
      }
    }
    assertThat(net.forward(Tensor.of(image, 3, 64), x[1], x[2])).isEqualTo(net.forward(x));
  }

  @Test
  void gradientsOfImagesNumbersAndTokensAreSlopes() {
    InputsOfAnyShapeTest_MixedNetwork net = mixed();
    Trainer trainer = net.trainer(Sgd.of(0.1), 3);
    Tensor[] x = inputs(3);
    Tensor y = Tensor.of(new double[] {1, -1, 0.5, 2, 0, 1}, 3, 2);
    trainer.forward(x);
    trainer.loss(y);
    trainer.backward();
    Map<String, Tensor> gradients = Map.of(
        "embedded.weight", copy(trainer.gradient("embedded.weight")),
        "phrases.weight", copy(trainer.gradient("phrases.weight")),
        "conv.weight", copy(trainer.gradient("conv.weight")),
        "out.weight", copy(trainer.gradient("out.weight")));
    List<Tensor> ofInputs =
        List.of(copy(trainer.inputGradient("image")), copy(trainer.inputGradient("numbers")));
    assertThat(ofInputs.get(0).shape()).containsExactly(3, 1, 8, 8);

    gradients.forEach((name, gradient) ->
        requireSlopes(name, net.parameters().get(name), gradient, trainer, x, y));
    requireSlopes("image", x[0], ofInputs.get(0), trainer, x, y);
    requireSlopes("numbers", x[1], ofInputs.get(1), trainer, x, y);
    assertThatThrownBy(() -> trainer.inputGradient("tokens"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void requireSlopes(
      String name, Tensor of, Tensor gradient, Trainer trainer, Tensor[] x, Tensor y) {
    double h = 1e-6;
    double[] values = of.toDoubleArray();
    double[] found = gradient.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + h;
      of.copyFrom(values);
      trainer.forward(x);
      double above = trainer.loss(y);
      values[i] = value - h;
      of.copyFrom(values);
      trainer.forward(x);
      double below = trainer.loss(y);
      values[i] = value;
      of.copyFrom(values);
      assertThat(found[i]).as(name + i).isCloseTo((above - below) / (2 * h), within(1e-7));
    }
  }

  private static InputsOfAnyShapeTest_MixedNetwork mixed() {
    InputsOfAnyShapeTest_MixedNetwork net = new InputsOfAnyShapeTest_MixedNetwork(1);
    net.fitNormalization(inputs(3));
    return net;
  }

  /** Images, numbers, and the same tokens in each row. */
  private static Tensor[] inputs(int n) {
    int[] tokens = new int[n * 5];
    Arrays.setAll(tokens, i -> i % 5 * 7 % 4);
    return new Tensor[] {
      Tensor.of(Data.floats(3, n * 64), n, 1, 8, 8).to(DType.FLOAT64),
      Tensor.of(Data.floats(4, n * 3), n, 3).to(DType.FLOAT64),
      Tensor.of(tokens).unflatten(0, n, 5)
    };
  }

  private static Tensor copy(Tensor tensor) {
    return tensor.to(tensor.dtype());
  }

  @Test
  void allFormsOfACallHaveTheSameBits() {
    InputsOfAnyShapeTest_MixedNetwork net = mixed();
    Tensor[] x = inputs(3);
    double[] image = x[0].toDoubleArray();
    double[] numbers = x[1].toDoubleArray();
    int[] tokens = new int[15];
    Arrays.setAll(tokens, i -> (int) x[2].getLong(i / 5, i % 5));
    double[] y = {1, 2, 3, 4, 5, 6};
    Model copy = net.copy();

    assertThat(net.forward(image, numbers, tokens)).isEqualTo(net.forward(x).toDoubleArray());
    assertThat(net.forward(
            Arrays.copyOf(image, 64), Arrays.copyOf(numbers, 3), Arrays.copyOf(tokens, 5)))
        .isEqualTo(Arrays.copyOf(net.forward(x).toDoubleArray(), 2));
    assertThat(net.trainer(Sgd.of(0.1), 3).step(image, numbers, tokens, y))
        .isEqualTo(copy.trainer(Sgd.of(0.1), 3).step(x, Tensor.of(y, 3, 2)));
    assertThat(copy.parameters()).isEqualTo(net.parameters());
    assertThat(copy.forward(x)).isEqualTo(net.forward(x));
  }
}
