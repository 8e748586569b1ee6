package dev.gradpoet.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.shared.HasThresholds;

/**
 * How the outputs of a classifier are the columns of spark.ml: one number for each class.
 *
 * @param outputs what the network computes
 * @param thresholds of spark.ml, or null
 */
record Classes(Outputs outputs, double[] thresholds) implements Serializable {

  /** What the outputs of a network are, and the raw prediction that they give. BinaryClassificationEvaluator ranks rows by the raw prediction of class 1 alone. */
  enum Outputs {

    /** The logit z of class 1, as for {@code BCE_WITH_LOGITS}: (-z, z), as in a LogisticRegression. */
    LOGIT,

    /** The probability p of class 1, as for {@code BCE}: (1 - p, p). */
    PROBABILITY,

    /** The logits a and b of two classes, as for {@code CROSS_ENTROPY}: ((a - b) / 2, (b - a) / 2), which have the same softmax. Only the difference ranks rows; b alone does not. */
    TWO_LOGITS,

    /** One number for each class: itself. */
    EACH;

    boolean single() {
      return this == LOGIT || this == PROBABILITY;
    }
  }

  /**
   * Checks the thresholds of a stage.
   *
   * @throws IllegalArgumentException if it has some, and not one for each class
   */
  static void requireThresholds(HasThresholds stage, int classes) {
    if (stage.isDefined(stage.thresholds()) && stage.getThresholds().length != classes) {
      throw new IllegalArgumentException("thresholds are " + Arrays.toString(stage.getThresholds())
          + ", expected " + classes + ", one for each class");
    }
  }

  /** The raw prediction. */
  Vector raw(double... values) {
    double first = values[0];
    return Vectors.dense(
        switch (outputs) {
          case LOGIT -> new double[] {-first, first};
          case PROBABILITY -> new double[] {1 - first, first};
          case TWO_LOGITS -> {
            // halved first, so that the difference does not overflow
            double half = values[1] / 2 - first / 2;
            yield new double[] {-half, half};
          }
          case EACH -> values;
        });
  }

  /** The probability of each class. */
  Vector probabilities(double... probabilities) {
    return outputs.single()
        ? Vectors.dense(new double[] {1 - probabilities[0], probabilities[0]})
        : Vectors.dense(probabilities);
  }

  /**
   * The class with the largest output, the first of equal ones; with thresholds, the one with the largest ratio of probability and threshold, as in spark.ml: a threshold of 0 makes
   * it infinite, unless the probability is 0, too.
   */
  double prediction(double[] values, double... probabilities) {
    double[] scores = raw(values).toArray();
    if (thresholds != null) {
      scores = probabilities(probabilities).toArray();
      for (int i = 0; i < scores.length; i++) {
        scores[i] /= thresholds[i];
      }
    }
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      // of 0 / 0 this is false
      if (scores[i] > most) {
        best = i;
        most = scores[i];
      }
    }
    return best;
  }
}
