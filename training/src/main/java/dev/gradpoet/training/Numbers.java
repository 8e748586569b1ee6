package dev.gradpoet.training;

import java.util.Locale;

/** Prints numbers for people. */
final class Numbers {

  private static final int SECONDS_A_MINUTE = 60;
  private static final int SECONDS_AN_HOUR = 3600;

  private Numbers() {}

  /** Four significant digits at least: {@code 0.1235}, {@code 12.35}, {@code 1.235e-05}. */
  static String brief(double value) {
    double magnitude = Math.abs(value);
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    if (magnitude < 1e-3 || magnitude >= 1e6) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    return String.format(
        Locale.ROOT, magnitude < 10 ? "%.4f" : magnitude < 1000 ? "%.2f" : "%.0f", value);
  }

  /** A value of a data set: as {@link #brief}, but {@code 3} rather than {@code 3.0000}. */
  static String value(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? String.format(Locale.ROOT, "%.0f", value + 0.0)
        : brief(value);
  }

  /** Minutes and seconds: {@code 0:07}, {@code 1:02:03}; below ten seconds {@code 3.2 s}, below one {@code 45 ms}. */
  static String time(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    long hours = whole / SECONDS_AN_HOUR;
    long minutes = whole / SECONDS_A_MINUTE % SECONDS_A_MINUTE;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % SECONDS_A_MINUTE)
        : String.format(Locale.ROOT, "%d:%02d", minutes, whole % SECONDS_A_MINUTE);
  }
}
