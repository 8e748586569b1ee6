package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.Add;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.Conv2d;
import dev.gradpoet.DType;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch norms of signals and images, whose channels are normalized over all their positions. */
class BatchNormOfMapsTest {

  @Network(
      input = {1, 6, 6},
      loss = Loss.CROSS_ENTROPY)
  interface Images {
    @Conv2d(out = 5, kernel = 3, bias = false)
    Layer conv();

    @BatchNorm(momentum = 0.2, activation = Activation.RELU)
    Layer bn();

    @MaxPool2d(kernel = 2)
    Layer pool();

    @Flatten
    Layer flat();

    @Linear(out = 3)
    Layer logits();
  }

  /** All members; what the convolution computes is read by two norms and by a layer that reads it in row-major order. */
  @Network(
      input = {2, 4, 5},
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Branches {
    @Conv2d(out = 3, kernel = 2, activation = Activation.TANH)
    Layer conv();

    @BatchNorm(eps = 0.5, momentum = 0.3, affine = false, activation = Activation.SOFTMAX)
    Layer rows();

    @BatchNorm(from = "conv", activation = Activation.GELU)
    Layer bent();

    @Add(from = {"conv", "rows", "bent"})
    Layer sum();

    @BatchNorm(activation = Activation.SILU)
    Layer normed();
  }

  /** A convolution of few channels and many columns computes planes, with room behind each. */
  @Network(
      input = {1, 3, 11},
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Planes {
    @Conv2d(out = 2, kernel = 2)
    Layer conv();

    @BatchNorm(activation = Activation.GELU)
    Layer bent();

    @BatchNorm(affine = false)
    Layer plain();

    @Add(from = {"conv", "plain"})
    Layer sum();

    @BatchNorm(activation = Activation.SOFTMAX)
    Layer rows();
  }

  @Network(
      input = {2, 3},
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Signals {
    @BatchNorm
    Layer bn();
  }

  /** The same in float. */
  @Network(
      input = {2, 3},
      loss = Loss.MSE)
  interface FloatSignals {
    @BatchNorm
    Layer bn();
  }

  @Network(
      input = {2, 900},
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface LongSignals {
    @BatchNorm
    Layer bn();
  }

  @Network(
      input = {2, 900},
      loss = Loss.MSE)
  interface LongFloatSignals {
    @BatchNorm
    Layer bn();
  }

  /** The first norm has many values of a channel, the second has one a sample. */
  @Network(
      input = {2, 2, 2},
      loss = Loss.MSE)
  interface OnePosition {
    @BatchNorm
    Layer many();

    @Conv2d(out = 3, kernel = 2)
    Layer conv();

    @BatchNorm
    Layer one();
  }

  @TempDir
  private Path directory;

  private final BatchNormOfMapsTest_ImagesNetwork net = new BatchNormOfMapsTest_ImagesNetwork(3);
  private final BatchNormOfMapsTest_ImagesNetwork.Trainer trainer = net.trainer(Adam.of(0.01), 4);
  private final float[] x = Data.floats(1, 4 * 36);
  private final int[] y = {0, 2, 1, 1};

  @Test
  void aNormHasAWeightABiasAndStatisticsForEachChannel() {
    assertThat(net.bn().type()).isEqualTo("BatchNorm2d");
    assertThat(net.bn().options())
        .hasToString("{num_features=5, eps=1.0E-5, momentum=0.2, affine=true}");
    assertThat(net.bn().shape()).containsExactly(5, 4, 4);
    assertThat(net.bn().weight()).isEqualTo(Tensor.of(1f, 1, 1, 1, 1));
    assertThat(net.bn().buffers())
        .containsExactly(
            Map.entry("running_mean", Tensor.of(0f, 0, 0, 0, 0)),
            Map.entry("running_var", Tensor.of(1f, 1, 1, 1, 1)),
            Map.entry("num_batches_tracked", Tensor.zeros(DType.INT64)));
    assertThat(new BatchNormOfMapsTest_SignalsNetwork(1).bn().type()).isEqualTo("BatchNorm1d");
  }

  @Test
  void aChannelIsNormalizedOverSamplesAndPositions() {
    // torch.nn.BatchNorm1d(2) of [[[1, 2, 3], [0, 0, 6]], [[4, 4, 4], [0, 6, 0]]]: means 3 and 2,
    // biased variances 4 / 3 and 8
    BatchNormOfMapsTest_SignalsNetwork signals = new BatchNormOfMapsTest_SignalsNetwork(1);
    double[] values = {1, 2, 3, 0, 0, 6, 4, 4, 4, 0, 6, 0};
    BatchNormOfMapsTest_SignalsNetwork.Trainer of = signals.trainer(Sgd.of(0.1), 2);

    of.forward(values);

    double[] expected = new double[12];
    for (int i = 0; i < 12; i++) {
      boolean first = i / 3 % 2 == 0;
      expected[i] = first
          ? (values[i] - 3) / Math.sqrt(4.0 / 3 + 1e-5)
          : (values[i] - 2) / Math.sqrt(8 + 1e-5);
    }
    assertThat(of.output().toDoubleArray()).containsExactly(expected, within(1e-14));
    assertThat(signals.bn().buffers().get("running_mean").toDoubleArray())
        .containsExactly(new double[] {0.3, 0.2}, within(1e-15));
    assertThat(signals.bn().buffers().get("running_var").toDoubleArray())
        .containsExactly(new double[] {0.9 + 0.1 * 1.6, 0.9 + 0.1 * 9.6}, within(1e-15));
    assertThat(signals.bn().buffers().get("num_batches_tracked").getLong()).isEqualTo(1);
    double[] inferred = signals.forward(values);
    assertThat(inferred[0]).isCloseTo((1 - 0.3) / Math.sqrt(1.06 + 1e-5), within(1e-14));
    assertThat(inferred[3]).isCloseTo(-0.2 / Math.sqrt(1.86 + 1e-5), within(1e-14));
  }

  @Test
  void oneSampleWithSeveralPositionsIsABatch() {
    BatchNormOfMapsTest_FloatSignalsNetwork signals =
        new BatchNormOfMapsTest_FloatSignalsNetwork(1);
    BatchNormOfMapsTest_FloatSignalsNetwork.Trainer of = signals.trainer(Sgd.of(0.1), 2);

    of.forward(new float[] {1, 2, 3, 5, 5, 5});

    float large = (float) Math.sqrt(1.5);
    assertThat(of.output().toFloatArray())
        .containsExactly(new float[] {-large, 0, large, 0, 0, 0}, within(1e-5f));
  }

  @Test
  void aSingleValueOfAChannelIsRefusedByName() {
    BatchNormOfMapsTest_OnePositionNetwork one = new BatchNormOfMapsTest_OnePositionNetwork(1);
    try (Trainer of = one.trainer(Sgd.of(0.1), 2)) {
      Tensor row = new Generator().randn(DType.FLOAT32, 1, 2, 2, 2);
      Tensor before = one.many().buffers().get("running_mean").to(DType.FLOAT64);

      assertThatThrownBy(() -> of.forward(row))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the batch has 1 row, expected at least 2: the batch norm \"one\" normalizes by the variance of the batch in training");
      assertThat(one.many().buffers().get("running_mean").to(DType.FLOAT64)).isEqualTo(before);
      of.forward(new Generator().randn(DType.FLOAT32, 2, 2, 2, 2));
      assertThat(one.forward(row).shape()).containsExactly(1, 3, 1, 1);
    }
  }

  @Test
  void meansOfManyPositionsOfNearlyTheSameValueAreExact() {
    BatchNormOfMapsTest_LongSignalsNetwork exact = new BatchNormOfMapsTest_LongSignalsNetwork(1);
    BatchNormOfMapsTest_LongFloatSignalsNetwork floats =
        new BatchNormOfMapsTest_LongFloatSignalsNetwork(1);
    // a background of 0.1 and a few brighter values, as in images of digits
    float[] pixels = new float[64 * 1800];
    float[] dy = new float[64 * 1800];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 7 == 0 ? 0.1f + i % 5 * 0.02f : 0.1f;
      dy[i] = i % 3 == 0 ? 0.01f : 0.0101f;
    }
    Tensor images = Tensor.of(pixels, 64, 1800);
    Tensor gradient = Tensor.of(dy, 64, 1800);
    try (Trainer ofExact = exact.trainer(Sgd.of(0.1), 64);
        Trainer ofFloats = floats.trainer(Sgd.of(0.1), 64)) {
      ofExact.forward(images.to(DType.FLOAT64));
      ofFloats.forward(images);
      ofExact.backward(gradient.to(DType.FLOAT64));
      ofFloats.backward(gradient);

      assertThat(largestDifference(ofFloats.output(), ofExact.output())).isLessThan(1e-4);
      assertThat(largestDifference(ofFloats.inputGradient(), ofExact.inputGradient()))
          .isLessThan(1e-6);
    }
  }

  private static double largestDifference(Tensor one, Tensor other) {
    double[] values = one.toDoubleArray();
    double[] others = other.toDoubleArray();
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - others[i]));
    }
    return largest;
  }

  @Test
  void gradientsAreSlopesInPlanesToo() {
    Generator g = new Generator().manualSeed(6);
    Tensor images = g.randn(DType.FLOAT64, 3, 1, 3, 11);
    Tensor targets = g.randn(DType.FLOAT64, 3, 2, 2, 10);
    BatchNormOfMapsTest_PlanesNetwork planes = new BatchNormOfMapsTest_PlanesNetwork(4);
    requireSlopes(
        planes,
        images,
        targets,
        "conv.weight",
        "conv.bias",
        "bent.weight",
        "bent.bias",
        "rows.weight",
        "rows.bias");
    double[] all = planes.forward(images).toDoubleArray();
    double[] x = images.toDoubleArray();
    for (int r = 0; r < 3; r++) {
      assertThat(planes.forward(Arrays.copyOfRange(x, 33 * r, 33 * r + 33)))
          .containsExactly(Arrays.copyOfRange(all, 40 * r, 40 * r + 40));
    }
  }

  @Test
  void gradientsAreSlopes() {
    Generator g = new Generator().manualSeed(5);
    Tensor images = g.randn(DType.FLOAT64, 3, 2, 4, 5);
    Tensor targets = g.randn(DType.FLOAT64, 3, 3, 3, 4);
    requireSlopes(
        new BatchNormOfMapsTest_BranchesNetwork(4),
        images,
        targets,
        "conv.weight",
        "conv.bias",
        "bent.weight",
        "bent.bias",
        "normed.weight",
        "normed.bias");
  }

  private static void requireSlopes(Model model, Tensor images, Tensor targets, String... names) {
    try (Trainer of = model.trainer(Sgd.of(0.1), 3)) {
      of.forward(images);
      of.loss(targets);
      of.backward();
      Map<String, Tensor> parameters = model.parameters();
      assertThat(parameters).containsOnlyKeys(names);
      Tensor inputGradient = of.inputGradient().to(DType.FLOAT64);
      parameters.forEach((name, parameter) ->
          requireSlopes(parameter, of.gradient(name).toDoubleArray(), of, images, targets));
      requireSlopes(images, inputGradient.toDoubleArray(), of, images, targets);
    }
  }

  private static void requireSlopes(Tensor at, double[] gradient, Trainer of, Tensor x, Tensor y) {
    double[] values = at.toDoubleArray();
    double[] slopes = new double[values.length];
    double h = 1e-5;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + h;
      at.copyFrom(values);
      of.forward(x);
      double above = of.loss(y);
      values[i] = value - h;
      at.copyFrom(values);
      of.forward(x);
      slopes[i] = (above - of.loss(y)) / (2 * h);
      values[i] = value;
      at.copyFrom(values);
    }
    assertThat(gradient).containsExactly(slopes, within(1e-8));
  }

  @Test
  void aRowIsInferredAsInItsBatchAndAfterLoading() throws IOException {
    for (int i = 0; i < 5; i++) {
      trainer.step(x, y);
    }
    float[] all = net.forward(x);
    for (int r = 0; r < 4; r++) {
      assertThat(net.forward(Arrays.copyOfRange(x, 36 * r, 36 * r + 36)))
          .containsExactly(Arrays.copyOfRange(all, 3 * r, 3 * r + 3));
    }
    Path file = directory.resolve("images.safetensors");
    net.save(file);
    BatchNormOfMapsTest_ImagesNetwork loaded = new BatchNormOfMapsTest_ImagesNetwork(9);
    loaded.load(file);

    assertThat(loaded.bn().buffers()).isEqualTo(net.bn().buffers());
    assertThat(loaded.forward(x)).isEqualTo(all);
    assertThat(net.copy().forward(x)).isEqualTo(all);
    assertThat(trainer.evaluate(x, 4, y)).isEqualTo(net.evaluate(x, y));
  }

  @Test
  void stepsAllocateNothing() {
    assertThat(AllocatedBytes.least(() -> {
          trainer.step(x, y);
          trainer.step(x, 1, y);
          trainer.evaluate(x, 4, y);
        }))
        .isZero();
  }
}
