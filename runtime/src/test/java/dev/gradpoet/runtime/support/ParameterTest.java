package dev.gradpoet.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.training.Clipping;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters in the layout of the kernels, behind views in PyTorch's. */
class ParameterTest {

  @Test
  void aWeightByInputIsSeenTransposed() {
    FloatParameter weight = FloatParameter.byInput("hidden", "weight", 3, 2);
    weight.rows[2][1] = 5;
    weight.view().set(7, 0, 1);

    assertThat(weight.view().shape()).containsExactly(2, 3);
    assertThat(weight.view().get(1, 2)).isEqualTo(5);
    assertThat(weight.rows[1][0]).isEqualTo(7);
  }

  @Test
  void aWeightByOutputIsSeenAsItIs() {
    DoubleParameter weight = DoubleParameter.byOutput("narrow", "weight", 3, 2);
    weight.rows[1][2] = 5;
    weight.view().copyFrom(new double[] {1, 2, 3, 4, 5, 6});

    assertThat(weight.view().shape()).containsExactly(2, 3);
    assertThat(Arrays.copyOf(weight.rows[1], 3)).containsExactly(4, 5, 6);
  }

  @Test
  void aVectorIsOneRow() {
    FloatParameter bias = FloatParameter.vector("hidden", "bias", 3);
    bias.view().set(7, 1);

    assertThat(bias.view().shape()).containsExactly(3);
    assertThat(bias.rows).hasDimensions(1, 16);
    assertThat(bias.values).isSameAs(bias.rows[0]);
    assertThat(bias.values[1]).isEqualTo(7);
    assertThat(bias.like().view().shape()).containsExactly(3);
  }

  @Test
  void aStatisticIsNotTrained() {
    FloatParameter mean = FloatParameter.statistic("norm", "running_mean", 3);

    assertThat(mean.isTrained()).isFalse();
    assertThat(mean.like().isTrained()).isFalse();
    assertThat(DoubleParameter.statistic("norm", "running_mean", 3).isTrained()).isFalse();
    assertThat(FloatParameter.vector("norm", "weight", 3).isTrained()).isTrue();
  }

  @Test
  void rowsArePaddedToWholeVectorsAndThePaddingStaysZero() {
    FloatParameter weight = FloatParameter.byInput("a", "weight", 3, 17);
    FloatParameter bias = FloatParameter.vector("a", "bias", 17);
    new Generator().manualSeed(1).uniform(weight.view(), 1, 2);
    new Generator().manualSeed(1).uniform(bias.view(), 1, 2);

    assertThat(weight.rows).hasDimensions(3, 32);
    assertThat(bias.values).hasSize(32);
    for (float[] row : weight.rows) {
      assertThat(Arrays.copyOfRange(row, 17, 32)).containsOnly(0);
      assertThat(Arrays.copyOf(row, 17)).doesNotContain(0);
    }
    assertThat(Arrays.copyOfRange(bias.values, 17, 32)).containsOnly(0);
  }

  @Test
  void copyFromTakesTheValuesAndZeroForgetsThem() {
    FloatParameter from = FloatParameter.byInput("a", "weight", 4, 3);
    Initialization.pytorchDefault(new Generator().manualSeed(1), from);
    FloatParameter to = from.like();
    assertThat(to.isZero()).isTrue();
    to.copyFrom(from);
    assertThat(to.view()).isEqualTo(from.view());
    from.zero();
    assertThat(from.view().toFloatArray()).containsOnly(0);
    assertThat(to.view().toFloatArray()).doesNotContain(0);
    assertThat(to.isZero()).isFalse();
  }

  @Test
  void namesAreThoseOfPyTorchInOrder() {
    assertThat(NamedTensors.of(List.of(
                FloatParameter.byInput("a", "weight", 2, 2),
                FloatParameter.vector("a", "bias", 2),
                FloatParameter.byOutput("b", "weight", 2, 1)))
            .keySet())
        .containsExactly("a.weight", "a.bias", "b.weight");
  }

  @Test
  void initialWeightsAreDrawnInPyTorchsOrderWhateverTheLayout() {
    FloatParameter byInput = FloatParameter.byInput("a", "weight", 4, 3);
    FloatParameter byOutput = FloatParameter.byOutput("a", "weight", 4, 3);
    Initialization.pytorchDefault(new Generator().manualSeed(5), byInput);
    Initialization.pytorchDefault(new Generator().manualSeed(5), byOutput);

    assertThat(byInput.view()).isEqualTo(byOutput.view());
    Tensor stream = new Generator().manualSeed(5).rand(12);
    assertThat(byInput.view().get(0, 1)).isCloseTo(stream.get(1) - 0.5, within(1e-7));
  }

