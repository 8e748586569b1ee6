package dev.gradpoet.training;

/** How {@link Csv} handles missing numbers and categories. An immutable value. */
public final class Missing {

  private enum Rule {
    ERROR,
    SKIP_ROW,
    VALUE
  }

  private static final Missing ERROR = new Missing(Rule.ERROR, 0);
  private static final Missing SKIP_ROW = new Missing(Rule.SKIP_ROW, 0);

  private final Rule rule;
  private final double value;

  private Missing(Rule rule, double value) {
    this.rule = rule;
    this.value = value;
  }

  /** Refuses the file, with an error that names the row and the column: the default. */
  public static Missing error() {
    return ERROR;
  }

  /** Leaves out rows with a missing value in a column that is read. */
  public static Missing skipRow() {
    return SKIP_ROW;
  }

  /**
   * Replaces each missing number with this one. A missing category or class is an error.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public static Missing value(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the value for missing numbers is " + value + ", expected a finite number");
    }
    return new Missing(Rule.VALUE, value);
  }

  boolean skipsRow() {
    return rule == Rule.SKIP_ROW;
  }

  boolean hasValue() {
    return rule == Rule.VALUE;
  }

  double value() {
    return value;
  }
}
