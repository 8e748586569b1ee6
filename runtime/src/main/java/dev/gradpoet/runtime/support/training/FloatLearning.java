package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * A trainer in {@code float}: all that depends neither on its network nor on what inputs this has. Subclasses give it the signatures of their inputs.
 *
 * @param <X> the arrays of a call, which hold the rows of the inputs
 */
public abstract non-sealed class FloatLearning<X> extends FloatPasses<X> {

  /** As for {@link TrainerBase}. */
  protected FloatLearning(Optimizer optimizer, int capacity, long rowBytes) {
    super(optimizer, capacity, rowBytes);
  }

  /** {@code step} of whole rows with the class of each. */
  protected float step(X x, int[] y) {
    return step(x, batch.rows(x, y), y);
  }

  /** {@code step} of the first n rows with the class of each. */
  protected float step(X x, int n, int[] y) {
    batch.check(x, n, y);
    keepForward(x, n);
    float loss = takeLoss(n, y);
    learn(n);
    return loss;
  }

  /** {@code step} of whole rows with dense targets. */
  protected float step(X x, float[] y) {
    return step(x, batch.rows(x, y), y);
  }

  /** {@code step} of the first n rows with dense targets. */
  protected float step(X x, int n, float[] y) {
    batch.check(x, n, y);
    keepForward(x, n);
    float loss = takeLoss(n, y);
    learn(n);
    return loss;
  }

  /** {@code step} of n rows whose targets are a tensor. */
  protected final double step(X x, int n, Tensor y) {
    if (targets().areClasses(y)) {
      return step(x, n, targets().classes(n, y));
    }
    targets().exactDense(n, y, DType.FLOAT32);
    return step(x, n, y.toFloatArray());
  }

  /** The loss of the class of each row. */
  protected float loss(int[] y) {
    int n = state.rows("loss");
    targets().exactClasses(n, y);
    targets().classes(n, y);
    return takeLoss(n, y);
  }

  private float takeLoss(int n, int[] y) {
    requireOpen();
    state.takingLoss();
    float loss = batch.loss(n, y);
    state.lossTaken();
    return loss;
  }

  /** The loss of dense targets. */
  protected float loss(float[] y) {
    int n = state.rows("loss");
    targets().exactDense(n, Objects.requireNonNull(y, "y").length);
    targets().values(n, y);
    return takeLoss(n, y);
  }

  private float takeLoss(int n, float[] y) {
    requireOpen();
    state.takingLoss();
    float loss = batch.loss(n, y);
    state.lossTaken();
    return loss;
  }

  @Override
  public final double loss(Tensor y) {
    targets().requireLoss();
    int n = state.rows("loss");
    if (targets().areClasses(y)) {
      return loss(targets().classes(n, y));
    }
    targets().exactDense(n, y, DType.FLOAT32);
    return loss(y.toFloatArray());
  }

  @Override
  public final Tensor losses() {
    targets().requireLosses();
    int n = state.losses();
    float[] losses = Arrays.copyOf(batch.losses, n * targets().lossesPerRow());
    return Tensor.of(losses, targets().shapeOfLosses(n));
  }

  /** {@code evaluate} of whole rows with the class of each. */
  protected float evaluate(X x, int[] y) {
    return openEvaluation().evaluate(x, y);
  }

  /** {@code evaluate} of the first n rows with the class of each. */
  protected float evaluate(X x, int n, int[] y) {
    return openEvaluation().evaluate(x, n, y);
  }

  /** {@code evaluate} of whole rows with dense targets. */
  protected float evaluate(X x, float[] y) {
    return openEvaluation().evaluate(x, y);
  }

  /** {@code evaluate} of the first n rows with dense targets. */
  protected float evaluate(X x, int n, float[] y) {
    return openEvaluation().evaluate(x, n, y);
  }

  /** {@code evaluate} of n rows whose targets are a tensor. */
  protected final double evaluate(X x, int n, Tensor y) {
    return openEvaluation().evaluate(x, n, y);
  }

  private FloatBatchOf<X> openEvaluation() {
    requireOpen();
    return evaluation;
  }

  /** Checks that there is a loss, before anything is said about arguments. */
  protected final void requireLoss() {
    targets().requireLoss();
  }
}
