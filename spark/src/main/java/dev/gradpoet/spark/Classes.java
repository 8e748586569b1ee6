package dev.gradpoet.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.shared.HasThresholds;

/**
 * How the outputs of a classifier are the columns of spark.ml: one number for each class.
 *
 * @param binary whether the network has one output, that of class 1
 * @param probable whether this output is already a probability, as for {@code BCE}
 * @param thresholds of spark.ml, or null
 */
record Classes(boolean binary, boolean probable, double[] thresholds) implements Serializable {

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

  /** The raw prediction: the outputs; of one output z, (-z, z), as in a LogisticRegression, and of a probability p, (1 - p, p). */
  Vector raw(double... outputs) {
    if (!binary) {
      return Vectors.dense(outputs);
    }
    double z = outputs[0];
    return Vectors.dense(new double[] {probable ? 1 - z : -z, z});
  }

  /** The probability of each class. */
  Vector probabilities(double... probabilities) {
    return binary
        ? Vectors.dense(new double[] {1 - probabilities[0], probabilities[0]})
        : Vectors.dense(probabilities);
  }

  /**
   * The class with the largest output, the first of equal ones; with thresholds, the one with the largest ratio of probability and threshold, as in spark.ml: a threshold of 0 makes
   * it infinite, unless the probability is 0, too.
   */
  double prediction(double[] outputs, double... probabilities) {
    double[] scores = raw(outputs).toArray();
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
