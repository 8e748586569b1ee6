package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;

/** The kinds of work. */
public enum Kind {
  /** The outputs of one row. */
  ONE_ROW("one row"),
  /** The outputs of 64 rows. */
  ROWS_64("64 rows"),
  /** A training step on the batch of the shape. */
  STEP("training step");

  private final String title;

  Kind(String title) {
    this.title = title;
  }

  /** The title in tables. */
  public String title() {
    return title;
  }

  /** The rows of a call. */
  public int rows(Shape shape) {
    return switch (this) {
      case ONE_ROW -> 1;
      case ROWS_64 -> 64;
      case STEP -> shape.batch();
    };
  }

  /** The floating-point operations of the matrix products of a call. */
  public long flops(Shape shape) {
    return rows(shape) * (this == STEP ? shape.stepFlops() : shape.forwardFlops());
  }
}
