package dev.gradpoet.runtime.support.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.support.parallel.Part;
import org.junit.jupiter.api.Test;

/** The statistics of a batch and the running ones, in both types. */
class BatchStatisticsTest {

  /** Two rows more than are read, each of two values and padding. */
  private static final double[][] X = {
    {1, 10, Double.NaN}, {2, 20, Double.NaN}, {6, 0, Double.NaN}, {99, 99, 99}, {99, 99, 99}
  };

  private static float[][] floats(double[][] rows) {
    float[][] floats = new float[rows.length][rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < rows[r].length; i++) {
        floats[r][i] = (float) rows[r][i];
      }
    }
    return floats;
  }

  @Test
  void theVarianceIsBiasedInTheScaleAndUnbiasedInTheRunningVariance() {
    double[][] statistics = new double[3][3];
    double[] mean = {0, 1, 7};
    double[] variance = {1, 2, 7};

    DoubleBatchStatistics.take(Part.WHOLE, X, 3, 2, 0.25, statistics, 0.5, mean, variance, false);

    // the variances are 14 / 3 and 200 / 3, unbiased 7 and 100
    assertThat(statistics[BatchStatistics.MEAN]).containsExactly(3, 10, 0);
    assertThat(statistics[BatchStatistics.SCALE])
        .containsExactly(1 / Math.sqrt(14.0 / 3 + 0.25), 1 / Math.sqrt(200.0 / 3 + 0.25), 0);
    assertThat(mean).containsExactly(1.5, 5.5, 7);
    assertThat(variance).containsExactly(4, 51, 7);
  }

  @Test
  void floatsAreComputedInFloatsAndTheRunningStatisticsInDouble() {
    float[][] statistics = new float[3][3];
    float[] mean = {0, 1, 7};
    float[] variance = {1, 2, 7};

    FloatBatchStatistics.take(
        Part.WHOLE, floats(X), 3, 2, 0.25f, statistics, 0.1, mean, variance, false);

    assertThat(statistics[BatchStatistics.SCALE])
        .containsExactly(
            1 / (float) Math.sqrt(14f / 3 + 0.25f), 1 / (float) Math.sqrt(200f / 3 + 0.25f), 0);
    assertThat(mean).containsExactly((float) (0.1 * 3), (float) (0.1 * 10 + 0.9), 7);
    assertThat(variance).containsExactly((float) (0.1 * 7 + 0.9), (float) (0.1 * 100 + 0.9 * 2), 7);
  }

  @Test
  void theGradientNeedsTheMeansOfItAndOfItTimesTheNormalizedValues() {
    double[][] xhats = {{1, -1, 0}, {0, 2, 0}, {-1, 0, 0}};
    double[][] statistics = new double[3][3];
    statistics[BatchStatistics.SCALE][0] = 5;
    float[][] ofFloats = new float[3][3];

    DoubleBatchStatistics.takeGradients(Part.WHOLE, X, xhats, 3, 2, statistics, false);
    FloatBatchStatistics.takeGradients(Part.WHOLE, floats(X), floats(xhats), 3, 2, ofFloats, false);

    assertThat(statistics).isDeepEqualTo(new double[][] {{3, 10, 0}, {5, 0, 0}, {-5.0 / 3, 10, 0}});
    assertThat(ofFloats).isDeepEqualTo(new float[][] {{3, 10, 0}, {0, 0, 0}, {-5f / 3, 10, 0}});
  }

  @Test
  void momentumsOfZeroAndOneKeepAndReplaceTheRunningStatistics() {
    double[] mean = {0.1, 0.2};
    double[] variance = {0.3, 0.4};

    DoubleBatchStatistics.take(Part.WHOLE, X, 3, 2, 0, new double[3][3], 0, mean, variance, false);
    assertThat(mean).containsExactly(0.1, 0.2);
    assertThat(variance).containsExactly(0.3, 0.4);
    DoubleBatchStatistics.take(Part.WHOLE, X, 3, 2, 0, new double[3][3], 1, mean, variance, false);
    assertThat(mean).containsExactly(3, 10);
    assertThat(variance).containsExactly(7, 100);
  }

  @Test
  void frozenStatisticsAreTheRunningOnesAndStay() {
    double[][] statistics = {{7, 7, 7}, {7, 7, 7}, {7, 7, 7}};
    double[] mean = {1, 2};
    double[] variance = {3.75, 0.75};

    DoubleBatchStatistics.take(Part.WHOLE, X, 3, 2, 0.25, statistics, 0.5, mean, variance, true);

    assertThat(statistics[BatchStatistics.MEAN]).startsWith(1, 2);
    assertThat(statistics[BatchStatistics.SCALE]).startsWith(0.5, 1);
    assertThat(mean).containsExactly(1, 2);
    assertThat(variance).containsExactly(3.75, 0.75);
    DoubleBatchStatistics.takeGradients(Part.WHOLE, X, X, 3, 2, statistics, true);
    assertThat(statistics[BatchStatistics.MEAN]).startsWith(0, 0);
    assertThat(statistics[BatchStatistics.SLOPE]).startsWith(0, 0);
    assertThat(statistics[BatchStatistics.SCALE]).startsWith(0.5, 1);
  }

  @Test
  void aSingleRowIsRefused() {
    assertThatCode(() -> BatchStatistics.requireRows("bn", 2, false)).doesNotThrowAnyException();
    assertThatCode(() -> BatchStatistics.requireRows("bn", 1, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> BatchStatistics.requireRows("bn", 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the batch has 1 row, expected at least 2: the batch norm \"bn\" normalizes by the variance of the batch in training");
  }
}
