package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.AvgPool1d;
import dev.gradpoet.AvgPool2d;
import dev.gradpoet.Concat;
import dev.gradpoet.Conv1d;
import dev.gradpoet.Conv2d;
import dev.gradpoet.DType;
import dev.gradpoet.Flatten;
import dev.gradpoet.GlobalAvgPool;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.MaxPool1d;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions and pooling. */
class ConvolutionsTest {

  @Network(
      input = {1, 28, 28},
      loss = Loss.CROSS_ENTROPY)
  interface LeNet {
    @Conv2d(out = 6, kernel = 5, padding = 2, activation = Activation.RELU)
    Layer conv1();

    @MaxPool2d(kernel = 2)
    Layer pool1();

    @Conv2d(out = 16, kernel = 5, activation = Activation.RELU)
    Layer conv2();

    @MaxPool2d(kernel = 2)
    Layer pool2();

    @Flatten
    Layer flat();

    @Linear(out = 120, activation = Activation.RELU)
    Layer fc1();

    @Linear(out = 84, activation = Activation.RELU)
    Layer fc2();

    @Linear(out = 10)
    Layer logits();
  }

  /** All members, in double; the input is read by two layers. */
  @Network(
      input = {2, 7, 6},
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Images {
    @Conv2d(
        out = 3,
        kernel = {2, 3},
        stride = {1, 2},
        padding = {1, 0, 2, 1},
        dilation = {2, 1},
        activation = Activation.TANH)
    Layer conv();

    @AvgPool2d(
        kernel = {3, 2},
        stride = 1,
        padding = {1, 0, 0, 1},
        countIncludePad = false)
    Layer average();

    @MaxPool2d(kernel = 2, padding = 1, stride = 3, from = "conv", activation = Activation.SOFTMAX)
    Layer largest();

    @Flatten(from = "average")
    Layer flat();

    @Flatten(from = "largest")
    Layer others();

    @Concat(from = {"flat", "others"})
    Layer both();

    @Linear(out = 2)
    Layer result();
  }

  /** Signals, in double. */
  @Network(
      input = {2, 12},
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Signals {
    @Conv1d(
        out = 3,
        kernel = 3,
        padding = {2, 0},
        activation = Activation.GELU)
    Layer causal();

    @MaxPool1d(kernel = 2)
    Layer halved();

    @Conv1d(
        out = 4,
        kernel = 2,
        dilation = 3,
        stride = 2,
        bias = false,
        activation = Activation.SOFTMAX)
    Layer dilated();

    @AvgPool1d(
        kernel = 2,
        stride = 1,
        padding = {0, 1})
    Layer averages();

    @GlobalAvgPool
    Layer whole();

    @Flatten
    Layer flat();

    @Linear(out = 2)
    Layer result();
  }

  @Network(input = {2, 3, 4})
  interface Padded {
    @Conv2d(
        out = 3,
        kernel = {2, 3},
        padding = {1, 0, 2, 3})
    Layer conv();
  }

  /** What {@link Padded} computes from an input with its padding. */
  @Network(input = {2, 6, 7})
  interface Unpadded {
    @Conv2d(
        out = 3,
        kernel = {2, 3},
        activation = Activation.SOFTMAX)
    Layer conv();
  }

  /** A kernel as large as its input has one position. */
  @Network(
      input = {2, 3, 4},
      loss = Loss.MSE)
  interface OnePosition {
    @Conv2d(
        out = 3,
        kernel = {3, 4},
        activation = Activation.TANH)
    Layer conv();

    @Flatten
    Layer flat();
  }

  /** {@link OnePosition} as a linear layer. */
  @Network(input = 24, loss = Loss.MSE)
  interface AsLinear {
    @Linear(out = 3, activation = Activation.TANH)
    Layer linear();
  }

  @TempDir
  Path directory;

  private final ConvolutionsTest_LeNetNetwork net = new ConvolutionsTest_LeNetNetwork(42);
  private final Tensor images = new Generator().manualSeed(1).randn(DType.FLOAT32, 3, 1, 28, 28);

  @Test
  void initialParametersArePyTorchs() {
    // torch.manual_seed(7); torch.nn.Conv2d(2, 3, (2, 3))
    ConvolutionsTest_PaddedNetwork padded = new ConvolutionsTest_PaddedNetwork(7);

    assertThat(padded.conv().weight().shape()).containsExactly(3, 2, 2, 3);
    assertThat(padded.conv().weight().toFloatArray())
        .startsWith(
            0.020162538f, -0.17389606f, 0.09192091f, 0.09058064f, -0.15429018f, -0.043265816f)
        .endsWith(0.20550373f, 0.09935307f, 0.07312174f, 0.03987912f, 0.14071916f, 0.26512882f);
    assertThat(padded.conv().bias().toFloatArray())
        .containsExactly(-0.06423485f, -0.16082296f, -0.07262947f);
  }

  @Test
  void layersHaveTheShapesAndOptionsOfPyTorch() {
    assertThat(net.conv1().shape()).containsExactly(6, 28, 28);
    assertThat(net.pool1().shape()).containsExactly(6, 14, 14);
    assertThat(net.conv2().shape()).containsExactly(16, 10, 10);
    assertThat(net.flat().shape()).containsExactly(400);
    assertThat(net.conv1().type()).isEqualTo("Conv2d");
    assertThat(net.conv1().options())
        .containsEntry("in_channels", 1)
        .containsEntry("out_channels", 6)
        .containsEntry("kernel_size", List.of(5, 5))
        .containsEntry("padding", List.of(2, 2));
    assertThat(net.pool1().type()).isEqualTo("MaxPool2d");
    // 156 parameters at 784 positions, 2416 at 100, and 59134 of linear layers
    assertThat(net.summary().lines()).contains("Total mult-adds (k): 423.04");
  }

  @Test
  void arraysTensorsAndRowsGiveTheSame() {
    Tensor y = net.forward(images);

    assertThat(net.forward(images.toFloatArray())).isEqualTo(y.toFloatArray());
    float[] row = new float[10];
    net.predictor().forward(image(2), row);
    assertThat(row).isEqualTo(Arrays.copyOfRange(y.toFloatArray(), 20, 30));
  }

  private float[] image(int index) {
    return Arrays.copyOfRange(images.toFloatArray(), index * 784, (index + 1) * 784);
  }

  @Test
  void aNetworkIsSavedLoadedAndCopied() throws IOException {
    Path file = directory.resolve("lenet.safetensors");
    net.save(file);
    ConvolutionsTest_LeNetNetwork loaded = new ConvolutionsTest_LeNetNetwork(1);
    loaded.load(file);

    assertThat(loaded.parameters()).isEqualTo(net.parameters());
    assertThat(loaded.copy().forward(images)).isEqualTo(net.forward(images));
  }

  @Test
  void nothingIsAllocated() {
    float[] x = images.toFloatArray();
    float[] y = new float[3 * 10];
    int[] classes = {1, 7, 4};
    ConvolutionsTest_LeNetNetwork.Predictor predictor = net.predictor();
    ConvolutionsTest_LeNetNetwork.Trainer trainer = net.copy().trainer(Sgd.of(0.01), 3);

    assertThat(AllocatedBytes.least(() -> predictor.forward(x, y))).isZero();
    assertThat(AllocatedBytes.least(() -> trainer.step(x, classes))).isZero();
  }

  @Test
  void paddingIsZerosAroundTheInputOnEachSide() {
    ConvolutionsTest_PaddedNetwork padded = new ConvolutionsTest_PaddedNetwork(7);
    ConvolutionsTest_UnpaddedNetwork unpadded = new ConvolutionsTest_UnpaddedNetwork(7);
    Tensor x = new Generator().manualSeed(3).randn(DType.FLOAT32, 2, 2, 3, 4);
    Tensor with = Tensor.zeros(DType.FLOAT32, 2, 2, 6, 7);
    for (int i = 0; i < x.size(); i++) {
      with.set(
          x.get(i / 24, i / 12 % 2, i / 4 % 3, i % 4), i / 24, i / 12 % 2, i / 4 % 3 + 1, i % 4);
    }

    // a softmax of a map is one of its last dimension
    assertThat(unpadded.forward(with).toFloatArray())
        .containsExactly(Functional.softmax(padded.forward(x), -1).toFloatArray(), within(1e-6f));
  }

  @Test
  void aConvolutionOfOnePositionIsALinearLayer() {
    ConvolutionsTest_OnePositionNetwork conv = new ConvolutionsTest_OnePositionNetwork(7);
    ConvolutionsTest_AsLinearNetwork linear = new ConvolutionsTest_AsLinearNetwork(7);
    Tensor x = new Generator().manualSeed(3).randn(DType.FLOAT32, 2, 24);
    Tensor y = Tensor.zeros(DType.FLOAT32, 2, 3);

    assertThat(conv.conv().shape()).containsExactly(3, 1, 1);
    try (Trainer ofConv = conv.trainer(Sgd.of(0.1), 2);
        Trainer ofLinear = linear.trainer(Sgd.of(0.1), 2)) {
      assertThat(ofConv.step(x, y)).isCloseTo(ofLinear.step(x, y), within(1e-6));
      assertThat(ofConv.step(x, y)).isCloseTo(ofLinear.step(x, y), within(1e-6));
    }
    assertThat(conv.forward(x).toFloatArray())
        .containsExactly(linear.forward(x).toFloatArray(), within(1e-6f));
  }

  @Test
  void aWindowWithANanHasTheLargestValueNan() {
    float[] x = image(0);
    x[10 * 28 + 10] = Float.NaN;

    assertThat(net.forward(x)).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientsAreSlopes(boolean ofImages) {
    Model model =
        ofImages ? new ConvolutionsTest_ImagesNetwork(4) : new ConvolutionsTest_SignalsNetwork(4);
    Generator g = new Generator().manualSeed(5);
    Tensor x = ofImages ? g.randn(DType.FLOAT64, 3, 2, 7, 6) : g.randn(DType.FLOAT64, 3, 2, 12);
    Tensor y = g.randn(DType.FLOAT64, 3, 2);
    try (Trainer trainer = model.trainer(Sgd.of(0.1), 3)) {
      trainer.zeroGrad();
      trainer.forward(x);
      trainer.loss(y);
      trainer.backward();
      Map<String, Tensor> values = new TreeMap<>(model.parameters());
      for (Map.Entry<String, Tensor> parameter : values.entrySet()) {
        requireSlopes(
            parameter.getValue(),
            trainer.gradient(parameter.getKey()).toDoubleArray(),
            model,
            x,
            y);
      }
      requireSlopes(x, trainer.inputGradient().toDoubleArray(), model, x, y);
    }
  }

  private static void requireSlopes(Tensor at, double[] gradient, Model model, Tensor x, Tensor y) {
    double[] values = at.toDoubleArray();
    double[] slopes = new double[values.length];
    double h = 1e-6;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + h;
      at.copyFrom(values);
      double above = model.evaluate(x, y);
      values[i] = value - h;
      at.copyFrom(values);
      slopes[i] = (above - model.evaluate(x, y)) / (2 * h);
      values[i] = value;
      at.copyFrom(values);
    }
    assertThat(gradient).containsExactly(slopes, within(1e-8));
  }
}
