package dev.gradpoet.processor.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Convolutions and poolings of random shapes against {@link MapNet}, and their gradients against the slopes of the loss. */
class MapsTest {

  private static final int ROWS = 3;
  private static final double H = 1e-6;

  @Test
  void someOutputsAndGradientsAreThoseOfTheTwin() throws Exception {
    require(nets(12, 1), "FLOAT64", 1e-12);
    require(nets(6, 2), "FLOAT32", 1e-5);
  }

  @Test
  void imagesOfOnePixelHaveTheOutputsAndGradientsOfTheTwin() throws Exception {
    List<MapNet> nets = new ArrayList<>();
    for (MapNet.Pool pool : MapNet.Pool.values()) {
      for (int padding = 0; padding < 2; padding++) {
        int groups = 1 << nets.size() % 3;
        nets.add(MapNet.ofOnePixel("Map" + nets.size(), padding, groups, pool));
      }
    }
    require(nets, "FLOAT64", 1e-12);
  }

  @Test
  void kernelsAsLargeAsTheImageReadItsPadding() throws Exception {
    List<MapNet> nets = List.of(
        MapNet.ofOnePosition("Pixel", new int[] {7, 1, 1}, 1, 1),
        MapNet.ofOnePosition("Single", new int[] {1, 1, 1}, 1, 1),
        MapNet.ofOnePosition("Same", new int[] {1, 4, 3}, 4, 3),
        MapNet.ofOnePosition("Turned", new int[] {1, 4, 3}, 3, 4));
    require(nets, "FLOAT64", 1e-12);
  }

  @Test
  @Tag("exhaustive")
  void outputsAndGradientsAreThoseOfTheTwin() throws Exception {
    for (int seed = 3; seed < 5; seed++) {
      require(nets(60, seed), "FLOAT64", 1e-12);
      require(nets(60, seed + 100), "FLOAT32", 1e-5);
    }
  }

  private static List<MapNet> nets(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> MapNet.random("Map" + i, random))
        .toList();
  }

  private static void require(List<MapNet> nets, String dtype, double tolerance) throws Exception {
    String source = nets.stream()
        .map(net -> net.declaration(dtype))
        .collect(Collectors.joining(
            "",
            "import dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\npublic final class Maps {\n",
            "}\n"));
    ClassLoader loader = SourceCompiler.process(Map.of("Maps", source));
    List<String> failures = new ArrayList<>();
    for (MapNet net : nets) {
      Model model = (Model) loader
          .loadClass("Maps_" + net.name() + "Network")
          .getConstructor(long.class)
          .newInstance(7L);
      requireOutputs(net, model, DType.valueOf(dtype), tolerance, failures);
      if (dtype.equals("FLOAT64")) {
        requireSlopes(net, model, failures);
      }
    }
    assertThat(failures).isEmpty();
  }

  private static Tensor input(Model model, DType dtype) {
    return new Generator()
        .manualSeed(5)
        .randn(dtype, shape(model.architecture().inputs().get(0).shape()));
  }

  private static int[] shape(int[] sample) {
    return IntStream.concat(IntStream.of(ROWS), IntStream.of(sample)).toArray();
  }

  private static void requireOutputs(
      MapNet net, Model model, DType dtype, double tolerance, List<String> failures) {
    Tensor x = input(model, dtype);
    double[] inputs = x.toDoubleArray();
    double[] weight = model.parameters().get("conv.weight").toDoubleArray();
    double[] bias = net.bias() ? model.parameters().get("conv.bias").toDoubleArray() : null;
    double[] outputs = model.forward(x).toDoubleArray();
    int in = inputs.length / ROWS;
    for (int r = 0; r < ROWS; r++) {
      double[] expected =
          net.forward(Arrays.copyOfRange(inputs, r * in, (r + 1) * in), weight, bias);
      for (int i = 0; i < expected.length; i++) {
        double output = outputs[r * expected.length + i];
        if (!(Math.abs(output - expected[i]) <= tolerance)) {
          failures.add(net.declaration(dtype.name()) + " row " + r + ", output " + i + " is "
              + output + ", expected " + expected[i]);
          return;
        }
      }
    }
  }

  /** The gradients of about a dozen values of each parameter and of the input. */
  private static void requireSlopes(MapNet net, Model model, List<String> failures) {
    Tensor x = input(model, DType.FLOAT64);
    Tensor y =
        new Generator().manualSeed(6).randn(DType.FLOAT64, model.forward(x).shape());
    try (Trainer trainer = model.trainer(Sgd.of(0.1), ROWS)) {
      for (int pass = 0; pass < 2; pass++) {
        // the second pass finds what the first one left
        trainer.zeroGrad();
        trainer.forward(x);
        trainer.loss(y);
        trainer.backward();
        trainer.inputGradient();
      }
      requireSlopes(net, x, trainer.inputGradient().toDoubleArray(), model, x, y, failures);
      model
          .parameters()
          .forEach((name, tensor) -> requireSlopes(
              net, tensor, trainer.gradient(name).toDoubleArray(), model, x, y, failures));
    }
  }

  private static void requireSlopes(
      MapNet net,
      Tensor at,
      double[] gradient,
      Model model,
      Tensor x,
      Tensor y,
      List<String> failures) {
    double[] values = at.toDoubleArray();
    for (int i = 0; i < values.length; i += 1 + values.length / 12) {
      double value = values[i];
      values[i] = value + H;
      at.copyFrom(values);
      double above = model.evaluate(x, y);
      values[i] = value - H;
      at.copyFrom(values);
      double slope = (above - model.evaluate(x, y)) / (2 * H);
      values[i] = value;
      at.copyFrom(values);
      if (!(Math.abs(slope - gradient[i]) <= 1e-7)) {
        failures.add(net.declaration("FLOAT64") + " gradient " + i + " is " + gradient[i]
            + ", the slope " + slope);
        return;
      }
    }
  }
}
