package dev.gradpoet.samples.learning;

/** A network that learns classes. */
public interface Learner {

  /** The number of classes. */
  int classes();

  /** Learns from the first n rows, and gives their mean loss before. */
  float step(float[] x, int n, int[] labels);

  /** The class that it takes a row for. */
  int predict(float[] row);
}