  @Test
  void aWeightInPanelsHoldsTheSameValues() {
    for (boolean byInput : new boolean[] {true, false}) {
      int in = byInput ? 5 : 90;
      int out = byInput ? 90 : 5;
      FloatParameter rows = byInput
          ? FloatParameter.byInput("a", "weight", in, out)
          : FloatParameter.byOutput("a", "weight", in, out);
      FloatParameter panels = byInput
          ? FloatParameter.byInput("a", "weight", in, out, 64)
          : FloatParameter.byOutput("a", "weight", in, out, 64);
      Initialization.pytorchDefault(new Generator().manualSeed(5), rows);
      Initialization.pytorchDefault(new Generator().manualSeed(5), panels);

      assertThat(panels.rows.length).isEqualTo(2);
      assertThat(panels.rows[0]).hasSize(5 * 64);
      assertThat(panels.rows[1]).hasSize(5 * 32);
      for (int row = 0; row < 5; row++) {
        assertThat(Arrays.copyOfRange(panels.rows[0], row * 64, row * 64 + 64))
            .isEqualTo(Arrays.copyOf(rows.rows[row], 64));
        assertThat(Arrays.copyOfRange(panels.rows[1], row * 32, row * 32 + 32))
            .isEqualTo(Arrays.copyOfRange(rows.rows[row], 64, 96));
      }
      assertThat(panels.view()).isEqualTo(rows.view());
      assertThat(panels.addSquares(0)).isEqualTo(rows.addSquares(0));
      FloatParameter copy = panels.like();
      copy.copyFrom(panels);
      assertThat(copy.rows.length).isEqualTo(2);
      assertThat(copy.view()).isEqualTo(rows.view());
      panels.view().set(7, byInput ? 70 : 4, byInput ? 4 : 70);
      assertThat(panels.rows[1][4 * 32 + 70 - 64]).isEqualTo(7);
    }
  }

  @Test
  void inDoubleToo() {
    DoubleParameter rows = DoubleParameter.byInput("a", "weight", 3, 70);
    DoubleParameter panels = DoubleParameter.byInput("a", "weight", 3, 70, 64);
    Initialization.pytorchDefault(new Generator().manualSeed(5), rows);
    Initialization.pytorchDefault(new Generator().manualSeed(5), panels);

    assertThat(panels.rows[1]).hasSize(3 * 16);
    assertThat(panels.view()).isEqualTo(rows.view());
    assertThat(panels.addSquares(0)).isEqualTo(rows.addSquares(0));
    panels.view().set(7, 69, 2);
    assertThat(panels.rows[1][2 * 16 + 5]).isEqualTo(7);
  }

  @Test
  void paddingDoesNotCountAmongTheSquares() {
    FloatParameter weight = FloatParameter.byInput("a", "weight", 2, 3, 64);
    FloatParameter bias = FloatParameter.vector("a", "bias", 3);
    weight.rows[0][3] = 100;
    bias.values[3] = 100;

    assertThat(weight.addSquares(0)).isZero();
    assertThat(bias.addSquares(0)).isZero();
  }

  @Test
  void theNormSumsTheSquaresOfEachLayerBeforeItAddsThem() {
    FloatParameter small = FloatParameter.vector("a", "weight", 1);
    FloatParameter alsoSmall = FloatParameter.vector("b", "weight", 1);
    FloatParameter sameLayer = FloatParameter.vector("b", "bias", 1);
    FloatParameter large = FloatParameter.vector("large", "weight", 1);
    for (FloatParameter each : List.of(small, alsoSmall, sameLayer)) {
      each.view().set(1, 0);
    }
    large.view().set(1L << 27, 0);

    // 2^54 + 1 is 2^54 in double, 2^54 + 2 rounds to even, and 2^54 + 4 is exact
    assertThat(Clipping.byNorm(List.of(large, small, alsoSmall, sameLayer), 1e9))
        .isEqualTo(Math.sqrt(0x1p54));
    FloatParameter two = FloatParameter.vector("b", "bias", 3);
    two.view().copyFrom(new float[] {1, 1, 1});
    assertThat(Clipping.byNorm(List.of(large, alsoSmall, two), 1e9))
        .isEqualTo(Math.sqrt(0x1p54 + 4));
  }

  @Test
  void aPanelThatNoArrayHoldsIsRefused() {
    assertThatThrownBy(() -> FloatParameter.byInput("huge", "weight", 1 << 26, 1 << 12, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("huge")
        .hasMessageContaining("67108864 rows")
        .hasMessageContaining("gradpoet.simd=off");
  }
}
