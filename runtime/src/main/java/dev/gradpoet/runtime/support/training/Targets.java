package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.SampleShape;
import java.util.Objects;

/** The targets that a network's loss accepts, and the divisor of a mean: checks rows and their targets. */
public final class Targets {

  /** The ignored class of a loss that ignores none. */
  private static final int NONE_IGNORED = -1;

  /** The kinds of target. */
  private enum Kind {
    NONE,
    CLASSES,
    DENSE,
    EITHER
  }

  /** Null where the network has other inputs than one dense one. */
  private final SampleShape input;

  private final SampleShape output;
  private final int outputs;
  private final Loss loss;
  private final Kind kind;
  private final Reduction reduction;
  private final int ignoreIndex;

  private Targets(
      SampleShape input, SampleShape output, Loss loss, Reduction reduction, int ignoreIndex) {
    this.input = input;
    this.output = output;
    this.outputs = output.size();
    this.loss = loss;
    this.kind = switch (loss) {
      case NONE -> Kind.NONE;
      case NLL -> Kind.CLASSES;
      case CROSS_ENTROPY -> Kind.EITHER;
      case MSE, L1, SMOOTH_L1, HUBER, BCE, BCE_WITH_LOGITS, KL_DIV -> Kind.DENSE;
    };
    this.reduction = reduction;
    this.ignoreIndex = ignoreIndex;
  }

  /**
   * The targets of a network without a loss: none.
   *
   * @param input the shape of an input row
   * @param output the shape of an output row
   */
  public static Targets none(SampleShape input, SampleShape output) {
    return new Targets(input, output, Loss.NONE, Reduction.NONE, NONE_IGNORED);
  }

  /** As {@link #none(SampleShape, SampleShape)}, with any inputs. */
  public static Targets none(SampleShape output) {
    return none(null, output);
  }

  /** Rows as wide as the outputs. */
  public static Targets dense(
      SampleShape input, SampleShape output, Loss loss, Reduction reduction) {
    return new Targets(input, output, loss, reduction, NONE_IGNORED);
  }

  /** As {@link #dense(SampleShape, SampleShape, Loss, Reduction)}, with any inputs. */
  public static Targets dense(SampleShape output, Loss loss, Reduction reduction) {
    return dense(null, output, loss, reduction);
  }

  /** Class indices, of which one is ignored; or also dense targets, if the loss accepts them. */
  public static Targets classes(
      SampleShape input, SampleShape output, Loss loss, Reduction reduction, int ignoreIndex) {
    return new Targets(input, output, loss, reduction, ignoreIndex);
  }

  /** As {@link #classes(SampleShape, SampleShape, Loss, Reduction, int)}, with any inputs. */
  public static Targets classes(
      SampleShape output, Loss loss, Reduction reduction, int ignoreIndex) {
    return classes(null, output, loss, reduction, ignoreIndex);
  }

  /** The shape of an input row. */
  SampleShape input() {
    return input;
  }

  /** The shape of an output row. */
  SampleShape output() {
    return output;
  }

  /** The number of values in an input row. */
  int inputs() {
    return input.size();
  }

  /** The number of values in an output row. */
  int outputs() {
    return outputs;
  }

  /** Whether the loss accepts class indices; it may also accept dense targets. */
  boolean takesClasses() {
    return kind == Kind.CLASSES || kind == Kind.EITHER;
  }

  /**
   * Checks that there is a loss.
   *
   * @throws UnsupportedOperationException if there is none
   */
  void requireLoss() {
    if (kind == Kind.NONE) {
      throw Check.noLoss();
    }
  }

  /**
   * Checks that the losses are not reduced.
   *
   * @throws UnsupportedOperationException if there is no loss, or the losses are only summed
   */
  void requireLosses() {
    requireLoss();
    if (reduction != Reduction.NONE) {
      throw Check.reduced(reduction.name());
    }
  }

  /** The number of unreduced losses per row: one, one per output, or none. */
  int lossesPerRow() {
    if (kind == Kind.NONE || reduction != Reduction.NONE) {
      return 0;
    }
    return takesClasses() ? 1 : outputs;
  }

  /** The shape of the unreduced losses of n rows. */
  int[] shapeOfLosses(int n) {
    return takesClasses() ? new int[] {n} : output.ofBatch(n);
  }

  /** Whether the loss takes two passes over the rows, and keeps two numbers of each row between them. */
  boolean keepsSoftmax() {
    return loss == Loss.CROSS_ENTROPY;
  }

  /** Whether the sum of the losses is divided by a count. */
  boolean isMean() {
    return reduction == Reduction.MEAN || reduction == Reduction.BATCH_MEAN;
  }

  /** Whether a class is the ignored one. */
  boolean isIgnored(int label) {
    return label == ignoreIndex;
  }

  /** The number of the first n classes that are not ignored. */
  int counted(int n, int[] y) {
    int counted = 0;
    for (int r = 0; r < n; r++) {
      counted += y[r] == ignoreIndex ? 0 : 1;
    }
    return counted;
  }

