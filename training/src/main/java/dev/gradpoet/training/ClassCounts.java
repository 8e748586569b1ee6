package dev.gradpoet.training;

/** How often each class occurred, was predicted, and was predicted correctly: the sums of a confusion matrix, without its memory, which grows with the square of the classes. */
final class ClassCounts {

  private final int[] actual;
  private final int[] predicted;
  private final int[] right;
  private int size;
  private int correct;

  ClassCounts(int classes) {
    actual = new int[classes];
    predicted = new int[classes];
    right = new int[classes];
  }

  /** The classes of all rows but those that the loss ignores. */
  static ClassCounts of(Predictions predictions) {
    ClassCounts counts = new ClassCounts(predictions.classCount());
    predictions.forEachClass(counts::add);
    return counts;
  }

  void add(int label, int prediction) {
    actual[label]++;
    predicted[prediction]++;
    size++;
    if (label == prediction) {
      right[label]++;
      correct++;
    }
  }

  int classes() {
    return actual.length;
  }

  /** Whether a class occurs in targets or predictions. */
  boolean has(int label) {
    return actual[label] + predicted[label] > 0;
  }

  int actual(int label) {
    return actual[label];
  }

  int predicted(int label) {
    return predicted[label];
  }

  /** The number of predictions. */
  int size() {
    return size;
  }

  double accuracy() {
    return ratio(correct, size);
  }

  double precision(int label) {
    return ratio(right[label], predicted[label]);
  }

  double recall(int label) {
    return ratio(right[label], actual[label]);
  }

  double f1(int label) {
    return ratio(2 * right[label], actual[label] + predicted[label]);
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : part / (double) whole;
  }
}
