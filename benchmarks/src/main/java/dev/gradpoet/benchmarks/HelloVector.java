package dev.gradpoet.benchmarks;

import jdk.incubator.vector.FloatVector;

/** The startup cost of any program that evaluates an expression of vectors. */
public final class HelloVector {

  private HelloVector() {}

  /** Prints a line. */
  public static void main(String[] args) {
    float[] x = new float[FloatVector.SPECIES_PREFERRED.length()];
    FloatVector v = FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, 0);
    v.mul(2f).add(v).intoArray(x, 0);
    System.out.println(x[0] == 0 ? "hello" : "failed");
  }
}