  /**
   * Checks weights of the classes.
   *
   * @param largest the largest number of the dtype
   * @throws IllegalArgumentException if there is not one for each output, or one is negative or above the largest number
   * @throws UnsupportedOperationException if the loss takes no classes
   */
  void requireClassWeights(double[] weights, double largest) {
    requireLoss();
    if (!takesClasses()) {
      throw new UnsupportedOperationException("the loss " + loss + " has no class weights: "
          + (loss == Loss.BCE_WITH_LOGITS
              ? posWeightOf(Objects.requireNonNull(weights, "weights"), largest)
              : "declare CROSS_ENTROPY or NLL"));
    }
    TargetCheck.classWeights(weights, outputs, largest);
  }

  /** What to call instead, with the number that weighs two classes of one output alike. */
  private String posWeightOf(double[] weights, double largest) {
    double ratio = outputs == 1 && weights.length == 2 ? weights[1] / weights[0] : Double.NaN;
    boolean accepted =
        ratio >= 0 && ratio <= largest && weights[0] > 0 && (ratio > 0 || weights[1] == 0);
    return "call posWeight(" + (accepted ? ratio : "..")
        + "), the weight of class 1 divided by that of class 0";
  }

  /**
   * Checks weights of positive targets.
   *
   * @param largest the largest number of the dtype
   * @throws IllegalArgumentException if there is neither one nor one for each output, or one is negative or above the largest number
   * @throws UnsupportedOperationException if the loss has none
   */
  void requirePosWeights(double[] weights, double largest) {
    requireLoss();
    if (loss != Loss.BCE_WITH_LOGITS) {
      throw new UnsupportedOperationException("the loss " + loss
          + " has no weights of positive targets: declare BCE_WITH_LOGITS"
          + (takesClasses() ? ", or call classWeights" : ""));
    }
    TargetCheck.posWeights(weights, outputs, largest);
  }

  /** The divisor of the sum of the losses of n rows with dense targets. */
  double count(int n) {
    if (!isMean()) {
      return 1;
    }
    return takesClasses() || reduction == Reduction.BATCH_MEAN ? n : (double) n * outputs;
  }

  /**
   * The number of rows in an array of whole rows.
   *
   * @throws IllegalArgumentException if there is no row, or a part of one
   */
  int rows(int length) {
    return Check.rows("x", length, input.size());
  }

  /**
   * Checks that an array holds at least n rows.
   *
   * @throws IllegalArgumentException if n is below 1 or the array is shorter
   */
  void atLeastRows(int n, int length) {
    Check.atLeastRows("x", n, length, input.size());
  }

  /**
   * Checks that there are exactly n class indices.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  void exactClasses(int n, int[] y) {
    Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, 1);
  }

  /**
   * Checks the first n class indices.
   *
   * @throws IllegalArgumentException if there are fewer, or one is neither a class nor the ignored one
   */
  void classes(int n, int[] y) {
    TargetCheck.labels(y, n, outputs, ignoreIndex);
  }

  /**
   * Checks that an array holds exactly n dense targets.
   *
   * @throws IllegalArgumentException if it does not
   */
  void exactDense(int n, int length) {
    if (kind == Kind.EITHER) {
      TargetCheck.exactDense(n, length, outputs);
    } else {
      Check.exactRows("y", n, length, outputs);
    }
  }

  /**
   * Checks that an array holds at least n dense targets.
   *
   * @throws IllegalArgumentException if it does not
   */
  void atLeastDense(int n, int length) {
    if (kind == Kind.EITHER) {
      TargetCheck.atLeastDense(n, length, outputs);
    } else {
      Check.atLeastRows("y", n, length, outputs);
    }
  }

  /**
   * Checks the values of n dense targets.
   *
   * @throws IllegalArgumentException if the loss is {@code BCE} and one is not within 0 and 1, or if the loss ignores a class
   */
  void values(int n, float[] y) {
    if (loss == Loss.BCE) {
      TargetCheck.probabilities(y, n * outputs, outputs);
    }
    requireNoneIgnored();
  }

  /** The same for {@code double}. */
  void values(int n, double[] y) {
    if (loss == Loss.BCE) {
      TargetCheck.probabilities(y, n * outputs, outputs);
    }
    requireNoneIgnored();
  }

  private void requireNoneIgnored() {
    if (kind == Kind.EITHER && ignoreIndex >= 0) {
      TargetCheck.noDenseTargets(ignoreIndex);
    }
  }

  /**
   * The number of rows in a tensor.
   *
   * @throws IllegalArgumentException if it has another dtype or shape
   */
  int rows(Tensor x, DType dtype) {
    return input.batch("x", x, dtype);
  }

  /**
   * Whether a tensor of targets is read as class indices.
   *
   * @throws UnsupportedOperationException if there is no loss
   */
  boolean areClasses(Tensor y) {
    requireLoss();
    return kind == Kind.CLASSES
        || kind == Kind.EITHER && Objects.requireNonNull(y, "y").dtype() == DType.INT64;
  }

  /**
   * The class indices in a tensor of shape {@code [n]}.
   *
   * @throws IllegalArgumentException if it has another dtype or shape, or a value is neither a class nor the ignored one
   */
  int[] classes(int n, Tensor y) {
    return TargetCheck.classIndices(y, n, outputs, ignoreIndex);
  }

  /**
   * Checks that a tensor holds exactly n dense targets.
   *
   * @throws IllegalArgumentException if it has another dtype or shape
   */
  void exactDense(int n, Tensor y, DType dtype) {
    if (kind == Kind.EITHER) {
      TargetCheck.exactDense(y, dtype, n, output);
    } else {
      output.exactBatch("y", y, dtype, n);
    }
  }
}
