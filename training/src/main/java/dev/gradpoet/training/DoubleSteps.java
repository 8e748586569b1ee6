package dev.gradpoet.training;

import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.Tensor;

/** The steps of a network in {@code double} with one dense input: they allocate nothing. */
final class DoubleSteps implements Steps {

  private final DoubleTrainer trainer;
  private final DoubleTrainer.ClassTargets byClass;
  private final DoubleTrainer.DenseTargets byValue;
  private final DoubleValues input;
  private final Values target;
  private final int targetWidth;
  private final Clipping clipping;
  private final boolean clips;
  private final double[] x;
  private final int outputs;
  private int[] classes;
  private int[] otherClasses = {};
  private double[] values;
  private double[] otherValues = {};
  private final double[] output;
  private final double[] all;
  private final int passRows;

  DoubleSteps(
      DoubleTrainer trainer,
      TargetForm form,
      DoubleValues input,
      Dataset data,
      int capacity,
      Clipping clipping,
      boolean keepsOutputs) {
    this.trainer = trainer;
    boolean isClass = form.kind() == TargetForm.Kind.CLASSES;
    this.byClass = isClass ? (DoubleTrainer.ClassTargets) trainer : null;
    this.byValue = isClass ? null : (DoubleTrainer.DenseTargets) trainer;
    this.input = input;
    this.target = data.targetValues();
    this.targetWidth = isClass ? 0 : form.outputs();
    this.outputs = form.outputs();
    this.clipping = clipping;
    this.clips = !clipping.isNone();
    this.x = new double[Math.multiplyExact(capacity, input.width())];
    this.classes = new int[isClass ? capacity : 0];
    this.values = new double[Math.multiplyExact(capacity, targetWidth)];
    this.passRows = data.size();
    this.output = new double[keepsOutputs ? Math.multiplyExact(capacity, outputs) : 0];
    this.all = keepsOutputs ? new double[Math.multiplyExact(passRows, outputs)] : null;
  }

  @Override
  public double step(int[] rows, int from, int n) {
    input.gather(rows, from, n, x);
    double loss = byClass == null ? stepByValue(rows, from, n) : stepByClass(rows, from, n);
    if (all != null) {
      trainer.output(output);
      System.arraycopy(output, 0, all, from * outputs, n * outputs);
    }
    return loss;
  }

  private double stepByClass(int[] rows, int from, int n) {
    if (clips) {
      useClasses(n);
    }
    ((IndexValues) target).gather(rows, from, n, classes);
    if (!clips) {
      return byClass.step(x, n, classes);
    }
    trainer.zeroGrad();
    trainer.forward(x, n);
    double loss = byClass.loss(classes);
    learn();
    return loss;
  }

  private double stepByValue(int[] rows, int from, int n) {
    if (clips) {
      useValues(n * targetWidth);
    }
    if (target instanceof DoubleValues dense) {
      dense.gather(rows, from, n, values);
    } else {
      ((IndexValues) target).gather(rows, from, n, values);
    }
    if (!clips) {
      return byValue.step(x, n, values);
    }
    trainer.zeroGrad();
    trainer.forward(x, n);
    double loss = byValue.loss(values);
    learn();
    return loss;
  }

  private void learn() {
    trainer.backward();
    clipping.clip(trainer);
    trainer.update();
  }

  /** {@code loss} takes arrays of the exact length. Steps have two sizes at most, and there is an array for each. */
  private void useClasses(int length) {
    if (classes.length != length) {
      int[] other = otherClasses.length == length ? otherClasses : new int[length];
      otherClasses = classes;
      classes = other;
    }
  }

  private void useValues(int length) {
    if (values.length != length) {
      double[] other = otherValues.length == length ? otherValues : new double[length];
      otherValues = values;
      values = other;
    }
  }

  @Override
  public Tensor outputs() {
    return all == null ? null : Tensor.view(all, passRows, outputs);
  }
}
