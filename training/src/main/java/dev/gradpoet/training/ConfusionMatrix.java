package dev.gradpoet.training;

import java.util.Locale;

/** How often each actual class was predicted as each class. */
public final class ConfusionMatrix {

  private final int[][] counts;
  private final ClassCounts sums;

  /**
   * An empty matrix.
   *
   * @param classes the number of classes
   */
  public ConfusionMatrix(int classes) {
    counts = new int[classes][classes];
    sums = new ClassCounts(classes);
  }

  /** The classes of all rows but those that the loss ignores. */
  public static ConfusionMatrix of(Predictions predictions) {
    ConfusionMatrix matrix = new ConfusionMatrix(predictions.classCount());
    predictions.forEachClass(matrix::add);
    return matrix;
  }

  /** Counts a prediction. */
  public void add(int actual, int predicted) {
    counts[actual][predicted]++;
    sums.add(actual, predicted);
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
    return sums.actual(label);
  }

  /** How often a class was predicted. */
  public int predicted(int label) {
    return sums.predicted(label);
  }

  /** The number of predictions. */
  public int size() {
    return sums.size();
  }

  /** The fraction of correct predictions, 0 if there are no predictions. */
  public double accuracy() {
    return sums.accuracy();
  }

  /** The fraction of the predictions of a class that are correct, 0 if there are none. */
  public double precision(int label) {
    return sums.precision(label);
  }

  /** The fraction of the occurrences of a class that were predicted as it, 0 if there are none. */
  public double recall(int label) {
    return sums.recall(label);
  }

  /** The harmonic mean of precision and recall of a class, 0 if both are. */
  public double f1(int label) {
    return sums.f1(label);
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
