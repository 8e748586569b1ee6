package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import java.util.List;
import java.util.Optional;

/** Validates sizes: each width is at least 1, and everything that is counted in an int is within int range. */
final class SizeRules {

  /** The largest number that can be padded. */
  private static final long SATURATED = Long.MAX_VALUE - 15;

  /** The largest multiple of 16 in int range. */
  private static final int LONGEST_ROW = Integer.MAX_VALUE / 16 * 16;

  private final Problems problems;

  /** The parameters of all layers so far. */
  private long parameters;

  SizeRules(Problems problems) {
    this.problems = problems;
  }

  /** Checks one width and returns whether it is valid. */
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

  /** The shape of an input, or empty if it is invalid. */
  Optional<Shape> input(String name, Sited<List<Sited<Integer>>> sizes) {
    List<Sited<Integer>> dimensions = sizes.value();
    if (dimensions.isEmpty() || dimensions.size() > 3) {
      problems.add(
          ProblemCode.WRONG_RANK,
          sizes.site(),
          name + " has " + dimensions.size()
              + " sizes, expected 1 to 3: {F} for a vector, {C, L} for a signal, {C, H, W} for an image");
      return Optional.empty();
    }
    boolean valid = true;
    for (Sited<Integer> size : dimensions) {
      valid &= checkWidth(dimensions.size() == 1 ? name : "a size of " + name, size);
    }
    long values =
        product(dimensions.stream().map(size -> size.value().longValue()).toList());
    return valid && checkRow("the number of values of " + name, values, sizes.site())
        ? Optional.of(new Shape(dimensions.stream().map(Sited::value).toList()))
        : Optional.empty();
  }

  /** A product of numbers of at least 0, or {@link #SATURATED}. */
  static long product(List<Long> sizes) {
    return sizes.stream().reduce(1L, SizeRules::saturated);
  }

  private static long saturated(long a, long b) {
    return a > Long.MAX_VALUE / Math.max(1, b) ? SATURATED : a * b;
  }

  /** Checks that a row of this width fits into an array. */
  boolean checkRow(String what, long width, Site site) {
    return checkRow(what, width, 0, site);
  }

  /** Checks that a row of this width fits into an array, with some room behind it. */
  boolean checkRow(String what, long width, int room, Site site) {
    int most = LONGEST_ROW - room;
    if (width > most) {
      problems.add(
          ProblemCode.TOO_LARGE,
          site,
          what + " is " + (width == SATURATED ? "at least " : "") + width + ", expected at most "
              + most);
      return false;
    }
    return true;
  }

  /** Checks the size of the weight of a linear layer, and adds the layer's parameters to the total. */
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

  /** Checks the size of the weight of an embedding, and adds it to the total. */
  void checkTable(int classes, Sited<Integer> dim) {
    long weight = (long) classes * dim.value();
    if (padded(weight) > Integer.MAX_VALUE) {
      problems.add(
          ProblemCode.TOO_LARGE,
          dim.site(),
          "a weight of " + classes + " x " + dim.value()
              + " values is beyond int range: make dim smaller");
      return;
    }
    count(padded(weight), dim.site());
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
