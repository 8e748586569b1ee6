package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OfficialTests;
import dev.gradpoet.onnx.testing.OfficialTests.OfficialTest;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * ONNX's own tests of optimizers ({@code ai.onnx.preview.training}, version 1) against ours, which are PyTorch's. One update of a weight {@code X} by a gradient
 * {@code G}; {@code T} is the number of updates before it. The formulas of the specification and what they are here:
 *
 * <ul>
 *   <li>Adagrad: {@code X - R / (1 + T decay) g / (sqrt(H + g^2) + eps)}, PyTorch's update {@code T + 1}.
 *   <li>Momentum: {@code V = alpha V + b g}, with {@code b = 1} for {@code T = 0}, else {@code beta}: PyTorch's with dampening {@code 1 - b}, but PyTorch's first update does not read
 *       {@code V}, so it is any later update.
 *   <li>Adam: {@code X - R sqrt(1 - beta^T) / (1 - alpha^T) V / (sqrt(H) + eps)}. PyTorch divides the root by {@code sqrt(1 - beta^t)} before it adds eps, so its eps is ONNX's divided by
 *       that; {@code t = T}. For {@code T = 0}, ONNX corrects nothing, which is another formula: the first update of PyTorch's with both corrections taken out of learning rate and eps.
 * </ul>
 */
class OfficialOptimizersTest {

  private static final double TOLERANCE = 1e-5;

  /** Networks {@code y = w x} with one and two weights, whose gradient for {@code x = 1} is that of the output. */
  private static Map<String, Model> models;

  @BeforeAll
  static void compile() throws Exception {
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    for (int out = 1; out <= 2; out++) {
      sources.put(
          "optimizers.Weights" + out, new ImportedSource("""
              package optimizers;
              import dev.gradpoet.*;
              import dev.gradpoet.runtime.Layer;
              @Network(input = 1) public interface Weights%d {
                @Linear(out = %d, bias = false) Layer w();
              }""".formatted(out, out), Map.of()));
    }
    models = Networks.untrained(sources);
  }

  /**
   * An optimizer of ours.
   *
   * @param updates how many came before
   * @param remembered PyTorch's names of what it remembers, in the order of ONNX
   */
  private record Ours(Optimizer optimizer, long updates, List<String> remembered) {}

  private static double attribute(OfficialTest test, String name, double otherwise) {
    return test.attribute(name).map(value -> (double) value.real()).orElse(otherwise);
  }

  /** The optimizer that computes what ONNX specifies. */
  private static Ours ours(OfficialTest test, double r, long t) {
    double decay = attribute(test, "norm_coefficient", 0);
    assertThat(test.attribute("norm_coefficient_post")).isEmpty();
    return switch (test.operator()) {
      case "Adagrad" ->
        new Ours(
            Adagrad.of(r)
                .lrDecay(attribute(test, "decay_factor", 0))
                .weightDecay(decay)
                .eps(attribute(test, "epsilon", 1e-6)),
            t,
            List.of("sum"));
      case "Momentum" -> {
        double share = t > 0 ? attribute(test, "beta", 1) : 1;
        yield new Ours(
            Sgd.of(r)
                .momentum(attribute(test, "alpha", 0))
                .dampening(1 - share)
                .weightDecay(decay)
                .nesterov(test.attribute("mode").orElseThrow().text().equals("nesterov")),
            Math.max(1, t),
            List.of("momentum_buffer"));
      }
      default -> {
        double alpha = attribute(test, "alpha", 0.9);
        double beta = attribute(test, "beta", 0.999);
        long update = Math.max(1, t);
        double root = Math.sqrt(1 - Math.pow(beta, update));
        double rate = t > 0 ? r : r * (1 - alpha) / root;
        yield new Ours(
            Adam.of(rate)
                .betas(alpha, beta)
                .eps(attribute(test, "epsilon", 1e-6) / root)
                .weightDecay(decay),
            update - 1,
            List.of("exp_avg", "exp_avg_sq"));
      }
    };
  }

  /** Adam with ONNX's numbers as they are. */
  private static Ours adam(OfficialTest test, double r) {
    return new Ours(
        Adam.of(r)
            .betas(attribute(test, "alpha", 0.9), attribute(test, "beta", 0.999))
            .eps(attribute(test, "epsilon", 1e-6))
            .weightDecay(attribute(test, "norm_coefficient", 0)),
        0,
        List.of("exp_avg", "exp_avg_sq"));
  }

  /** The largest difference of a new weight or of what is remembered, relative to 1 or to the expected value. */
  private static double error(OfficialTest test, Ours ours) {
    OfficialTests.Data data = test.data().get(0);
    List<Constant> inputs = data.inputs().values().stream().map(Constant::of).toList();
    List<Constant> outputs = data.outputs().stream().map(Constant::of).toList();
    int remembered = ours.remembered().size();
    int tensors = (inputs.size() - 2) / (2 + remembered);
    double error = 0;
    for (int i = 0; i < tensors; i++) {
      List<double[]> before = new ArrayList<>();
      List<double[]> expected = new ArrayList<>();
      for (int k = 0; k < 2 + remembered; k++) {
        before.add(inputs.get(2 + k * tensors + i).reals());
      }
      for (int k = 0; k < 1 + remembered; k++) {
        expected.add(outputs.get(k * tensors + i).reals());
      }
      error = Math.max(error, difference(updated(ours, before), expected));
    }
    return error;
  }

