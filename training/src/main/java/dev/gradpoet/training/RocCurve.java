package dev.gradpoet.training;

import java.util.Arrays;

/** How a threshold trades false for true positives: the receiver operating characteristic of one class against the others. */
final class RocCurve {

  private final double[] positives;
  private final double[] negatives;

  private RocCurve(double[] positives, double[] negatives) {
    this.positives = positives;
    this.negatives = negatives;
  }

  static RocCurve of(Predictions predictions, int label) {
    double[] positives = new double[predictions.size()];
    double[] negatives = new double[predictions.size()];
    int p = 0;
    int n = 0;
    for (int r = 0; r < predictions.size(); r++) {
      int actual = predictions.label(r);
      if (actual == label) {
        positives[p++] = predictions.score(r, label);
      } else if (actual >= 0) {
        negatives[n++] = predictions.score(r, label);
      }
    }
    RocCurve curve = new RocCurve(Arrays.copyOf(positives, p), Arrays.copyOf(negatives, n));
    Arrays.sort(curve.positives);
    Arrays.sort(curve.negatives);
    return curve;
  }

  /** Whether there are both positives and negatives, and no score is NaN; otherwise there is no curve. */
  boolean exists() {
    return areRanked(positives) && areRanked(negatives);
  }

  /** The order of NaN is the last. */
  private static boolean areRanked(double... sorted) {
    return sorted.length > 0 && !Double.isNaN(sorted[sorted.length - 1]);
  }

  /** The probability that a positive scores higher than a negative, counting half if they score the same; NaN if the curve does not exist. */
  double area() {
    if (!exists()) {
      return Double.NaN;
    }
    double pairs = 0;
    int below = 0;
    int notAbove = 0;
    for (double positive : positives) {
      while (below < negatives.length && negatives[below] < positive) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < negatives.length && negatives[notAbove] <= positive) {
        notAbove++;
      }
      pairs += below + (notAbove - below) / 2.0;
    }
    return pairs / ((double) positives.length * negatives.length);
  }

  /** The points of the curve: false positive rates and true positive rates, from (0, 0) to (1, 1), at most about as many as asked for; none if the curve does not exist. */
  double[][] points(int most) {
    if (!exists()) {
      return new double[2][0];
    }
    double[] x = new double[positives.length + negatives.length + 1];
    double[] y = new double[x.length];
    int count = 1;
    int p = positives.length;
    int n = negatives.length;
    int step = Math.max(1, (p + n) / most);
    int last = p + n;
    while (p > 0 || n > 0) {
      double threshold = Math.max(
          p > 0 ? positives[p - 1] : Double.NEGATIVE_INFINITY,
          n > 0 ? negatives[n - 1] : Double.NEGATIVE_INFINITY);
      while (p > 0 && positives[p - 1] >= threshold) {
        p--;
      }
      while (n > 0 && negatives[n - 1] >= threshold) {
        n--;
      }
      if (last - p - n >= step || p + n == 0) {
        last = p + n;
        x[count] = 1 - n / (double) negatives.length;
        y[count++] = 1 - p / (double) positives.length;
      }
    }
    return new double[][] {Arrays.copyOf(x, count), Arrays.copyOf(y, count)};
  }

  /** The area of class 1 of two classes, otherwise the mean of the areas of all classes, each against the others. */
  static double area(Predictions predictions) {
    if (predictions.classCount() == 2) {
      return of(predictions, 1).area();
    }
    double sum = 0;
    for (int label = 0; label < predictions.classCount(); label++) {
      sum += of(predictions, label).area();
    }
    return sum / predictions.classCount();
  }
}
