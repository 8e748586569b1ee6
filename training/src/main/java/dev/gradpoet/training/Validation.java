package dev.gradpoet.training;

import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.List;
import java.util.Map;

/** The loss and the metrics of the validation rows, from one forward pass in inference mode. */
final class Validation {

  private final Dataset rows;
  private final Trainer trainer;
  private final Predictor predictor;
  private final int outputs;
  private final Tensor lossTarget;
  private final Tensor target;
  private final List<Metric> metrics;
  private Tensor output;

  private Validation(
      Dataset rows, Trainer trainer, Predictor predictor, TargetForm form, List<Metric> metrics) {
    this.rows = rows;
    this.trainer = trainer;
    this.predictor = predictor;
    this.outputs = form.outputs();
    this.lossTarget = form.target(rows, rows.rowIndex());
    this.target = rows.target();
    this.metrics = metrics;
  }

  static Validation of(RunOptions training, Trainer trainer, Predictor predictor) {
    Dataset rows = training.validation();
    TargetForm form =
        TargetForm.of(training.network().architecture(), trainer, "the validation data", rows);
    form.requireTargets(trainer, "the validation data", rows);
    return new Validation(rows, trainer, predictor, form, training.metrics());
  }

  /** Makes the forward pass. */
  double loss() {
    output = ForwardPass.outputs(predictor, rows, outputs);
    return trainer.evaluateOutput(output, lossTarget);
  }

  /** From the outputs of {@link #loss}. */
  Map<String, Double> metrics() {
    return metrics.isEmpty()
        ? Map.of()
        : Metric.all(metrics, Predictions.of(predictor, output, target));
  }
}