  /**
   * The new weight and what is remembered.
   *
   * @param before the weight, its gradient, and what is remembered
   */
  private static List<double[]> updated(Ours ours, List<double[]> before) {
    int length = before.get(0).length;
    Model model = models.get("optimizers.Weights" + length);
    Tensor weight = model.parameters().get("w.weight");
    weight.copyFrom(before.get(0));
    try (Trainer trainer = model.trainer(ours.optimizer(), 1)) {
      Map<String, Tensor> state = new LinkedHashMap<>(trainer.state());
      state.put("step", Tensor.of(new long[] {ours.updates()}, new int[0]));
      for (int k = 0; k < ours.remembered().size(); k++) {
        state.get("w.weight." + ours.remembered().get(k)).copyFrom(before.get(2 + k));
      }
      trainer.loadState(state);
      trainer.forward(Tensor.of(new float[] {1}, 1, 1));
      trainer.backward(Tensor.of(floats(before.get(1)), 1, length));
      trainer.update();
      List<double[]> after = new ArrayList<>(List.of(weight.toDoubleArray()));
      Map<String, Tensor> left = trainer.state();
      ours.remembered().forEach(name -> after.add(left.get("w.weight." + name).toDoubleArray()));
      return after;
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double difference(List<double[]> actual, List<double[]> expected) {
    double difference = 0;
    for (int k = 0; k < expected.size(); k++) {
      for (int i = 0; i < expected.get(k).length; i++) {
        double value = expected.get(k)[i];
        difference =
            Math.max(difference, Math.abs(actual.get(k)[i] - value) / Math.max(1, Math.abs(value)));
      }
    }
    return difference;
  }

  /** The pseudo code of the specification, for one value of each tensor. */
  private static double[] specified(
      OfficialTest test, double r, long t, double x, double gradient, double v, double h) {
    double g = attribute(test, "norm_coefficient", 0) * x + gradient;
    double eps = attribute(test, "epsilon", 1e-6);
    double alpha = attribute(test, "alpha", 0.9);
    double beta = attribute(test, "beta", 0.999);
    switch (test.operator()) {
      case "Adagrad" -> {
        double sum = v + g * g;
        double rate = r / (1 + t * attribute(test, "decay_factor", 0));
        return new double[] {x - rate * g / (Math.sqrt(sum) + eps), sum};
      }
      case "Momentum" -> {
        double momentum = alpha * v + (t > 0 ? beta : 1) * g;
        boolean nesterov = test.attribute("mode").orElseThrow().text().equals("nesterov");
        return new double[] {x - r * (nesterov ? g + alpha * momentum : momentum), momentum};
      }
      default -> {
        double average = alpha * v + (1 - alpha) * g;
        double square = beta * h + (1 - beta) * g * g;
        double rate = t > 0 ? r * Math.sqrt(1 - Math.pow(beta, t)) / (1 - Math.pow(alpha, t)) : r;
        return new double[] {x - rate * average / (Math.sqrt(square) + eps), average, square};
      }
    }
  }

  @Test
  void soDoLaterUpdates() throws Exception {
    double[] x = {0.5, -1.25};
    double[] g = {-0.75, 0.3};
    double[] v = {0.2, 1.5};
    double[] h = {0.4, 0.01};
    for (OfficialTest test : tests()) {
      for (long t : new long[] {0, 1, 4}) {
        List<double[]> expected = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          double[] one = specified(test, 0.1, t, x[i], g[i], v[i], h[i]);
          for (int k = 0; k < one.length; k++) {
            if (i == 0) {
              expected.add(new double[2]);
            }
            expected.get(k)[i] = one[k];
          }
        }
        assertThat(difference(updated(ours(test, 0.1, t), List.of(x, g, v, h)), expected))
            .describedAs(test.name() + ", T = " + t)
            .isLessThan(TOLERANCE);
      }
    }
  }

  private static List<OfficialTest> tests() throws Exception {
    return OfficialTests.all().stream()
        .filter(test -> List.of("Adagrad", "Adam", "Momentum").contains(test.operator()))
        .toList();
  }

  @Test
  void oursComputeTheUpdatesOfOnnx() throws Exception {
    List<String> equal = new ArrayList<>();
    List<String> otherFormula = new ArrayList<>();
    for (OfficialTest test : tests()) {
      List<Constant> inputs =
          test.data().get(0).inputs().values().stream().map(Constant::of).toList();
      double r = inputs.get(0).real(0);
      long t = inputs.get(1).integers()[0];
      String name = test.name() + ", T = " + t;
      if (error(test, ours(test, r, t)) < TOLERANCE) {
        equal.add(name);
      }
      if (test.operator().equals("Adam") && error(test, adam(test, r)) > 1000 * TOLERANCE) {
        otherFormula.add(name);
      }
    }
    System.out.println(equal.size() + " of 7 tests of optimizers pass");
    assertThat(equal)
        .containsExactly(
            "node/test_adagrad, T = 0",
            "node/test_adagrad_multiple, T = 0",
            "node/test_adam, T = 0",
            "node/test_adam_multiple, T = 0",
            "node/test_momentum, T = 0",
            "node/test_momentum_multiple, T = 0",
            "node/test_nesterov_momentum, T = 0");
    assertThat(otherFormula)
        .describedAs("Adam of ONNX with T = 0 is not the first update of PyTorch's")
        .containsExactly("node/test_adam, T = 0", "node/test_adam_multiple, T = 0");
  }
}
