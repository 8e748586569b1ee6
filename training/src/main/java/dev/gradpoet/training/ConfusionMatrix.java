package dev.gradpoet.training;

import java.util.Locale;

/** How often each actual class was predicted as each class. */
public final class ConfusionMatrix {

  private final int[][] counts;

  /**
   * An empty matrix.
   *
   * @param classes the number of classes
   */
  public ConfusionMatrix(int classes) {
    counts = new int[classes][classes];
  }

  /** The classes of all rows but those that the loss ignores. */
  public static ConfusionMatrix of(Predictions predictions) {
    ConfusionMatrix matrix = new ConfusionMatrix(predictions.classCount());
    for (int r = 0; r < predictions.size(); r++) {
      if (predictions.label(r) >= 0) {
        matrix.add(predictions.label(r), predictions.predicted(r));
      }
    }
    return matrix;
  }

  /** Counts a prediction. */
  public void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  /** The number of classes. */
  public int classes() {
    return counts.length;
  }

  /** How often a class was predicted as a class. */
  public int count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** How often a class occurred. */
  public int actual(int label) {
    int sum = 0;
    for (int count : counts[label]) {
      sum += count;
    }
    return sum;
  }

  /** How often a class was predicted. */
  public int predicted(int label) {
    int sum = 0;
    for (int[] row : counts) {
      sum += row[label];
    }
    return sum;
  }

  /** The number of predictions. */
  public int size() {
    int sum = 0;
    for (int label = 0; label < counts.length; label++) {
      sum += actual(label);
    }
    return sum;
  }

  /** The fraction of correct predictions, 0 if there are no predictions. */
  public double accuracy() {
    int right = 0;
    for (int label = 0; label < counts.length; label++) {
      right += counts[label][label];
    }
    return size() == 0 ? 0 : right / (double) size();
  }

  /** The fraction of the predictions of a class that are correct, 0 if there are none. */
  public double precision(int label) {
    return ratio(counts[label][label], predicted(label));
  }

  /** The fraction of the occurrences of a class that were predicted as it, 0 if there are none. */
  public double recall(int label) {
    return ratio(counts[label][label], actual(label));
  }

  /** The harmonic mean of precision and recall of a class, 0 if both are. */
  public double f1(int label) {
    return ratio(2 * counts[label][label], actual(label) + predicted(label));
  }

  static double ratio(int part, int whole) {
    return whole == 0 ? 0 : part / (double) whole;
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
