package dev.gradpoet.processor.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In double, every gradient is the slope of the loss: {@code (L(w + h) - L(w - h)) / 2h}. */
class FiniteDifferenceTest {

  private static final int ROWS = 3;
  private static final double H = 1e-6;

  /** What is lost to rounding and to the curvature of the loss. */
  private static final double TOLERANCE = 2e-8;

  /** Prime, so that losses, activations and reductions come by turns. */
  private static final int ONE_IN = 61;

  @Test
  void gradientsOfSomeNetworksAreSlopes() {
    requireSlopes(Sample.oneIn(ONE_IN, nets()));
  }

  @Test
  void gradientsOfSomeLayersAreSlopes() {
    requireSlopes(Sample.oneIn(3, layers()));
  }

  @Test
  @Tag("exhaustive")
  void gradientsOfLayersAreSlopes() {
    requireSlopes(layers());
  }

  /** Those with dropouts hold the mask. */
  private static List<Net> layers() {
    return Nets.layers().stream().filter(net -> net.dtype() == DType.FLOAT64).toList();
  }

  @Test
  @Tag("exhaustive")
  void everyGradientIsASlope() {
    requireSlopes(nets());
  }

  private static List<Net> nets() {
    return Stream.concat(
            Nets.losses(DType.FLOAT64).stream(),
            Nets.graphs().stream().filter(net -> net.dtype() == DType.FLOAT64))
        .toList();
  }

  private static void requireSlopes(List<Net> nets) {
    ClassLoader loader = Nets.compile(nets);
    List<String> failures = new ArrayList<>();
    for (Net net : nets) {
      // A seed whose values stay clear of the kink of relu: a slope across it is none.
      if (net.loss() != Loss.NLL) {
        check(net, Nets.load(loader, net, 12), Batch.dense(net, ROWS, 5), failures);
      }
      if (net.loss() == Loss.CROSS_ENTROPY || net.loss() == Loss.NLL) {
        check(net, Nets.load(loader, net, 12), Batch.classes(net, ROWS, 6), failures);
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void check(Net net, Model model, Batch batch, List<String> failures) {
    if (net.has(Net.Kind.NORMALIZATION)) {
      model.fitNormalization(Batch.dense(net, 5, 7).tensors(net));
    }
    Trainer trainer = model.trainer(Sgd.of(0.1), ROWS);
    Map<String, Tensor> state = trainer.state();
    Tensor[] x = batch.tensors(net);
    trainer.forward(x);
    trainer.loss(batch.target());
    trainer.backward();
    DoubleSupplier loss = net.hasTwoPasses()
        ? () -> trainingLoss(model, state, x, batch)
        : () -> trainer.evaluate(x, batch.target());
    for (Net.Input input : net.dense()) {
      check(
          net + " " + input.name(),
          x[net.inputs.indexOf(input)],
          trainer.inputGradient(input.name()),
          loss,
          failures);
    }
    model
        .parameters()
        .forEach((name, tensor) ->
            check(net + " " + name, tensor, trainer.gradient(name), loss, failures));
  }

  /** The loss with the masks that the state leads to. */
  private static double trainingLoss(
      Model model, Map<String, Tensor> state, Tensor[] x, Batch batch) {
    Trainer trainer = model.trainer(Sgd.of(0.1), ROWS);
    trainer.loadState(state);
    trainer.forward(x);
    return trainer.loss(batch.target());
  }

  private static void check(
      String what, Tensor tensor, Tensor gradient, DoubleSupplier loss, List<String> failures) {
    double[] values = gradient.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double slope = slope(tensor, i, loss);
      if (!(Math.abs(slope - values[i]) <= TOLERANCE * Math.max(1, Math.abs(slope)))) {
        failures.add(what + "[" + i + "]: gradient " + values[i] + ", slope " + slope);
      }
    }
  }

  private static double slope(Tensor tensor, int i, DoubleSupplier loss) {
    int[] shape = tensor.shape();
    int[] index = shape.length == 1 ? new int[] {i} : new int[] {i / shape[1], i % shape[1]};
    double value = tensor.get(index);
    tensor.set(value + H, index);
    double above = loss.getAsDouble();
    tensor.set(value - H, index);
    double below = loss.getAsDouble();
    tensor.set(value, index);
    return (above - below) / (2 * H);
  }
}
