package dev.gradpoet.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Parameters in the layout of the kernels, behind views in PyTorch's. */
class LinearStorageTest {

  @Test
  void aWeightByInputIsSeenTransposed() {
    FloatLinear layer = FloatLinear.byInput("hidden", 3, 2, true);
    layer.w[2][1] = 5;
    layer.weight().set(7, 0, 1);

    assertThat(layer.weight().shape()).containsExactly(2, 3);
    assertThat(layer.weight().get(1, 2)).isEqualTo(5);
    assertThat(layer.w[1][0]).isEqualTo(7);
  }

  @Test
  void aWeightByOutputIsSeenAsItIs() {
    DoubleLinear layer = DoubleLinear.byOutput("narrow", 3, 2, false);
    layer.w[1][2] = 5;
    layer.weight().copyFrom(new double[] {1, 2, 3, 4, 5, 6});

    assertThat(layer.weight().shape()).containsExactly(2, 3);
    assertThat(Arrays.copyOf(layer.w[1], 3)).containsExactly(4, 5, 6);
  }

  @Test
  void rowsArePaddedToWholeVectorsAndThePaddingStaysZero() {
    FloatLinear layer = FloatLinear.byInput("a", 3, 17, true);
    new Generator().manualSeed(1).uniform(layer.weight(), 1, 2);
    new Generator().manualSeed(1).uniform(layer.bias(), 1, 2);

    assertThat(layer.w).hasDimensions(3, 32);
    assertThat(layer.b).hasSize(32);
    for (float[] row : layer.w) {
      assertThat(Arrays.copyOfRange(row, 17, 32)).containsOnly(0);
      assertThat(Arrays.copyOf(row, 17)).doesNotContain(0);
    }
    assertThat(Arrays.copyOfRange(layer.b, 17, 32)).containsOnly(0);
  }

  @Test
  void copyFromTakesTheValuesAndZeroForgetsThem() {
    FloatLinear from = FloatLinear.byInput("a", 4, 3, true);
    Initialization.pytorchDefault(new Generator().manualSeed(1), from);
    FloatLinear to = FloatLinear.byInput("a", 4, 3, true);
    to.copyFrom(from);
    assertThat(to.weight()).isEqualTo(from.weight());
    assertThat(to.bias()).isEqualTo(from.bias());
    from.zero();
    assertThat(from.weight().toFloatArray()).containsOnly(0);
    assertThat(from.bias().toFloatArray()).containsOnly(0);
    assertThat(to.weight().toFloatArray()).doesNotContain(0);
  }

  @Test
  void namesAreThoseOfPyTorchInOrderWithoutWhatIsNotThere() {
    assertThat(NamedTensors.of(List.of(
                FloatLinear.byInput("a", 2, 2, true),
                new MergeLayer("sum", "Add", 2),
                FloatLinear.byOutput("b", 2, 1, false)))
            .keySet())
        .containsExactly("a.weight", "a.bias", "b.weight");
  }

