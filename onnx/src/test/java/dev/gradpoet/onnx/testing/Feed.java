package dev.gradpoet.onnx.testing;

import dev.gradpoet.DType;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * Rows for a network, and for a model in ONNX that computes the same.
 *
 * @param sources the inputs
 * @param inputs the values of each input in the order of the model, by its name there
 */
public record Feed(List<Source> sources, int rows, Map<String, double[]> inputs) {

  /**
   * An input.
   *
   * @param classes 0 for numbers
   * @param order as in {@code NetInput}
   */
  public record Source(String name, int width, int classes, int[] order) {}

  /** What a random number becomes. */
  public interface Values {
    double next(Random random);
  }

  /** The inputs of a network that was imported. */
  public static List<Source> sources(Net net) {
    return net.inputs().stream()
        .map(input -> new Source(input.name(), input.width(), input.classes(), input.order()))
        .toList();
  }

  /** The inputs of a network that was exported. */
  public static List<Source> sources(Architecture network) {
    return network.inputs().stream()
        .map(input -> new Source(
            input.name(),
            Arrays.stream(input.shape()).reduce(1, (a, b) -> a * b),
            input.classes().orElse(0),
            new int[0]))
        .toList();
  }

  /** Normal numbers, and class indices of all classes. */
  public static Feed random(List<Source> sources, int rows, long seed) {
    return random(sources, rows, seed, Random::nextGaussian);
  }

  /** Other numbers. */
  public static Feed random(List<Source> sources, int rows, long seed, Values numbers) {
    Random random = new Random(seed);
    Map<String, double[]> inputs = new LinkedHashMap<>();
    for (Source source : sources) {
      double[] values = new double[rows * source.width()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            source.classes() > 0 ? random.nextInt(source.classes()) : (float) numbers.next(random);
      }
      inputs.put(source.name(), values);
    }
    return new Feed(sources, rows, inputs);
  }

  /** What a network computes of them. */
  public double[] outputs(Model model) {
    DType type = model.architecture().dtype();
    return model
        .forward(sources.stream().map(source -> tensor(source, type)).toArray(Tensor[]::new))
        .toDoubleArray();
  }

  private Tensor tensor(Source source, DType type) {
    double[] theirs = inputs.get(source.name());
    int width = source.width();
    double[] ours = theirs.clone();
    for (int i = 0; i < ours.length && source.order().length > 0; i++) {
      ours[i] = theirs[i / width * width + source.order()[i % width]];
    }
    if (source.classes() > 0) {
      return Tensor.of(
          DoubleStream.of(ours).mapToLong(value -> (long) value).toArray(), rows, width);
    }
    return type == DType.FLOAT64
        ? Tensor.of(ours, rows, width)
        : Tensor.of(floats(ours), rows, width);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
