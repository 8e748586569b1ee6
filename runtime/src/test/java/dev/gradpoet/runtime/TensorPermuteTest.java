package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import org.junit.jupiter.api.Test;

class TensorPermuteTest {

  @Test
  void dimensionsHaveTheGivenOrder() {
    Tensor t = Tensor.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 2, 3, 2);
    Tensor permuted = t.permute(1, 2, 0);

    assertThat(permuted.shape()).containsExactly(3, 2, 2);
    assertThat(permuted.toLongArray()).containsExactly(0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11);
    assertThat(permuted.permute(2, 0, 1)).isEqualTo(t);
  }

  @Test
  void itIsALiveView() {
    Tensor t = Tensor.zeros(DType.FLOAT32, 2, 3);
    t.permute(1, 0).set(5, 2, 1);

    assertThat(t.get(1, 2)).isEqualTo(5);
  }

  @Test
  void everyDimensionIsNamedOnce() {
    Tensor t = Tensor.zeros(DType.FLOAT32, 2, 6);

    assertThatThrownBy(() -> t.permute(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dims are [0, 0], expected each of 0 to 1 once for shape [2, 6]");
    assertThatThrownBy(() -> t.permute(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> t.permute(0, 1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
