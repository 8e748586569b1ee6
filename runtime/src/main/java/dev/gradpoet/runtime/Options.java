package dev.gradpoet.runtime;

/** Checks and prints the options of optimizers and schedules. A check returns the value that it accepts. */
final class Options {

  private Options() {}

  static double atLeastZero(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a finite number of at least 0");
    }
    return value;
  }

  static int atLeastZero(String what, int value) {
    return atLeast(0, what, value);
  }

  static int atLeastOne(String what, int value) {
    return atLeast(1, what, value);
  }

  private static int atLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected at least " + least);
    }
    return value;
  }

  static double belowOne(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a number from 0 to below 1");
    }
    return value;
  }

  static double finite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a finite number");
    }
    return value;
  }

  /**
   * An option of at least 1 that has no default; 0 means that it is not set.
   *
   * @param method the method that sets it, for the message
   * @throws IllegalStateException if it is not set
   */
  static int set(Schedule schedule, String method, int value) {
    return (int) set(schedule, method, value == 0 ? Double.NaN : value);
  }

  /** A finite option that has no default, as {@link #set(Schedule, String, int)}; NaN means that it is not set. */
  static double set(Schedule schedule, String method, double value) {
    if (Double.isNaN(value)) {
      throw new IllegalStateException(
          schedule + " lacks an option that has no default: call " + method + " first");
    }
    return value;
  }

  /** {@code .name(value)}, unless it is the default. */
  static String shown(String name, double value, double otherwise) {
    return Double.compare(value, otherwise) == 0 ? "" : "." + name + "(" + value + ")";
  }

  /** {@code .name(value)}, unless it is the default. */
  static String shown(String name, int value, int otherwise) {
    return value == otherwise ? "" : "." + name + "(" + value + ")";
  }

  /** {@code .name(true)}, or nothing. */
  static String shown(String name, boolean value) {
    return value ? "." + name + "(true)" : "";
  }
}
