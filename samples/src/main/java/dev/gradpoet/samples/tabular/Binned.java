package dev.gradpoet.samples.tabular;

import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Dataset.Split;
import dev.gradpoet.training.DatasetBuilder;
import java.util.Arrays;

/** Turns the thirty measurements of each tumour into the two inputs of {@link BinnedBreastCancer}: each bin holds a fifth of the training rows. */
final class Binned {

  /** The measurements of a row that are numbers, and as many that are binned. */
  static final int COUNT = 10;

  static final int BINS = 5;

  /** The column of the first measurement that is binned. */
  private static final int LARGEST = 20;

  private Binned() {}

  static Split of(Split split) {
    double[] train = split.train().input(0).toDoubleArray();
    int rows = split.train().size();
    int width = train.length / rows;
    double[][] sorted = new double[COUNT][rows];
    for (int i = 0; i < COUNT; i++) {
      for (int r = 0; r < rows; r++) {
        sorted[i][r] = train[r * width + LARGEST + i];
      }
      Arrays.sort(sorted[i]);
    }
    return new Split(data(split.train(), sorted), data(split.test(), sorted));
  }

  private static Dataset data(Dataset from, double[][] sorted) {
    double[] values = from.input(0).toDoubleArray();
    int rows = from.size();
    int width = values.length / rows;
    float[] means = new float[rows * COUNT];
    int[] bins = new int[rows * COUNT];
    for (int at = 0; at < means.length; at++) {
      int row = at / COUNT * width;
      int i = at % COUNT;
      means[at] = (float) values[row + i];
      bins[at] = BINS * i + bin(sorted[i], values[row + LARGEST + i]);
    }
    return DatasetBuilder.of(rows)
        .input("means", means, COUNT)
        .indices("bins", bins, COUNT, COUNT * BINS)
        .classes(from.target().toIntArray(), from.classes())
        .build();
  }

  private static int bin(double[] sorted, double value) {
    int bin = 0;
    while (bin < BINS - 1 && value >= sorted[sorted.length * (bin + 1) / BINS]) {
      bin++;
    }
    return bin;
  }
}
