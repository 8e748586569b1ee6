package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * A trainer in {@code double}: all that depends on no network. A generated {@code Trainer} extends the nested class for the targets that its loss
 * takes, or this one if there is no loss, and adds the kernels of its layers in their order.
 */
public abstract non-sealed class DoubleTrainerBase extends DoublePasses {

  /** As for {@link TrainerBase}. */
  protected DoubleTrainerBase(Optimizer optimizer, int capacity, long rowBytes) {
    super(optimizer, capacity, rowBytes);
  }

  double step(double[] x, int[] y) {
    return step(x, batch.rows(x, y), y);
  }

  double step(double[] x, int n, int[] y) {
    batch.check(x, n, y);
    keepForward(x, n);
    double loss = takeLoss(n, y);
    learn(n);
    return loss;
  }

  double step(double[] x, double[] y) {
    return step(x, batch.rows(x, y), y);
  }

  double step(double[] x, int n, double[] y) {
    batch.check(x, n, y);
    keepForward(x, n);
    double loss = takeLoss(n, y);
    learn(n);
    return loss;
  }

  @Override
  public final double step(Tensor x, Tensor y) {
    targets().requireLoss();
    int n = targets().rows(x, DType.FLOAT64);
    if (targets().areClasses(y)) {
      return step(x.toDoubleArray(), n, targets().classes(n, y));
    }
    targets().exactDense(n, y, DType.FLOAT64);
    return step(x.toDoubleArray(), n, y.toDoubleArray());
  }

  double loss(int[] y) {
    int n = state.rows("loss");
    targets().exactClasses(n, y);
    targets().classes(n, y);
    return takeLoss(n, y);
  }

  private double takeLoss(int n, int[] y) {
    state.takingLoss();
    double loss = batch.loss(n, y);
    state.lossTaken();
    return loss;
  }

  double loss(double[] y) {
    int n = state.rows("loss");
    targets().exactDense(n, Objects.requireNonNull(y, "y").length);
    targets().values(n, y);
    return takeLoss(n, y);
  }

  private double takeLoss(int n, double[] y) {
    state.takingLoss();
    double loss = batch.loss(n, y);
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
    targets().exactDense(n, y, DType.FLOAT64);
    return loss(y.toDoubleArray());
  }

  @Override
  public final Tensor losses() {
    targets().requireLosses();
    int n = state.losses();
    double[] losses = Arrays.copyOf(batch.losses, n * targets().lossesPerRow());
    return Tensor.of(losses, targets().shapeOfLosses(n));
  }

  double evaluate(double[] x, int[] y) {
    return evaluation.evaluate(x, y);
  }

  double evaluate(double[] x, int n, int[] y) {
    return evaluation.evaluate(x, n, y);
  }

  double evaluate(double[] x, double[] y) {
    return evaluation.evaluate(x, y);
  }

  double evaluate(double[] x, int n, double[] y) {
    return evaluation.evaluate(x, n, y);
  }

  @Override
  public final double evaluate(Tensor x, Tensor y) {
    targets().requireLoss();
    return evaluation.evaluate(x, y);
  }

  /** A trainer whose loss takes the class of each row. */
  public abstract static class OfClasses extends DoubleTrainerBase
      implements DoubleTrainer.ClassTargets {

    /** As for {@link TrainerBase}. */
    protected OfClasses(Optimizer optimizer, int capacity, long rowBytes) {
      super(optimizer, capacity, rowBytes);
    }

    @Override
    public final double step(double[] x, int[] y) {
      return super.step(x, y);
    }

    @Override
    public final double step(double[] x, int n, int[] y) {
      return super.step(x, n, y);
    }

    @Override
    public final double loss(int[] y) {
      return super.loss(y);
    }

    @Override
    public final double evaluate(double[] x, int[] y) {
      return super.evaluate(x, y);
    }

    @Override
    public final double evaluate(double[] x, int n, int[] y) {
      return super.evaluate(x, n, y);
    }
  }

  /** A trainer whose loss takes rows as wide as the outputs. */
  public abstract static class OfValues extends DoubleTrainerBase
      implements DoubleTrainer.DenseTargets {

    /** As for {@link TrainerBase}. */
    protected OfValues(Optimizer optimizer, int capacity, long rowBytes) {
      super(optimizer, capacity, rowBytes);
    }

    @Override
    public final double step(double[] x, double[] y) {
      return super.step(x, y);
    }

    @Override
    public final double step(double[] x, int n, double[] y) {
      return super.step(x, n, y);
    }

    @Override
    public final double loss(double[] y) {
      return super.loss(y);
    }

    @Override
    public final double evaluate(double[] x, double[] y) {
      return super.evaluate(x, y);
    }

    @Override
    public final double evaluate(double[] x, int n, double[] y) {
      return super.evaluate(x, n, y);
    }
  }

  /** A trainer whose loss takes either. */
  public abstract static class OfEither extends OfClasses implements DoubleTrainer.DenseTargets {

    /** As for {@link TrainerBase}. */
    protected OfEither(Optimizer optimizer, int capacity, long rowBytes) {
      super(optimizer, capacity, rowBytes);
    }

    @Override
    public final double step(double[] x, double[] y) {
      return super.step(x, y);
    }

    @Override
    public final double step(double[] x, int n, double[] y) {
      return super.step(x, n, y);
    }

    @Override
    public final double loss(double[] y) {
      return super.loss(y);
    }

    @Override
    public final double evaluate(double[] x, double[] y) {
      return super.evaluate(x, y);
    }

    @Override
    public final double evaluate(double[] x, int n, double[] y) {
      return super.evaluate(x, n, y);
    }
  }
}
