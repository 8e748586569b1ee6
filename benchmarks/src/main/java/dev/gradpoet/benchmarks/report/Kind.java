package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Flops;
import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;

/** The kinds of work. */
public enum Kind {
  /** The outputs of one row. */
  ONE_ROW("one row"),
  /** The outputs of 64 rows. */
  ROWS_64("64 rows"),
  /** A training step on the batch of the network. */
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

  /** The floating-point operations of the products of a call. */
  public long flops(Shape shape) {
    Flops row = Flops.of(Gradpoet.of(shape, 1).model().architecture());
    return rows(shape) * (this == STEP ? row.step() : row.forward());
  }
}
