package dev.gradpoet.training;

import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Arrays;

/**
 * The loss of an epoch, from the losses of its steps: their sum if the declared loss is a sum, otherwise their mean, in which a step counts as often as its
 * own mean counts rows. So it is to the training rows what the validation loss is to those of the validation.
 */
final class EpochLoss {

  private final boolean isSum;

  /** Null if each row counts once. */
  private final IndexValues labels;

  private final double[] weightOfClass;
  private double sum;
  private double weight;
  private boolean leavesOut;

  private EpochLoss(boolean isSum, IndexValues labels, double... weightOfClass) {
    this.isSum = isSum;
    this.labels = labels;
    this.weightOfClass = weightOfClass;
  }

  /** For the rows of a data set whose targets the trainer takes. A sum divides by 1, whatever the rows. */
  static EpochLoss of(Trainer trainer, TargetForm form, Dataset data) {
    int first = data.rowIndex().get(0);
    boolean isSum = trainer.lossDivisor(form.target(data, RowIndex.of(first))) == 1
        && trainer.lossDivisor(form.target(data, RowIndex.of(first, first))) == 1;
    if (isSum || form.kind() != TargetForm.Kind.CLASSES) {
      return new EpochLoss(isSum, null);
    }
    double[] weights = new double[Math.min(data.classes().size(), form.outputs())];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = trainer.lossDivisor(Tensor.of(new long[] {c}));
    }
    boolean countsOnce = Arrays.stream(weights).allMatch(each -> each == 1)
        && Arrays.stream(data.labels()).allMatch(label -> label >= 0);
    return new EpochLoss(false, countsOnce ? null : data.classTarget(), weights);
  }

  /** Starts an epoch. */
  void start() {
    sum = 0;
    weight = 0;
    leavesOut = false;
  }

  /**
   * Adds a step.
   *
   * @param loss of the step; the mean of no row that counts is NaN, and is left out
   * @param rows of the arrays, in the order of the epoch
   * @param from the first of the step
   * @param n the number of rows of the step
   */
  void add(double loss, int[] rows, int from, int n) {
    if (isSum) {
      sum += loss;
      return;
    }
    double count = labels == null ? n : count(rows, from, n);
    if (count > 0) {
      sum += loss * count;
      weight += count;
    } else {
      leavesOut = true;
    }
  }

  /** The sum of the weights of some rows; a negative class is the one that the loss ignores. */
  private double count(int[] rows, int from, int n) {
    double count = 0;
    for (int i = 0; i < n; i++) {
      int label = labels.index(rows[from + i]);
      count += label < 0 ? 0 : weightOfClass[label];
    }
    return count;
  }

  /** Whether there was a step without a row that counts. */
  boolean leavesOut() {
    return leavesOut;
  }

  /** The loss of the steps since the start; NaN if it is a mean and no row counts. */
  double value() {
    return isSum ? sum : sum / weight;
  }
}