  @Test
  void whatALayerDoesNotHaveIsNamed() {
    assertThatThrownBy(() -> FloatLinear.byInput("plain", 2, 2, false).bias())
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"plain\" has no bias: it was declared with bias = false");
    assertThatThrownBy(() -> new MergeLayer("sum", "Add", 2).weight())
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("layer \"sum\" has no weight: only a @Linear layer has parameters");
  }

  @Test
  void initialWeightsAreDrawnInPyTorchsOrderWhateverTheLayout() {
    FloatLinear byInput = FloatLinear.byInput("a", 4, 3, true);
    FloatLinear byOutput = FloatLinear.byOutput("a", 4, 3, true);
    Initialization.pytorchDefault(new Generator().manualSeed(5), byInput);
    Initialization.pytorchDefault(new Generator().manualSeed(5), byOutput);

    assertThat(byInput.weight()).isEqualTo(byOutput.weight());
    assertThat(byInput.bias()).isEqualTo(byOutput.bias());
    Tensor stream = new Generator().manualSeed(5).rand(12);
    assertThat(byInput.weight().get(0, 1)).isCloseTo(stream.get(1) - 0.5, within(1e-7));
  }

  @Test
  void theLargestIsTheFirstOfEqualsAndNanIsLargest() {
    assertThat(Rows.argmax(new float[] {1, 3, 3, 9}, 3)).isEqualTo(1);
    assertThat(Rows.argmax(new float[] {1, Float.NaN, 5, Float.NaN}, 4)).isEqualTo(1);
    assertThat(Rows.argmax(new double[] {Double.NEGATIVE_INFINITY, -2, -1}, 3)).isEqualTo(2);
  }

  @Test
  void aLayerInPanelsHoldsTheSameValues() {
    for (boolean byInput : new boolean[] {true, false}) {
      int in = byInput ? 5 : 90;
      int out = byInput ? 90 : 5;
      FloatLinear rows = byInput
          ? FloatLinear.byInput("a", in, out, true)
          : FloatLinear.byOutput("a", in, out, true);
      FloatLinear panels = byInput
          ? FloatLinear.byInput("a", in, out, true, 64)
          : FloatLinear.byOutput("a", in, out, true, 64);
      Initialization.pytorchDefault(new Generator().manualSeed(5), rows);
      Initialization.pytorchDefault(new Generator().manualSeed(5), panels);

      assertThat(panels.w.length).isEqualTo(2);
      assertThat(panels.w[0]).hasSize(5 * 64);
      assertThat(panels.w[1]).hasSize(5 * 32);
      for (int row = 0; row < 5; row++) {
        assertThat(Arrays.copyOfRange(panels.w[0], row * 64, row * 64 + 64))
            .isEqualTo(Arrays.copyOf(rows.w[row], 64));
        assertThat(Arrays.copyOfRange(panels.w[1], row * 32, row * 32 + 32))
            .isEqualTo(Arrays.copyOfRange(rows.w[row], 64, 96));
      }
      assertThat(panels.weight()).isEqualTo(rows.weight());
      assertThat(panels.sumOfSquares()).isEqualTo(rows.sumOfSquares());
      FloatLinear copy = panels.like();
      copy.copyFrom(panels);
      assertThat(copy.w.length).isEqualTo(2);
      assertThat(copy.weight()).isEqualTo(rows.weight());
      panels.weight().set(7, byInput ? 70 : 4, byInput ? 4 : 70);
      assertThat(panels.w[1][4 * 32 + 70 - 64]).isEqualTo(7);
    }
  }

  @Test
  void inDoubleToo() {
    DoubleLinear rows = DoubleLinear.byInput("a", 3, 70, false);
    DoubleLinear panels = DoubleLinear.byInput("a", 3, 70, false, 64);
    Initialization.pytorchDefault(new Generator().manualSeed(5), rows);
    Initialization.pytorchDefault(new Generator().manualSeed(5), panels);

    assertThat(panels.w[1]).hasSize(3 * 16);
    assertThat(panels.weight()).isEqualTo(rows.weight());
    assertThat(panels.sumOfSquares()).isEqualTo(rows.sumOfSquares());
    panels.weight().set(7, 69, 2);
    assertThat(panels.w[1][2 * 16 + 5]).isEqualTo(7);
  }

  @Test
  void paddingDoesNotCountAmongTheSquares() {
    FloatLinear layer = FloatLinear.byInput("a", 2, 3, true, 64);
    layer.w[0][3] = 100;
    layer.b[3] = 100;

    assertThat(layer.sumOfSquares()).isZero();
  }

  @Test
  void aPanelThatNoArrayHoldsIsRefused() {
    assertThatThrownBy(() -> FloatLinear.byInput("huge", 1 << 26, 1 << 12, false, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("huge")
        .hasMessageContaining("67108864 rows")
        .hasMessageContaining("gradpoet.simd=off");
  }
}
