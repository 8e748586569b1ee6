package dev.gradpoet.contract.start;

import jdk.incubator.vector.FloatVector;

/** An expression of vectors, in a class of its own, which a program without the Vector API does not load. */
final class Vectors {

  private Vectors() {}

  /** A value of a vector of zeros. */
  static float evaluate() {
    float[] x = new float[FloatVector.SPECIES_PREFERRED.length()];
    FloatVector v = FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, 0);
    v.mul(2f).add(v).intoArray(x, 0);
    return x[0];
  }
}
