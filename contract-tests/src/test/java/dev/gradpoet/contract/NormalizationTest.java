package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.Add;
import dev.gradpoet.DType;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.Normalization;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Normalization of the input by constants that are fitted, not trained. */
class NormalizationTest {

  @Network(input = 3, loss = Loss.MSE)
  interface Scaled {
    @Normalization
    Layer scaled();

    @Linear(out = 2)
    Layer out();
  }

  @Network(input = 3, dtype = DType.FLOAT64)
  interface Twice {
    @Linear(out = 3)
    Layer hidden();

    @Normalization(from = "input", activation = Activation.TANH)
    Layer bounded();

    @Add(from = {"hidden", "bounded"})
    Layer sum();
  }

  @Network(
      input = {2, 3},
      dtype = DType.FLOAT64)
  interface Channels {
    @Normalization(
        mean = {1, 2},
        std = {0.5, 4},
        activation = Activation.SOFTMAX)
    Layer scaled();

    @Linear(out = 1)
    Layer out();
  }

  /** More constants than a statement of the generated class sets. */
  @Network(input = 19)
  interface Constants {
    @Normalization(
        mean = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18},
        std = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    Layer scaled();

    @Linear(out = 1)
    Layer out();
  }

  /** The deviations of the values are sqrt(3.5), 0 and 1. */
  private static final float[] X = {1, 7, 4, 2, 7, 6, 3, 7, 4, 6, 7, 6};

  @TempDir
  private Path directory;

  private final NormalizationTest_ScaledNetwork net = new NormalizationTest_ScaledNetwork(5);

  @Test
  void aNormalizationDescribesItselfAndIsTheIdentityAtFirst() {
    assertThat(net.scaled().type()).isEqualTo("Normalization");
    assertThat(net.scaled().options()).isEmpty();
    assertThat(net.scaled().parameters()).isEmpty();
    assertThat(net.scaled().buffers())
        .containsExactly(
            Map.entry("mean", Tensor.of(0f, 0, 0)), Map.entry("std", Tensor.of(1f, 1, 1)));
    assertThat(net.summary().lines())
        .contains("├─Normalization (scaled): 1-1            [1, 3]                    --");
  }

  @Test
  void aFitSetsMeanAndPopulationDeviationAndADeviationOfZeroCountsAsOne() {
    net.fitNormalization(X, 4);

    assertThat(net.scaled().buffers().get("mean")).isEqualTo(Tensor.of(3f, 7, 5));
    assertThat(net.scaled().buffers().get("std"))
        .isEqualTo(Tensor.of((float) Math.sqrt(3.5), 1, 1));
    float[] w = net.out().weight().toFloatArray();
    float[] b = net.out().bias().toFloatArray();
    float[] y = net.forward(new float[] {6, 7, 4});
    for (int o = 0; o < 2; o++) {
      assertThat(y[o])
          .isCloseTo((float) (w[3 * o] * 3 / Math.sqrt(3.5) - w[3 * o + 2] + b[o]), within(1e-6f));
    }
    net.fitNormalization(X, 1);
    assertThat(net.scaled().buffers().get("mean")).isEqualTo(Tensor.of(1f, 7, 4));
    assertThat(net.scaled().buffers().get("std")).isEqualTo(Tensor.of(1f, 1, 1));
  }

