package dev.gradpoet.spark;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How the losses of shards make up that of a batch: {@code sum of scale(shard) * loss(shard)}, divided by the sum of the scales if the loss is a mean. The scale of a
 * shard is the number of its rows; with class weights, the sum of the weights of its classes (0 for the ignored class), by which PyTorch's mean divides;
 * and 1 for a loss that is a sum.
 *
 * @param mean whether the loss is a mean
 * @param weights of the classes; null if all rows count alike
 */
record LossScale(boolean mean, double[] weights) implements Serializable {

  /** The accuracy with which a weight is found by a loss in float: what is closer to 1 is 1. */
  private static final double ACCURACY = 1e-4;

  /** The scale of some rows of a shard. */
  double of(double[] labels) {
    if (!mean) {
      return 1;
    }
    if (weights == null) {
      return labels.length;
    }
    return Arrays.stream(labels).map(label -> weights[(int) label]).sum();
  }

  /** The scale of a network's loss, which the network does not tell, found by losses of made-up outputs. */
  static LossScale of(Model model, NetworkForm form) {
    try (Trainer trainer = model.trainer(Sgd.of(0), 1)) {
      return form.target() == Target.CLASS ? ofClasses(trainer, form) : ofValues(trainer, form);
    }
  }

  private static LossScale ofValues(Trainer trainer, NetworkForm form) {
    double one = trainer.evaluateOutput(outputs(form, 0.25), targets(form, 0.75));
    double two = trainer.evaluateOutput(outputs(form, 0.25, 0.25), targets(form, 0.75, 0.75));
    return new LossScale(Math.abs(two - one) < 0.5 * Math.abs(one), null);
  }

  private static Tensor outputs(NetworkForm form, double... rows) {
    double[] values = new double[rows.length * form.outputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i / form.outputs()];
    }
    return Tensor.of(values, rows.length, form.outputs()).to(form.dtype());
  }

  private static Tensor targets(NetworkForm form, double... rows) {
    return Tensor.of(rows, rows.length, 1).to(form.dtype());
  }

  /**
   * Two rows with the losses a and b have the mean {@code (va a + vb b) / (va + vb)}, which tells the weight vb if va is known. A class
   * that is ignored has the loss 0 / 0 if it is alone in a mean.
   */
  private static LossScale ofClasses(Trainer trainer, NetworkForm form) {
    int classes = form.outputs();
    double[] alone = new double[classes];
    for (int c = 0; c < classes; c++) {
      alone[c] = loss(trainer, form, new double[] {-1}, c);
    }
    int first = 0;
    while (first < classes - 1 && !(alone[first] > 0)) {
      first++;
    }
    double twice = loss(trainer, form, new double[] {-1, -1}, first, first);
    if (Math.abs(twice - alone[first]) > 0.5 * Math.abs(alone[first])) {
      return new LossScale(false, null);
    }
    double[] weights = new double[classes];
    boolean equal = true;
    for (int c = 0; c < classes; c++) {
      weights[c] = weight(trainer, form, first, c, alone);
      equal &= weights[c] == 1;
    }
    return new LossScale(true, equal ? null : weights);
  }

  /** The weight of a class in units of that of the first. */
  private static double weight(
      Trainer trainer, NetworkForm form, int first, int c, double... alone) {
    if (Double.isNaN(alone[c])) {
      return 0;
    }
    double a = alone[first];
    double b = loss(trainer, form, new double[] {-3}, c);
    double both = loss(trainer, form, new double[] {-1, -3}, first, c);
    double weight = (a - both) / (both - b);
    return Math.abs(weight - 1) < ACCURACY ? 1 : weight;
  }

  /** The loss of rows whose outputs are a value for their own class and 0 for the others: lower values, higher losses. */
  private static double loss(Trainer trainer, NetworkForm form, double[] values, int... classes) {
    double[] outputs = new double[values.length * form.outputs()];
    for (int i = 0; i < values.length; i++) {
      outputs[i * form.outputs() + classes[i]] = values[i];
    }
    Tensor output = Tensor.of(outputs, values.length, form.outputs());
    return trainer.evaluateOutput(
        form.dtype() == DType.FLOAT64 ? output : output.to(DType.FLOAT32), Tensor.of(classes));
  }
}
