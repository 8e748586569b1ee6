package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The mean and the standard deviation of each value or channel of an input, over rows in order, in double. */
final class InputStatistics {

  private static final String TYPE = "Normalization";

  private final double[] mean;
  private final double[] std;

  /**
   * Sums of the differences from the first row, which of a value that never changes are exactly 0.
   *
   * @param x rows of as many channels as there are features
   */
  private InputStatistics(double[] x, int rows, int features, DType dtype) {
    mean = new double[features];
    std = new double[features];
    int length = x.length / rows / features;
    int count = x.length / features;
    for (int at = 0; at < x.length; at++) {
      int feature = at / length % features;
      mean[feature] += x[at] - x[feature * length];
    }
    for (int i = 0; i < features; i++) {
      mean[i] = x[i * length] + mean[i] / count;
    }
    for (int at = 0; at < x.length; at++) {
      int feature = at / length % features;
      double centered = x[at] - mean[feature];
      std[feature] = Math.fma(centered, centered, std[feature]);
    }
    for (int i = 0; i < features; i++) {
      double deviation = Math.sqrt(std[i] / count);
      boolean isZero = (dtype == DType.FLOAT32 ? (float) deviation : deviation) == 0;
      std[i] = isZero ? 1 : deviation;
    }
  }

  /**
   * Sets the means and the deviations of all normalizations of a network.
   *
   * @param inputs rows of each input
   * @throws IllegalArgumentException if the tensors do not fit the inputs, or a value is not finite; nothing is then changed
   * @throws UnsupportedOperationException if there is no normalization
   */
  static void fit(Architecture network, Tensor... inputs) {
    List<Layer> normalizations =
        network.layers().stream().filter(layer -> layer.type().equals(TYPE)).toList();
    if (normalizations.isEmpty()) {
      throw new UnsupportedOperationException(
          "the network has no normalization to fit: declare one with @Normalization");
    }
    List<Architecture.Input> declared = network.inputs();
    if (Objects.requireNonNull(inputs, "inputs").length != declared.size()) {
      throw new IllegalArgumentException("inputs holds " + inputs.length + " tensors, expected "
          + declared.size() + ", one for each input of the network");
    }
    List<InputStatistics> found = new ArrayList<>();
    for (Layer layer : normalizations) {
      int index = 0;
      while (!declared.get(index).name().equals(layer.from().get(0))) {
        index++;
      }
      String what = inputs.length == 1 ? "x" : declared.get(index).name();
      found.add(of(what, inputs[index], declared.get(index), layer, network.dtype()));
    }
    for (int i = 0; i < found.size(); i++) {
      Map<String, Tensor> buffers = normalizations.get(i).buffers();
      buffers.get("mean").copyFrom(found.get(i).mean);
      buffers.get("std").copyFrom(found.get(i).std);
    }
  }

  private static InputStatistics of(
      String what, Tensor x, Architecture.Input input, Layer layer, DType dtype) {
    int rows = SampleShape.of(input.shape()).batch(what, x, dtype);
    double[] values = x.toDoubleArray();
    int size = values.length / rows;
    for (int at = 0; at < values.length; at++) {
      if (!Double.isFinite(values[at])) {
        throw new IllegalArgumentException(what + " has the value " + values[at] + " in row "
            + at / size + " at place " + at % size
            + ", expected finite values: the normalization \"" + layer.name()
            + "\" would make every output NaN");
      }
    }
    return new InputStatistics(values, rows, layer.shape()[0], dtype);
  }
}
