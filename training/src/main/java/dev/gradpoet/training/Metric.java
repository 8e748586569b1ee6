package dev.gradpoet.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A number that says how good the predictions of a pass are, as <a href="https://scikit-learn.org/stable/modules/model_evaluation.html">scikit-learn</a>
 * defines it. Rows whose class the loss ignores (a negative one) are not counted.
 *
 * <p>A metric is computed once per pass, from the outputs that the pass has computed anyway. Metrics of classes need a network that has classes, and {@link
 * #LOG_LOSS} one that has probabilities; for others they throw an UnsupportedOperationException that says why.
 */
public final class Metric {

  /** {@code accuracy_score}: the fraction of rows whose class is predicted. */
  public static final Metric ACCURACY = of("accuracy", true, ClassificationMetrics::accuracy);

  /** {@code precision_score} of class 1 of two classes: the fraction of the predictions of class 1 that are correct, 0 if there are none. */
  public static final Metric PRECISION = ofPositives("precision", counts -> counts.precision(1));

  /** {@code recall_score} of class 1 of two classes: the fraction of the rows of class 1 that are predicted, 0 if there are none. */
  public static final Metric RECALL = ofPositives("recall", counts -> counts.recall(1));

  /** {@code f1_score} of class 1 of two classes: the harmonic mean of precision and recall. */
  public static final Metric F1 = ofPositives("f1", counts -> counts.f1(1));

  /** {@code precision_score(average="macro")}: the mean over the classes that occur in targets or predictions. */
  public static final Metric MACRO_PRECISION = macro("macro precision", ClassCounts::precision);

  /** {@code recall_score(average="macro")}: the mean over the classes that occur in targets or predictions. */
  public static final Metric MACRO_RECALL = macro("macro recall", ClassCounts::recall);

  /** {@code f1_score(average="macro")}: the mean over the classes that occur in targets or predictions. */
  public static final Metric MACRO_F1 = macro("macro f1", ClassCounts::f1);

  /** {@code precision_score(average="micro")}, which is the accuracy for rows with one class each. */
  public static final Metric MICRO_PRECISION =
      of("micro precision", true, ClassificationMetrics::accuracy);

  /** {@code recall_score(average="micro")}, which is the accuracy for rows with one class each. */
  public static final Metric MICRO_RECALL =
      of("micro recall", true, ClassificationMetrics::accuracy);

  /** {@code f1_score(average="micro")}, which is the accuracy for rows with one class each. */
  public static final Metric MICRO_F1 = of("micro f1", true, ClassificationMetrics::accuracy);

  /**
   * {@code roc_auc_score}: the probability that a row of class 1 has a larger output than one of class 0. Of more than two classes, the mean over the
   * classes against the others ({@code multi_class="ovr"}) by their probabilities. NaN if there are no rows of a class, or no others, or an output is NaN.
   */
  public static final Metric ROC_AUC = of("roc auc", true, RocCurve::area);

  /** {@code log_loss}: the mean of {@code -ln p}, p the probability of the actual class, limited to {@code [eps, 1 - eps]} of the dtype. */
  public static final Metric LOG_LOSS = of("log loss", false, ClassificationMetrics::logLoss);

  /** {@code mean_squared_error}. */
  public static final Metric MSE = of("mse", false, RegressionMetrics::meanSquaredError);

  /** {@code mean_absolute_error}. */
  public static final Metric MAE = of("mae", false, RegressionMetrics::meanAbsoluteError);

  /** {@code r2_score}: {@code 1 - sum (t - y)^2 / sum (t - mean t)^2}, the mean over the outputs. NaN for one row. */
  public static final Metric R2 = of("r2", true, RegressionMetrics::r2);

  /** A metric of one class. */
  private interface OfClass {
    double of(ClassCounts counts, int label);
  }

  private final String name;
  private final boolean higherIsBetter;
  private final ToDoubleFunction<Predictions> function;

  private Metric(String name, boolean higherIsBetter, ToDoubleFunction<Predictions> function) {
    this.name = name;
    this.higherIsBetter = higherIsBetter;
    this.function = function;
  }

  /**
   * A metric of your own.
   *
   * @param name in the history, the report and checkpoints; distinct within a run
   * @param higherIsBetter whether larger numbers are better
   * @param function computes it
   * @throws IllegalArgumentException if the name is blank or has a line end
   */
  public static Metric of(
      String name, boolean higherIsBetter, ToDoubleFunction<Predictions> function) {
    if (Objects.requireNonNull(name, "name").isBlank() || name.lines().count() > 1) {
      throw new IllegalArgumentException(
          "the name of a metric is \"" + name + "\", expected a line that is not blank");
    }
    return new Metric(name, higherIsBetter, Objects.requireNonNull(function, "function"));
  }

  /**
   * {@code top_k_accuracy_score}: the fraction of rows whose class is among the k with the largest outputs.
   *
   * @param k at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public static Metric topK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("top " + k + ", expected at least 1");
    }
    return of("top " + k, true, predictions -> {
      if (predictions.width() == 1) {
        throw new IllegalArgumentException(
            "top " + k + " is of several outputs, the network has one: use ACCURACY");
      }
      return ClassificationMetrics.topK(predictions, k);
    });
  }

  private static Metric ofPositives(String name, ToDoubleFunction<ClassCounts> function) {
    return of(
        name, true, predictions -> ClassificationMetrics.ofPositives(name, predictions, function));
  }

  private static Metric macro(String name, OfClass ofClass) {
    return of(name, true, predictions -> {
      ClassCounts counts = ClassCounts.of(predictions);
      return ClassificationMetrics.macro(counts, label -> ofClass.of(counts, label));
    });
  }

  /** The name, such as {@code macro f1}. */
  public String name() {
    return name;
  }

  /** Whether larger numbers are better. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** The number for the predictions of a pass. */
  public double of(Predictions predictions) {
    return function.applyAsDouble(Objects.requireNonNull(predictions, "predictions"));
  }

  /** The numbers of some metrics by name, in order. */
  static Map<String, Double> all(List<Metric> metrics, Predictions predictions) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      values.put(metric.name, metric.of(predictions));
    }
    return values;
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
