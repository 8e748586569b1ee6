package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Flops;
import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;

/**
 * What each contender does: a kind of work with a network, on so many threads.
 *
 * @param kind the kind of work
 * @param shape the network
 * @param threads the number of threads
 */
public record Task(Kind kind, Shape shape, int threads) {

  /** The rows of a call. */
  int rows() {
    return switch (kind) {
      case ONE_ROW -> 1;
      case ROWS_64 -> 64;
      case STEP -> shape.batch();
    };
  }

  /** The floating-point operations of the products of a call. */
  long flops() {
    Flops row = Flops.of(Gradpoet.of(shape, 1).model().architecture());
    return rows() * (kind == Kind.STEP ? row.step() : row.forward());
  }

  /** Whether a call takes most of a second, so that one fork must do. */
  boolean isLarge() {
    return shape == Shape.N4096_4096_4096_10;
  }

  /** The same on another number of threads. */
  Task on(int otherThreads) {
    return new Task(kind, shape, otherThreads);
  }

  @Override
  public String toString() {
    return shape.title() + ", " + kind.title() + (threads == 1 ? "" : ", " + threads + " threads");
  }
}