  @Test
  void aTensorFitsEveryNormalization() {
    NormalizationTest_TwiceNetwork twice = new NormalizationTest_TwiceNetwork(1);
    Tensor x = Tensor.of(X, 4, 3).to(DType.FLOAT64);

    twice.fitNormalization(x);

    assertThat(twice.bounded().buffers().get("std")).isEqualTo(Tensor.of(Math.sqrt(3.5), 1, 1));
    assertThatThrownBy(() -> twice.fitNormalization(Tensor.of(X, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x is FLOAT32 of shape [4, 3], expected FLOAT64 of shape [n, 3]");
    assertThatThrownBy(() -> net.fitNormalization(X, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> net.fitNormalization(X, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Nets_ClassesNetwork(1).fitNormalization(Tensor.zeros(DType.FLOAT32, 2, 5)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the network has no normalization to fit: declare one with @Normalization");
  }

  @Test
  void eachChannelHasAMeanAndADeviationOverRowsAndPositions() {
    NormalizationTest_ChannelsNetwork channels = new NormalizationTest_ChannelsNetwork(1);
    double[] x = {1, 2, 3, 5, 5, 5, 4, 4, 4, 5, 5, 5};
    assertThat(channels.scaled().shape()).containsExactly(2, 3);
    assertThat(channels.scaled().buffers())
        .containsExactly(Map.entry("mean", Tensor.of(1.0, 2)), Map.entry("std", Tensor.of(0.5, 4)));
    assertThat(channels.forward(x))
        .isEqualTo(channels.forward(Tensor.of(x, 2, 2, 3)).toDoubleArray());

    channels.fitNormalization(Tensor.of(x, 2, 2, 3));

    // sums of squares of the first channel: 4 + 1 + 0 + 1 + 1 + 1 around 3
    assertThat(channels.scaled().buffers().get("mean")).isEqualTo(Tensor.of(3.0, 5));
    assertThat(channels.scaled().buffers().get("std").toDoubleArray())
        .containsExactly(new double[] {Math.sqrt(8.0 / 6), 1}, within(1e-15));
    double s = Math.sqrt(8.0 / 6);
    double[] e = {Math.exp(-2 / s), Math.exp(-1 / s), 1};
    double[] w = channels.out().weight().toDoubleArray();
    double sum = e[0] + e[1] + e[2];
    assertThat(channels.forward(x)[0])
        .isCloseTo(
            (w[0] * e[0] + w[1] * e[1] + w[2] * e[2]) / sum
                + channels.out().bias().get(0),
            within(1e-14));
    channels.fitNormalization(x, 1);
    assertThat(channels.scaled().buffers().get("mean")).isEqualTo(Tensor.of(2.0, 5));
  }

  @Test
  void constantsAreInitialValuesThatAFitAndAFileReplace() throws IOException {
    NormalizationTest_ConstantsNetwork constants = new NormalizationTest_ConstantsNetwork(1);
    for (int i = 0; i < 19; i++) {
      assertThat(constants.scaled().buffers().get("mean").get(i)).isEqualTo(i);
      assertThat(constants.scaled().buffers().get("std").get(i)).isEqualTo(i + 1);
    }
    Path file = directory.resolve("constants.safetensors");
    Safetensors.save(file, Map.of("scaled.mean", Tensor.zeros(DType.FLOAT32, 19)));
    Map<String, Tensor> tensors = new LinkedHashMap<>(constants.parameters());
    tensors.put("scaled.mean", Tensor.zeros(DType.FLOAT32, 19));
    Safetensors.save(file, tensors);
    constants.load(file);
    assertThat(constants.scaled().buffers().get("mean").get(18)).isZero();
    assertThat(constants.scaled().buffers().get("std").get(18)).isEqualTo(19);
    assertThat(constants.copy().scaled().buffers()).isEqualTo(constants.scaled().buffers());
  }

  @Test
  void aValueThatNeverChangesHasADeviationOfExactlyOneInDoubleToo() {
    NormalizationTest_TwiceNetwork twice = new NormalizationTest_TwiceNetwork(1);
    double[] x = new double[3 * 10];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 3 == 0 ? 0.1 : i % 3 == 1 ? 1e8 / 3 : i;
    }

    twice.fitNormalization(x, 10);

    assertThat(twice.bounded().buffers().get("mean").get(0)).isEqualTo(0.1);
    assertThat(twice.bounded().buffers().get("std").get(0)).isEqualTo(1);
    assertThat(twice.bounded().buffers().get("std").get(1)).isEqualTo(1);
    assertThat(twice.bounded().buffers().get("std").get(2))
        .isCloseTo(3 * Math.sqrt(99 / 12.0), within(1e-13));
  }

  @Test
  void aValueThatIsNotFiniteIsRefusedAndChangesNothing() {
    net.fitNormalization(X, 4);
    Tensor std = net.scaled().buffers().get("std").to(DType.FLOAT64);
    float[] x = X.clone();
    x[7] = Float.NaN;

    assertThatThrownBy(() -> net.fitNormalization(x, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "x has the value NaN in row 2 at place 1, expected finite values: the normalization \"scaled\" would make every output NaN");
    assertThat(net.scaled().buffers().get("std").to(DType.FLOAT64)).isEqualTo(std);
    net.fitNormalization(x, 2);
    assertThatThrownBy(() -> net.fitNormalization(Tensor.of(X, 4, 3), Tensor.of(X, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputs holds 2 tensors, expected 1, one for each input of the network");
    assertThatThrownBy(() -> net.fitNormalization(null, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("x");
  }

  @Test
  void trainingLeavesTheBuffersAndCopiesAndFilesHoldThem() throws IOException {
    net.fitNormalization(X, 4);
    Tensor std = net.scaled().buffers().get("std").to(DType.FLOAT64);
    net.trainer(Sgd.of(0.1), 4).step(X, new float[8]);
    Path file = directory.resolve("net.safetensors");
    net.save(file);
    NormalizationTest_ScaledNetwork loaded = new NormalizationTest_ScaledNetwork(9);
    loaded.load(file);

    assertThat(net.scaled().buffers().get("std").to(DType.FLOAT64)).isEqualTo(std);
    assertThat(net.copy().scaled().buffers()).isEqualTo(net.scaled().buffers());
    assertThat(loaded.scaled().buffers()).isEqualTo(net.scaled().buffers());
    assertThat(loaded.forward(X)).isEqualTo(net.forward(X));
  }

  @Test
  void buffersThatAFileLacksStay() throws IOException {
    net.fitNormalization(X, 4);
    Map<String, Tensor> before = new LinkedHashMap<>();
    net.scaled().buffers().forEach((name, view) -> before.put(name, view.to(view.dtype())));
    Path file = directory.resolve("net.safetensors");
    Safetensors.save(file, new NormalizationTest_ScaledNetwork(9).parameters());

    net.load(file);

    assertThat(net.parameters()).isEqualTo(new NormalizationTest_ScaledNetwork(9).parameters());
    assertThat(net.scaled().buffers()).isEqualTo(before);
  }

  @Test
  void stepsAllocateNothing() {
    NormalizationTest_ScaledNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 4);
    float[] y = new float[8];

    assertThat(AllocatedBytes.least(() -> trainer.step(X, y))).isZero();
  }
}
