package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.Check;

/**
 * A trainer of a network in {@code double} with one dense input. A generated {@code Trainer} extends the nested class for the targets that its loss
 * takes, or this one if there is no loss, and adds the kernels of its layers in their order.
 */
public abstract class DoubleTrainerBase extends DoubleLearning<double[]> implements DoubleTrainer {

  /** As for {@link TrainerBase}. */
  protected DoubleTrainerBase(Optimizer optimizer, int capacity, long rowBytes) {
    super(optimizer, capacity, rowBytes);
  }

  /** The gradient of the input, for which the backward pass has left that of the layers which read it; an array of rows, n of them computed. */
  protected abstract double[][] inputGradient(int n);

  /** The name of the input. */
  protected String inputName() {
    return "input";
  }

  @Override
  public final void forward(double[] x) {
    keepForward(x);
  }

  @Override
  public final void forward(double[] x, int n) {
    keepFirst(x, n);
  }

  @Override
  public final void forward(Tensor x) {
    int n = targets().rows(x, DType.FLOAT64);
    keepFirst(x.toDoubleArray(), n);
  }

  @Override
  public final void forward(Tensor... inputs) {
    forward(Check.onlyInput(inputs));
  }

  @Override
  public final double step(Tensor x, Tensor y) {
    requireLoss();
    int n = targets().rows(x, DType.FLOAT64);
    return step(x.toDoubleArray(), n, y);
  }

  @Override
  public final double step(Tensor[] inputs, Tensor y) {
    return step(Check.onlyInput(inputs), y);
  }

  @Override
  public final double evaluate(Tensor x, Tensor y) {
    requireLoss();
    int n = targets().rows(x, DType.FLOAT64);
    return evaluate(x.toDoubleArray(), n, y);
  }

  @Override
  public final double evaluate(Tensor[] inputs, Tensor y) {
    return evaluate(Check.onlyInput(inputs), y);
  }

  @Override
  public final Tensor inputGradient() {
    int n = rowsOfGradient();
    return targets().input().batch(Tensor.view(inputGradient(n), n, targets().inputs()));
  }

  @Override
  public final Tensor inputGradient(String input) {
    Check.onlyInput(inputName(), input);
    return inputGradient();
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
