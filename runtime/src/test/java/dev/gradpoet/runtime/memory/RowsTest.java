package dev.gradpoet.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows in and out of the arrays of kernels. */
class RowsTest {

  @Test
  void theLargestIsTheFirstOfEqualsAndNanIsLargest() {
    assertThat(Rows.argmax(new float[] {1, 3, 3, 9}, 3)).isEqualTo(1);
    assertThat(Rows.argmax(new float[] {1, Float.NaN, 5, Float.NaN}, 4)).isEqualTo(1);
    assertThat(Rows.argmax(new double[] {Double.NEGATIVE_INFINITY, -2, -1}, 3)).isEqualTo(2);
  }
}
