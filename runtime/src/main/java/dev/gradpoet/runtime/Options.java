package dev.gradpoet.runtime;

/** Checks and prints the options of optimizers and schedules. */
final class Options {

  private Options() {}

  static void atLeastZero(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a finite number of at least 0");
    }
  }

  static void belowOne(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a number from 0 to below 1");
    }
  }

  static void positive(String what, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a finite number above 0");
    }
  }

  static void finite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a finite number");
    }
  }

  /** {@code .name(value)}, unless it is the default. */
  static String shown(String name, double value, double otherwise) {
    return value == otherwise ? "" : "." + name + "(" + value + ")";
  }

  /** {@code .name(true)}, or nothing. */
  static String shown(String name, boolean value) {
    return value ? "." + name + "(true)" : "";
  }
}
