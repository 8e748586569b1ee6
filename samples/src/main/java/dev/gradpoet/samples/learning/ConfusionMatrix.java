package dev.gradpoet.samples.learning;

import java.util.Locale;

/** How often each actual class was predicted as each class. */
public final class ConfusionMatrix {

  private final int[][] counts;

  /** An empty matrix. */
  public ConfusionMatrix(int classes) {
    counts = new int[classes][classes];
  }

  /** Counts a prediction. */
  public void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  /** The fraction of correct predictions, 0 if there are no predictions. */
  public double accuracy() {
    int right = 0;
    int all = 0;
    for (int actual = 0; actual < counts.length; actual++) {
      right += counts[actual][actual];
      for (int count : counts[actual]) {
        all += count;
      }
    }
    return all == 0 ? 0 : right / (double) all;
  }

  /** A row for each actual class, a column for each prediction; a dot is zero. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("actual \\ predicted");
    for (int predicted = 0; predicted < counts.length; predicted++) {
      text.append(String.format(Locale.ROOT, "%5d", predicted));
    }
    for (int actual = 0; actual < counts.length; actual++) {
      text.append(String.format(Locale.ROOT, "%n%18d", actual));
      for (int count : counts[actual]) {
        text.append(count == 0 ? "    ." : String.format(Locale.ROOT, "%5d", count));
      }
    }
    return text.toString();
  }
}
