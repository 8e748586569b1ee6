package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * A trainer in {@code float}: all that depends on no network. A generated {@code Trainer} extends the nested class for the targets that its loss
 * takes, or this one if there is no loss, and adds the kernels of its layers in their order.
 */
public abstract non-sealed class FloatTrainerBase extends FloatPasses {

  /** As for {@link TrainerBase}. */
  protected FloatTrainerBase(Optimizer optimizer, int capacity, long rowBytes) {
    super(optimizer, capacity, rowBytes);
  }

  float step(float[] x, int[] y) {
    return step(x, batch.rows(x, y), y);
  }

  float step(float[] x, int n, int[] y) {
    batch.check(x, n, y);
    keepForward(x, n);
    float loss = takeLoss(n, y);
    learn(n);
    return loss;
  }

  float step(float[] x, float[] y) {
    return step(x, batch.rows(x, y), y);
  }

  float step(float[] x, int n, float[] y) {
    batch.check(x, n, y);
    keepForward(x, n);
    float loss = takeLoss(n, y);
    learn(n);
    return loss;
  }

  @Override
  public final double step(Tensor x, Tensor y) {
    targets().requireLoss();
    int n = targets().rows(x, DType.FLOAT32);
    if (targets().areClasses(y)) {
      return step(x.toFloatArray(), n, targets().classes(n, y));
    }
    targets().exactDense(n, y, DType.FLOAT32);
    return step(x.toFloatArray(), n, y.toFloatArray());
  }

  float loss(int[] y) {
    int n = state.rows("loss");
    targets().exactClasses(n, y);
    targets().classes(n, y);
    return takeLoss(n, y);
  }

  private float takeLoss(int n, int[] y) {
    state.takingLoss();
    float loss = batch.loss(n, y);
    state.lossTaken();
    return loss;
  }

  float loss(float[] y) {
    int n = state.rows("loss");
    targets().exactDense(n, Objects.requireNonNull(y, "y").length);
    targets().values(n, y);
    return takeLoss(n, y);
  }

  private float takeLoss(int n, float[] y) {
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

  float evaluate(float[] x, int[] y) {
    return evaluation.evaluate(x, y);
  }

  float evaluate(float[] x, int n, int[] y) {
    return evaluation.evaluate(x, n, y);
  }

  float evaluate(float[] x, float[] y) {
    return evaluation.evaluate(x, y);
  }

  float evaluate(float[] x, int n, float[] y) {
    return evaluation.evaluate(x, n, y);
  }

  @Override
  public final double evaluate(Tensor x, Tensor y) {
    targets().requireLoss();
    return evaluation.evaluate(x, y);
  }

  /** A trainer whose loss takes the class of each row. */
  public abstract static class OfClasses extends FloatTrainerBase
      implements FloatTrainer.ClassTargets {

    /** As for {@link TrainerBase}. */
    protected OfClasses(Optimizer optimizer, int capacity, long rowBytes) {
      super(optimizer, capacity, rowBytes);
    }

    @Override
    public final float step(float[] x, int[] y) {
      return super.step(x, y);
    }

    @Override
    public final float step(float[] x, int n, int[] y) {
      return super.step(x, n, y);
    }

    @Override
    public final float loss(int[] y) {
      return super.loss(y);
    }

    @Override
    public final float evaluate(float[] x, int[] y) {
      return super.evaluate(x, y);
    }

    @Override
    public final float evaluate(float[] x, int n, int[] y) {
      return super.evaluate(x, n, y);
    }
  }

  /** A trainer whose loss takes rows as wide as the outputs. */
  public abstract static class OfValues extends FloatTrainerBase
      implements FloatTrainer.DenseTargets {

    /** As for {@link TrainerBase}. */
    protected OfValues(Optimizer optimizer, int capacity, long rowBytes) {
      super(optimizer, capacity, rowBytes);
    }

    @Override
    public final float step(float[] x, float[] y) {
      return super.step(x, y);
    }

    @Override
    public final float step(float[] x, int n, float[] y) {
      return super.step(x, n, y);
    }

    @Override
    public final float loss(float[] y) {
      return super.loss(y);
    }

    @Override
    public final float evaluate(float[] x, float[] y) {
      return super.evaluate(x, y);
    }

    @Override
    public final float evaluate(float[] x, int n, float[] y) {
      return super.evaluate(x, n, y);
    }
  }

  /** A trainer whose loss takes either. */
  public abstract static class OfEither extends OfClasses implements FloatTrainer.DenseTargets {

    /** As for {@link TrainerBase}. */
    protected OfEither(Optimizer optimizer, int capacity, long rowBytes) {
      super(optimizer, capacity, rowBytes);
    }

    @Override
    public final float step(float[] x, float[] y) {
      return super.step(x, y);
    }

    @Override
    public final float step(float[] x, int n, float[] y) {
      return super.step(x, n, y);
    }

    @Override
    public final float loss(float[] y) {
      return super.loss(y);
    }

    @Override
    public final float evaluate(float[] x, float[] y) {
      return super.evaluate(x, y);
    }

    @Override
    public final float evaluate(float[] x, int n, float[] y) {
      return super.evaluate(x, n, y);
    }
  }
}
