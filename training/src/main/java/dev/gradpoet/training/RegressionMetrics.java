package dev.gradpoet.training;

/** The metrics of dense outputs, as scikit-learn defines them with its default, the mean over the outputs. */
final class RegressionMetrics {

  private RegressionMetrics() {}

  static double meanSquaredError(Predictions predictions) {
    double sum = 0;
    for (int c = 0; c < predictions.width(); c++) {
      sum += squares(predictions, c) / predictions.size();
    }
    return sum / predictions.width();
  }

  static double meanAbsoluteError(Predictions predictions) {
    double sum = 0;
    for (int c = 0; c < predictions.width(); c++) {
      double ofOutput = 0;
      for (int r = 0; r < predictions.size(); r++) {
        ofOutput += Math.abs(predictions.target(r, c) - predictions.output(r, c));
      }
      sum += ofOutput / predictions.size();
    }
    return sum / predictions.width();
  }

  /** {@code 1 - sum (t - y)^2 / sum (t - mean t)^2}; for targets that are all equal, 1 if the outputs are equal to them, otherwise 0. NaN for one row. */
  static double r2(Predictions predictions) {
    if (predictions.size() < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (int c = 0; c < predictions.width(); c++) {
      double rest = squares(predictions, c);
      double total = spread(predictions, c);
      sum += total == 0 ? (rest == 0 ? 1 : 0) : 1 - rest / total;
    }
    return sum / predictions.width();
  }

  private static double squares(Predictions predictions, int c) {
    double sum = 0;
    for (int r = 0; r < predictions.size(); r++) {
      double error = predictions.target(r, c) - predictions.output(r, c);
      sum += error * error;
    }
    return sum;
  }

  private static double spread(Predictions predictions, int c) {
    double mean = 0;
    for (int r = 0; r < predictions.size(); r++) {
      mean += predictions.target(r, c);
    }
    mean /= predictions.size();
    double sum = 0;
    for (int r = 0; r < predictions.size(); r++) {
      double distance = predictions.target(r, c) - mean;
      sum += distance * distance;
    }
    return sum;
  }
}
