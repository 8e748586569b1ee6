package dev.gradpoet.processor.twin;

import java.util.Arrays;

/** The normalization of values, those of a row or those of a column, and its derivatives. */
final class NormFormula {

  private NormFormula() {}

  /** The values with mean 0 and variance 1. */
  static double[] normalized(double[] x) {
    double mean = mean(x);
    double deviation = deviation(x);
    return Arrays.stream(x).map(value -> (value - mean) / deviation).toArray();
  }

  /** The derivatives of each normalized value by each value. */
  static double[][] derivatives(double[] x) {
    int n = x.length;
    double[] normalized = normalized(x);
    double deviation = deviation(x);
    double[][] derivatives = new double[n][n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double slope = (i == j ? 1 : 0) - (1 + normalized[i] * normalized[j]) / n;
        derivatives[j][i] = slope / deviation;
      }
    }
    return derivatives;
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double deviation(double[] x) {
    double mean = mean(x);
    double variance =
        Arrays.stream(x).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    return Math.sqrt(variance + Net.EPS);
  }
}
