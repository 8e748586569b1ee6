package dev.gradpoet.training;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The predictions of a network for test rows, and what they are worth. */
final class TestResults {

  private final Model network;
  private final Dataset data;
  private final Predictions predictions;
  private final boolean isClassifier;
  private final boolean hasProbabilities;
  private final Map<String, Double> numbers;

  private TestResults(
      Model network,
      Dataset data,
      Predictor predictor,
      Tensor output,
      Map<String, Double> numbers) {
    this.network = network;
    this.data = data;
    this.numbers = numbers;
    Predictions outputs = Predictions.of(predictor, output, data.target());
    this.hasProbabilities = isSupported(() -> outputs.probability(0, 0));
    this.isClassifier = isSupported(() -> outputs.predicted(0))
        && (data.hasClasses() || hasProbabilities && targetsAreClasses(outputs));
    this.predictions = hasProbabilities && !isClassifier
        ? Predictions.of(predictor, predictor.probabilitiesOf(output), data.target())
        : outputs;
    numbers.putAll(Metric.all(metrics(), predictions));
  }

  static TestResults of(Model network, Dataset data) {
    try (Trainer trainer = network.trainer(Sgd.of(0), 1);
        Predictor predictor = network.predictor()) {
      TargetForm form = TargetForm.of(network.architecture(), trainer, "the test data", data);
      form.requireTargets(trainer, "the test data", data);
      Tensor output = ForwardPass.outputs(predictor, data, form.outputs());
      Map<String, Double> numbers = new LinkedHashMap<>();
      numbers.put("loss", trainer.evaluateOutput(output, form.target(data, data.rowIndex())));
      return new TestResults(network, data, predictor, output, numbers);
    }
  }

  private static boolean isSupported(Runnable call) {
    try {
      call.run();
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether each row of dense targets names one class. */
  private static boolean targetsAreClasses(Predictions predictions) {
    for (int r = 0; r < predictions.size(); r++) {
      double sum = 0;
      for (int c = 0; c < predictions.width(); c++) {
        double target = predictions.target(r, c);
        if (target != 0 && target != 1) {
          return false;
        }
        sum += target;
      }
      if (predictions.width() > 1 && sum != 1) {
        return false;
      }
    }
    return true;
  }

  private List<Metric> metrics() {
    if (!isClassifier) {
      return List.of(Metric.MSE, Metric.MAE, Metric.R2);
    }
    if (predictions.classCount() > 2) {
      return List.of(Metric.ACCURACY, Metric.MACRO_F1);
    }
    return hasProbabilities
        ? List.of(Metric.ACCURACY, Metric.PRECISION, Metric.RECALL, Metric.F1, Metric.ROC_AUC)
        : List.of(Metric.ACCURACY, Metric.PRECISION, Metric.RECALL, Metric.F1);
  }

  Map<String, Double> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  Model network() {
    return network;
  }

  Dataset data() {
    return data;
  }

  /** Of a network that has probabilities but is no classifier, such as one of several labels a row, with the probabilities as outputs. */
  Predictions predictions() {
    return predictions;
  }

  boolean isClassifier() {
    return isClassifier;
  }

  boolean hasProbabilities() {
    return hasProbabilities;
  }

  /** The name of a class. */
  String className(int label) {
    boolean named = data.hasClasses() && label >= 0 && label < data.classes().size();
    return named ? data.classes().name(label) : Integer.toString(label);
  }
}
