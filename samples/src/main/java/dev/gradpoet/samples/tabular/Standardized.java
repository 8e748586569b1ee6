package dev.gradpoet.samples.tabular;

import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Dataset.Split;
import dev.gradpoet.training.DatasetBuilder;

/** Subtracts the mean of the training rows from each feature, and divides by their population standard deviation, all in {@code double}. */
final class Standardized {

  private Standardized() {}

  static Split of(Split split) {
    double[] train = split.train().input(0).toDoubleArray();
    double[] test = split.test().input(0).toDoubleArray();
    int width = split.train().inputShape(0)[0];
    int rows = split.train().size();
    for (int i = 0; i < width; i++) {
      double mean = 0;
      for (int r = 0; r < rows; r++) {
        mean += train[r * width + i];
      }
      mean /= rows;
      double variance = 0;
      for (int r = 0; r < rows; r++) {
        double distance = train[r * width + i] - mean;
        variance += distance * distance;
      }
      double deviation = Math.sqrt(variance / rows);
      scale(train, i, width, mean, deviation);
      scale(test, i, width, mean, deviation);
    }
    return new Split(data(split.train(), train, width), data(split.test(), test, width));
  }

  private static void scale(double[] values, int i, int width, double mean, double deviation) {
    for (int at = i; at < values.length; at += width) {
      values[at] = (values[at] - mean) / deviation;
    }
  }

  private static Dataset data(Dataset from, double[] values, int width) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return DatasetBuilder.of(from.size())
        .input("input", narrow, width)
        .classes(from.target().toIntArray(), from.classes())
        .build();
  }
}
