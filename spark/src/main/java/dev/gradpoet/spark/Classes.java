package dev.gradpoet.spark;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * How the outputs of a classifier are the columns of spark.ml: one number for each class.
 *
 * @param binary whether the network has one output, that of class 1
 * @param probable whether this output is already a probability, as for {@code BCE}
 * @param thresholds of spark.ml, or null
 */
record Classes(boolean binary, boolean probable, double[] thresholds) implements Serializable {

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

  /** The class with the largest output, the first of equal ones; with thresholds, the one with the largest ratio of probability and threshold. */
  double prediction(double[] outputs, double... probabilities) {
    double[] scores = raw(outputs).toArray();
    if (thresholds != null) {
      scores = probabilities(probabilities).toArray();
      for (int i = 0; i < scores.length; i++) {
        scores[i] /= thresholds[i];
      }
    }
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }
}
