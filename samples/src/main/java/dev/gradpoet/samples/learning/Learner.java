package dev.gradpoet.samples.learning;

/** A classifier that can be trained. */
public interface Learner {

  /** The number of classes. */
  int classes();

  /** Makes one training step on the first n rows, and returns their mean loss before it. */
  float step(float[] x, int n, int[] labels);

  /** The predicted class of a row. */
  int predict(float[] row);
}
