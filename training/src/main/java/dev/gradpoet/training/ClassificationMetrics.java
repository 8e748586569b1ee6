package dev.gradpoet.training;

import dev.gradpoet.DType;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/** The metrics of predicted classes and of their probabilities, as scikit-learn defines them. */
final class ClassificationMetrics {

  private static final double FLOAT_EPSILON = Math.ulp(1f);
  private static final double DOUBLE_EPSILON = Math.ulp(1d);

  private ClassificationMetrics() {}

  static double accuracy(Predictions predictions) {
    return ClassCounts.of(predictions).accuracy();
  }

  /** A metric of class 1 of two classes. */
  static double ofPositives(
      String name, Predictions predictions, ToDoubleFunction<ClassCounts> of) {
    if (predictions.classCount() != 2) {
      throw new IllegalArgumentException(name + " is of two classes, the network has "
          + predictions.classCount() + ": use the macro or micro average");
    }
    return of.applyAsDouble(ClassCounts.of(predictions));
  }

  /** The mean over the classes that occur among the actual or the predicted ones. */
  static double macro(ClassCounts counts, IntToDoubleFunction ofClass) {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < counts.classes(); label++) {
      if (counts.has(label)) {
        sum += ofClass.applyAsDouble(label);
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  /** The fraction of rows whose class is among the k with the largest outputs; of equal outputs that of the later class counts as larger. */
  static double topK(Predictions predictions, int k) {
    int right = 0;
    int rows = 0;
    for (int r = 0; r < predictions.size(); r++) {
      int label = predictions.label(r);
      if (label >= 0) {
        rows++;
        right += before(predictions, r, label) < k ? 1 : 0;
      }
    }
    return rows == 0 ? 0 : right / (double) rows;
  }

  private static int before(Predictions predictions, int row, int label) {
    int before = 0;
    for (int c = 0; c < predictions.width(); c++) {
      int order = Double.compare(predictions.output(row, c), predictions.output(row, label));
      if (order > 0 || order == 0 && c > label) {
        before++;
      }
    }
    return before;
  }

  /** The mean of {@code -ln p}, p the probability of the actual class, limited to {@code [eps, 1 - eps]} and divided by the sum of the row. */
  static double logLoss(Predictions predictions) {
    double epsilon = predictions.dtype() == DType.FLOAT32 ? FLOAT_EPSILON : DOUBLE_EPSILON;
    double sum = 0;
    int rows = 0;
    for (int r = 0; r < predictions.size(); r++) {
      int label = predictions.label(r);
      if (label < 0) {
        continue;
      }
      double all = 0;
      for (int c = 0; c < predictions.classCount(); c++) {
        all += limited(predictions.probability(r, c), epsilon);
      }
      sum -= Math.log(limited(predictions.probability(r, label), epsilon) / all);
      rows++;
    }
    return sum / rows;
  }

  private static double limited(double probability, double epsilon) {
    return Math.min(1 - epsilon, Math.max(epsilon, probability));
  }
}
