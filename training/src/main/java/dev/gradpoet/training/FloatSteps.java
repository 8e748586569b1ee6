package dev.gradpoet.training;

import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Tensor;

/** The steps of a network in {@code float} with one dense input: they allocate nothing. */
final class FloatSteps implements Steps {

  private final FloatTrainer trainer;
  private final FloatTrainer.ClassTargets byClass;
  private final FloatTrainer.DenseTargets byValue;
  private final FloatValues input;
  private final Values target;
  private final int targetWidth;
  private final Clipping clipping;
  private final boolean clips;
  private final float[] x;
  private final int outputs;
  private int[] classes;
  private int[] otherClasses = {};
  private float[] values;
  private float[] otherValues = {};
  private final float[] output;
  private final float[] all;
  private final int passRows;

  FloatSteps(
      FloatTrainer trainer,
      TargetForm form,
      FloatValues input,
      Dataset data,
      int capacity,
      Clipping clipping,
      boolean keepsOutputs) {
    this.trainer = trainer;
    boolean isClass = form.kind() == TargetForm.Kind.CLASSES;
    this.byClass = isClass ? (FloatTrainer.ClassTargets) trainer : null;
    this.byValue = isClass ? null : (FloatTrainer.DenseTargets) trainer;
    this.input = input;
    this.target = data.targetValues();
    this.targetWidth = isClass ? 0 : form.outputs();
    this.outputs = form.outputs();
    this.clipping = clipping;
    this.clips = !clipping.isNone();
    this.x = new float[Math.multiplyExact(capacity, input.width())];
    this.classes = new int[isClass ? capacity : 0];
    this.values = new float[Math.multiplyExact(capacity, targetWidth)];
    this.passRows = data.size();
    this.output = new float[keepsOutputs ? Math.multiplyExact(capacity, outputs) : 0];
    this.all = keepsOutputs ? new float[Math.multiplyExact(passRows, outputs)] : null;
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
    if (target instanceof FloatValues dense) {
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
      float[] other = otherValues.length == length ? otherValues : new float[length];
      otherValues = values;
      values = other;
    }
  }

  @Override
  public Tensor outputs() {
    return all == null ? null : Tensor.view(all, passRows, outputs);
  }
}
