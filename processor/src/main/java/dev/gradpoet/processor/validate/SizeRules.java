package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.Sited;

/** Judges widths: each at least 1, and everything that is counted in an int within its range. */
final class SizeRules {

  private final Problems problems;

  /** The parameters of all layers so far. */
  private long parameters;

  SizeRules(Problems problems) {
    this.problems = problems;
  }

  /** Checks one width; says whether it can be used. */
  boolean checkWidth(String what, Sited<Integer> width) {
    if (width.value() < 1) {
      problems.add(
          ProblemCode.SIZE_NOT_POSITIVE,
          width.site(),
          what + " is " + width.value() + ", expected at least 1");
      return false;
    }
    return checkRow(what, width.value(), width.site());
  }

  /** Checks that a row of a width can be an array. */
  boolean checkRow(String what, long width, Site site) {
    if (padded(width) > Integer.MAX_VALUE) {
      problems.add(
          ProblemCode.TOO_LARGE, site, what + " is " + width + ", expected at most 2147483632");
      return false;
    }
    return true;
  }

  /** Checks the weight of a linear layer, and counts it. */
  void checkProduct(int in, Sited<Integer> out) {
    long weight = padded(in) * padded(out.value());
    if (weight > Integer.MAX_VALUE) {
      problems.add(
          ProblemCode.TOO_LARGE,
          out.site(),
          "a weight of " + out.value() + " x " + in
              + " values is beyond int range: make a layer narrower");
      return;
    }
    count(weight + padded(out.value()), out.site());
  }

  /** Counts the parameters of a layer that are vectors. */
  void checkVectors(int vectors, int width, Site site) {
    count(vectors * padded(width), site);
  }

  private void count(long values, Site site) {
    boolean fitted = parameters <= Integer.MAX_VALUE;
    parameters += values;
    if (fitted && parameters > Integer.MAX_VALUE) {
      problems.add(
          ProblemCode.TOO_LARGE,
          site,
          "with this layer the network has more than 2147483647 parameters (rows padded to 16): make a layer narrower");
    }
  }

  private static long padded(long width) {
    return (width + 15) / 16 * 16;
  }
}
