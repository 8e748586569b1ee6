package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activate;
import dev.gradpoet.Activation;
import dev.gradpoet.Concat;
import dev.gradpoet.DType;
import dev.gradpoet.Dropout;
import dev.gradpoet.Flatten;
import dev.gradpoet.LayerNorm;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.LossOptions;
import dev.gradpoet.Network;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose input or output is not a vector. */
class ShapesTest {

  @Network(
      input = {2, 3, 4},
      loss = Loss.CROSS_ENTROPY)
  interface Images {
    @Activate(Activation.TANH)
    Layer squashed();

    @Concat(from = {"squashed", "input"})
    Layer both();

    @Dropout(p = 0.25)
    Layer dropped();

    @Flatten
    Layer flat();

    @Linear(out = 5)
    Layer logits();
  }

  /** The output is a map: rows of the last dimension, each with a softmax. */
  @Network(
      input = {3, 6},
      loss = Loss.MSE)
  @LossOptions(reduction = Reduction.NONE)
  interface Signals {
    @Linear(out = 5, activation = Activation.GELU)
    Layer features();

    @LayerNorm(dims = 2)
    Layer whole();

    @Linear(out = 4, bias = false, activation = Activation.SOFTMAX)
    Layer shares();
  }

  @TempDir
  Path directory;

  private final ShapesTest_ImagesNetwork net = new ShapesTest_ImagesNetwork(42);
  private final Tensor images = new Generator().manualSeed(1).randn(DType.FLOAT32, 3, 2, 3, 4);

  @Test
  void layersAndInputsHaveTheirShapes() {
    assertThat(ShapesTest_ImagesNetwork.INPUTS).isEqualTo(24);
    assertThat(net.architecture().inputs().get(0).shape()).containsExactly(2, 3, 4);
    assertThat(net.architecture().outputShape()).containsExactly(5);
    assertThat(net.squashed().shape()).containsExactly(2, 3, 4);
    assertThat(net.both().shape()).containsExactly(4, 3, 4);
    assertThat(net.dropped().shape()).containsExactly(4, 3, 4);
    assertThat(net.flat().shape()).containsExactly(48);
    assertThat(net.flat().type()).isEqualTo("Flatten");
    assertThat(net.flat().parameters()).isEmpty();
    assertThat(net.logits().options()).containsEntry("in_features", 48);
    assertThat(net.summary().lines())
        .contains("├─Concat (both): 1-2                     [1, 4, 3, 4]              --")
        .contains("├─Flatten (flat): 1-4                    [1, 48]                   --");
  }

  @Test
  void samplesMayBeShapedOrFlatAndOneMayStandAlone() {
    Tensor y = net.forward(images);
    float[] flat = images.toFloatArray();

    assertThat(y.shape()).containsExactly(3, 5);
    assertThat(net.forward(Tensor.of(flat, 3, 24))).isEqualTo(y);
    assertThat(net.forward(flat)).isEqualTo(y.toFloatArray());
    assertThat(net.predictor().forward(images)).isEqualTo(y);
    Tensor one = Tensor.view(flat, 2, 3, 4);
    assertThat(net.forward(one).shape()).containsExactly(5);
    assertThat(net.predictor().forward(Tensor.view(flat, 24)).shape()).containsExactly(5);
    assertThat(net.predictor().predictClass(one)).isEqualTo(net.predictClasses(flat)[0]);
  }

  @Test
  void otherShapesAreRefusedByName() {
    assertThatThrownBy(() -> net.forward(Tensor.zeros(DType.FLOAT32, 3, 4, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "x is FLOAT32 of shape [3, 4, 2], expected FLOAT32 of shape [n, 2, 3, 4] or [n, 24] or [2, 3, 4] or [24]");
    try (Trainer trainer = net.trainer(Sgd.of(0.1), 4)) {
      assertThatThrownBy(() ->
              trainer.step(Tensor.zeros(DType.FLOAT32, 2, 3, 4), Tensor.zeros(DType.INT64, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "x is FLOAT32 of shape [2, 3, 4], expected FLOAT32 of shape [n, 2, 3, 4] or [n, 24]");
    }
  }

  @Test
  void aTrainerTakesAndGivesShapes() {
    Tensor classes = Tensor.of(0, 4, 2);
    try (ShapesTest_ImagesNetwork.Trainer shaped = net.copy().trainer(Sgd.of(0.1), 3);
        ShapesTest_ImagesNetwork.Trainer flat = net.copy().trainer(Sgd.of(0.1), 3)) {
      double loss = shaped.step(images, classes);
      assertThat(flat.step(images.toFloatArray(), new int[] {0, 4, 2})).isEqualTo((float) loss);
      shaped.forward(images);
      shaped.loss(classes);
      shaped.backward();
      assertThat(shaped.inputGradient().shape()).containsExactly(3, 2, 3, 4);
    }
  }

  @Test
  void aLinearLayerAndASoftmaxWorkOnTheLastDimension() {
    ShapesTest_SignalsNetwork signals = new ShapesTest_SignalsNetwork(7);
    Tensor x = new Generator().manualSeed(2).randn(DType.FLOAT32, 2, 3, 6);

    assertThat(signals.features().shape()).containsExactly(3, 5);
    assertThat(signals.features().options()).containsEntry("in_features", 6);
    assertThat(signals.whole().options()).containsEntry("normalized_shape", List.of(3, 5));
    assertThat(signals.whole().weight().shape()).containsExactly(3, 5);
    assertThat(signals.parameters().get("whole.bias").shape()).containsExactly(3, 5);
    Tensor y = signals.forward(x);
    assertThat(y.shape()).containsExactly(2, 3, 4);
    for (int r = 0; r < 6; r++) {
      double sum = 0;
      for (int o = 0; o < 4; o++) {
        sum += y.get(r / 3, r % 3, o);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
    float[] one = new float[12];
    signals.predictor().forward(Arrays.copyOf(x.toFloatArray(), 18), one);
    assertThat(one).isEqualTo(Arrays.copyOf(y.toFloatArray(), 12));
    assertThatThrownBy(() -> signals.predictor().predictClass(new float[18]))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "the output has the shape [3, 4], and only the values of a vector stand for classes: call forward(x), or end the network with a @Flatten layer");
  }

  @Test
  void anOutputOfSeveralRowsIsTrainedOnValuesOfItsShape() throws IOException {
    ShapesTest_SignalsNetwork signals = new ShapesTest_SignalsNetwork(7);
    Tensor x = new Generator().manualSeed(2).randn(DType.FLOAT32, 2, 3, 6);
    Tensor target = Tensor.zeros(DType.FLOAT32, 2, 3, 4);
    try (Trainer trainer = signals.trainer(Sgd.of(0.5), 2)) {
      trainer.forward(x);
      double before = trainer.loss(target);
      assertThat(trainer.losses().shape()).containsExactly(2, 3, 4);
      trainer.backward();
      assertThat(trainer.gradient("whole.weight").shape()).containsExactly(3, 5);
      assertThat(trainer.inputGradient().shape()).containsExactly(2, 3, 6);
      trainer.step(x, target);
      assertThat(signals.evaluate(x, target)).isLessThan(before);
    }
    Path file = directory.resolve("signals.safetensors");
    signals.save(file);
    ShapesTest_SignalsNetwork loaded = new ShapesTest_SignalsNetwork(1);
    loaded.load(file);
    assertThat(loaded.parameters()).isEqualTo(signals.parameters());
    assertThat(loaded.copy().forward(x)).isEqualTo(signals.forward(x));
  }
}
