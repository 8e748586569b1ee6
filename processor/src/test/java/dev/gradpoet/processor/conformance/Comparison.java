package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Compares what was computed with what PyTorch computed, and keeps the largest error as a share of the tolerance. */
final class Comparison {

  private final Golden golden;
  private final List<String> failures = new ArrayList<>();
  private long values;
  private double worst;

  Comparison(Golden golden) {
    this.golden = golden;
  }

  long values() {
    return values;
  }

  double worst() {
    return worst;
  }

  List<String> failures() {
    return failures;
  }

  void check(String what, JsonElement expected, Tensor actual) {
    check(what, values(expected, actual.dtype()), actual.toDoubleArray());
  }

  void check(String what, JsonElement expected, double actual) {
    check(what, values(expected, golden.dtype()), new double[] {actual});
  }

  /** Checks a value against two answers that are both right. */
  void checkEither(String what, JsonElement first, JsonElement second, double actual) {
    double one = values(first, golden.dtype())[0];
    double other = values(second, golden.dtype())[0];
    boolean nearer = Double.isNaN(one)
        ? Double.isNaN(actual)
        : !(Math.abs(actual - other) < Math.abs(actual - one));
    checkValue(what, nearer ? one : other, actual);
  }

  /** Checks values, of which one that is no number to PyTorch at an infinity may be a limit here. */
  void checkOrLimit(String what, JsonElement expected, double[] actual, double[] inputs) {
    double[] values = values(expected, golden.dtype());
    for (int i = 0; i < values.length; i++) {
      boolean limit = Double.isNaN(values[i]) && Double.isInfinite(inputs[i]);
      checkValue(what + " at " + inputs[i], limit ? actual[i] : values[i], actual[i]);
    }
  }

  /** Checks tensors by the names of PyTorch's parameters. */
  void check(String what, JsonObject expected, Function<String, Tensor> actual) {
    for (String name : expected.keySet()) {
      check(what + " " + name, expected.get(name), actual.apply(name));
    }
  }

  /** The values expected, rounded to the floats whose shortest decimals stand in the file. */
  private static double[] values(JsonElement expected, DType dtype) {
    DoubleStream values = Arrays.stream(Golden.values(expected));
    return (dtype == DType.FLOAT32 ? values.map(value -> (float) value) : values).toArray();
  }

  private void check(String what, double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      failures.add(
          golden + ": " + what + " has " + actual.length + " values, expected " + expected.length);
      return;
    }
    for (int i = 0; i < expected.length; i++) {
      checkValue(what + "[" + i + "]", expected[i], actual[i]);
    }
  }

  private void checkValue(String what, double expected, double actual) {
    values++;
    if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) {
      return;
    }
    double allowed = golden.tolerance("atol") + golden.tolerance("rtol") * Math.abs(expected);
    double error = Math.abs(actual - expected);
    if (!(error <= allowed)) {
      failures.add(golden + ": " + what + " is " + actual + ", expected " + expected);
      worst = Double.POSITIVE_INFINITY;
      return;
    }
    worst = Math.max(worst, error / allowed);
  }
}
