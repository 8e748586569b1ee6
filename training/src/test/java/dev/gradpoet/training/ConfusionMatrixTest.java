package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  @Test
  void theConfusionMatrixCountsActualByPredicted() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    assertThat(matrix.accuracy()).isZero();
    matrix.add(0, 0);
    matrix.add(2, 1);
    matrix.add(2, 1);
    matrix.add(2, 2);

    assertThat(matrix.accuracy()).isEqualTo(0.5);
    assertThat(matrix.count(2, 1)).isEqualTo(2);
    assertThat(matrix.actual(2)).isEqualTo(3);
    assertThat(matrix.predicted(1)).isEqualTo(2);
    assertThat(matrix.precision(1)).isZero();
    assertThat(matrix.recall(2)).isEqualTo(1 / 3.0);
    assertThat(matrix.f1(2)).isEqualTo(0.5);
    assertThat(matrix.toString().lines())
        .containsExactly(
            "actual \\ predicted    0    1    2",
            "                 0    1    .    .",
            "                 1    .    .    .",
            "                 2    .    2    1");
  }
}
