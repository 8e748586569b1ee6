package dev.gradpoet.samples.tabular;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.training.Dataset;
import java.io.IOException;
import java.util.Arrays;

/**
 * The breast cancer table with numbers and categories, one row after the other.
 *
 * @param means ten measurements of each row
 * @param bins ten class indices of each row
 * @param benign the target of each row: 1 for a benign tumour
 */
record BinnedTable(float[] means, int[] bins, float[] benign) {

  /** The measurements of a row that are numbers, and as many that are binned. */
  static final int COUNT = 10;

  /** The column of the first measurement that is binned. */
  private static final int LARGEST = 20;

  private static final int BINS = 5;

  /**
   * The rows of the table in an order.
   *
   * @param train the number of rows from the first on that the edges of the bins come from: each bin holds a fifth of them
   * @throws IOException if the table cannot be read
   */
  static BinnedTable load(int[] order, int train) throws IOException {
    Dataset table = TabularTask.BREAST_CANCER.load();
    Tensor measures = table.input(0);
    int rows = order.length;
    BinnedTable binned =
        new BinnedTable(new float[rows * COUNT], new int[rows * COUNT], new float[rows]);
    for (int i = 0; i < COUNT; i++) {
      double[] sorted = new double[train];
      for (int r = 0; r < train; r++) {
        sorted[r] = measures.get(order[r], LARGEST + i);
      }
      Arrays.sort(sorted);
      for (int r = 0; r < rows; r++) {
        binned.means[r * COUNT + i] = (float) measures.get(order[r], i);
        binned.bins[r * COUNT + i] = BINS * i + bin(sorted, measures.get(order[r], LARGEST + i));
      }
    }
    for (int r = 0; r < rows; r++) {
      binned.benign[r] = table.label(order[r]);
    }
    return binned;
  }

  /** The order in which a seed shuffles the rows: {@code torch.manual_seed(seed); torch.randperm(rows)}. */
  static int[] order(long seed, int rows) {
    return new Generator().manualSeed(seed).randperm(rows).toIntArray();
  }

  private static int bin(double[] sorted, double value) {
    int bin = 0;
    while (bin < BINS - 1 && value >= sorted[sorted.length * (bin + 1) / BINS]) {
      bin++;
    }
    return bin;
  }

  /** Copies some rows, in an order, to the start of another table. */
  void copy(int[] order, int from, int to, BinnedTable target) {
    for (int i = from; i < to; i++) {
      System.arraycopy(means, order[i] * COUNT, target.means, (i - from) * COUNT, COUNT);
      System.arraycopy(bins, order[i] * COUNT, target.bins, (i - from) * COUNT, COUNT);
      target.benign[i - from] = benign[order[i]];
    }
  }
}
