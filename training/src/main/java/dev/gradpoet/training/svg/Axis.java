package dev.gradpoet.training.svg;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear axis from one number to another, with ticks at round numbers. */
final class Axis {

  private static final int TICKS = 5;

  /** Tenths of it are numbers other than 0. */
  private static final double LEAST = 1e-300;

  private static final double[] ROUND = {1, 2, 5, 10};

  private final double low;
  private final double high;
  private final double step;

  private Axis(double low, double high, double step) {
    this.low = low;
    this.high = high;
    this.step = step;
  }

  /** The axis that holds two numbers, extended to ticks. */
  static Axis of(double least, double most) {
    double low = least;
    double high = most;
    if (!(low <= high)) {
      low = 0;
      high = 1;
    }
    if (high - low < LEAST) {
      double half = Math.abs(low) < LEAST ? 1 : Math.abs(low) / 2;
      low -= half;
      high += half;
    }
    double step = step(high - low);
    return new Axis(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
  }

  /** An axis of whole numbers, such as epochs, that ends at both. */
  static Axis whole(int first, int last) {
    double step = Math.max(1, step(Math.max(1, last - first)));
    return new Axis(first, Math.max(first + 1, last), step);
  }

  private static double step(double range) {
    double rough = range / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double round : ROUND) {
      if (round * power >= rough) {
        return round * power;
      }
    }
    return 10 * power;
  }

  /** Where a number is: 0 at the low end, 1 at the high end. */
  double place(double value) {
    return (value - low) / (high - low);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    double first = Math.ceil(low / step - 1e-9);
    for (int i = 0; (first + i) * step <= high + step * 1e-9; i++) {
      ticks.add((first + i) * step);
    }
    return ticks;
  }

  String label(double tick) {
    double magnitude = Math.max(Math.abs(low), Math.abs(high));
    if (Math.abs(tick) < step / 2) {
      return "0";
    }
    if (magnitude >= 1e6 || step < 1e-4) {
      return String.format(Locale.ROOT, "%.1e", tick);
    }
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", tick + 0.0);
  }
}
