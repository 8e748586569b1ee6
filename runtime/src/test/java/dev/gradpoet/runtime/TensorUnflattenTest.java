package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import org.junit.jupiter.api.Test;

class TensorUnflattenTest {

  @Test
  void aDimensionBecomesSeveralInRowMajorOrder() {
    Tensor flat = Tensor.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 2, 6);
    Tensor shaped = flat.unflatten(1, 3, 2);

    assertThat(shaped.shape()).containsExactly(2, 3, 2);
    assertThat(shaped.getLong(1, 2, 0)).isEqualTo(10);
    assertThat(shaped.toLongArray()).isEqualTo(flat.toLongArray());
    assertThat(flat.unflatten(0, 2, 1).shape()).containsExactly(2, 1, 6);
  }

  @Test
  void itIsALiveViewOfRowsWithPaddingAndOfATransposedMatrix() {
    float[][] rows = {{1, 2, 3, 4, 99, 99}, {5, 6, 7, 8, 99, 99}};
    Tensor shaped = Tensor.view(rows, 2, 4).unflatten(1, 2, 2);
    shaped.set(-1, 1, 0, 1);

    assertThat(rows[1]).containsExactly(5, -1, 7, 8, 99, 99);
    assertThat(shaped.toFloatArray()).containsExactly(1, 2, 3, 4, 5, -1, 7, 8);
    Tensor transposed = Tensor.view(rows, 2, 4).t().unflatten(0, 2, 2);
    assertThat(transposed.shape()).containsExactly(2, 2, 2);
    assertThat(transposed.get(1, 0, 1)).isEqualTo(7);
  }

  @Test
  void otherDimensionsAndSizesAreRefused() {
    Tensor t = Tensor.zeros(DType.FLOAT32, 2, 6);

    assertThatThrownBy(() -> t.unflatten(2, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dim is 2, expected 0 to 1 for shape [2, 6]");
    assertThatThrownBy(() -> t.unflatten(1, 4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sizes are [4, 2], expected a product of 6, the size of dimension 1 of shape [2, 6]");
    assertThatThrownBy(() -> t.unflatten(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> t.unflatten(1, -3, -2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tensor.of(new float[1], new int[0]).unflatten(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
