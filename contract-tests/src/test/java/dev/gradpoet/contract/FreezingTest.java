package dev.gradpoet.contract;

import static dev.gradpoet.contract.FreezingScheduleTest.ALL;
import static dev.gradpoet.contract.FreezingScheduleTest.add;
import static dev.gradpoet.contract.FreezingScheduleTest.values;
import static dev.gradpoet.contract.FreezingScheduleTest.x;
import static dev.gradpoet.contract.FreezingScheduleTest.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.Conv2d;
import dev.gradpoet.DType;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that are frozen do not learn, those before them do, and their statistics stay. */
class FreezingTest {

  /** A layer without parameters, norms of maps and of vectors, one without parameters. */
  @Network(
      input = {2, 4, 4},
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Images {
    @Conv2d(out = 3, kernel = 2, bias = false)
    Layer conv();

    @BatchNorm(activation = Activation.SOFTMAX)
    Layer ofMaps();

    @Flatten
    Layer flat();

    @BatchNorm(affine = false, activation = Activation.GELU)
    Layer plain();

    @Linear(out = 2)
    Layer out();
  }

  /** In float. */
  @Network(
      input = {2, 4, 4},
      loss = Loss.CROSS_ENTROPY)
  interface Floats {
    @Conv2d(out = 3, kernel = 2, bias = false)
    Layer conv();

    @BatchNorm(activation = Activation.RELU)
    Layer bn();

    @Flatten
    Layer flat();

    @Linear(out = 3)
    Layer frozen();
  }

  @Test
  void frozenLayersAndStatisticsStayAndLayersBeforeThemLearn() {
    FreezingTest_ImagesNetwork net = new FreezingTest_ImagesNetwork(3);
    FreezingTest_ImagesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1).weightDecay(0.1), 4);
    double[] x = Data.doubles(1, 4 * 32);
    double[] y = Data.doubles(2, 8);
    trainer.step(x, y);
    Map<String, List<Double>> before = all(net);

    trainer.freeze("ofMaps", "plain", "out");
    trainer.step(x, y);
    trainer.step(x, 1, y);

    Map<String, List<Double>> after = all(net);
    for (String name : before.keySet()) {
      assertThat(after.get(name).equals(before.get(name)))
          .as(name)
          .isEqualTo(!name.startsWith("conv"));
    }
    trainer.zeroGrad();
    trainer.forward(x);
    trainer.backward(new double[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThat(trainer.gradient("out.weight").toDoubleArray()).containsOnly(0);
    assertThat(trainer.gradient("conv.weight").toDoubleArray()).doesNotContain(0);
    // with all statistics frozen, training computes what inference computes
    assertThat(trainer.output().toDoubleArray()).containsExactly(net.forward(x), within(1e-13));
    trainer.unfreeze("plain");
    assertThatThrownBy(() -> trainer.forward(x, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"plain\"");
    trainer.step(x, y);
    assertThat(all(net).get("plain.num_batches_tracked")).containsExactly(2.0);
    assertThat(all(net).get("ofMaps.num_batches_tracked")).containsExactly(1.0);
  }

  private static Map<String, List<Double>> all(Model net) {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    net.architecture()
        .layers()
        .forEach(layer -> Stream.of(layer.parameters(), layer.buffers())
            .forEach(tensors -> tensors.forEach((name, tensor) -> {
              List<Double> values = new ArrayList<>();
              add(values, tensor);
              all.put(layer.name() + "." + name, values);
            })));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofMaps plain", "plain", "ofMaps", "conv"})
  void gradientsAreSlopes(String frozen) {
    FreezingTest_ImagesNetwork net = new FreezingTest_ImagesNetwork(3);
    FreezingTest_ImagesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 4);
    Generator g = new Generator().manualSeed(4);
    Tensor x = g.randn(DType.FLOAT64, 3, 2, 4, 4);
    Tensor y = g.randn(DType.FLOAT64, 3, 2);
    trainer.step(x, y);
    trainer.freeze(frozen.split(" "));
    trainer.zeroGrad();
    trainer.forward(x);
    trainer.loss(y);
    trainer.backward();
    Tensor ofInput = trainer.inputGradient().to(DType.FLOAT64);
    Map<String, double[]> gradients = new LinkedHashMap<>();
    net.parameters()
        .keySet()
        .forEach(name -> gradients.put(name, trainer.gradient(name).toDoubleArray()));

    requireSlopes(x, ofInput.toDoubleArray(), trainer, x, y);
    gradients.forEach((name, gradient) -> {
      if (frozen.contains(name.substring(0, name.indexOf('.')))) {
        assertThat(gradient).containsOnly(0);
      } else {
        requireSlopes(net.parameters().get(name), gradient, trainer, x, y);
      }
    });
  }

  private static void requireSlopes(Tensor at, double[] gradient, Trainer of, Tensor x, Tensor y) {
    double[] values = at.toDoubleArray();
    double[] slopes = new double[values.length];
    double h = 1e-5;
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + h;
      at.copyFrom(values);
      of.forward(x);
      double above = of.loss(y);
      values[i] = value - h;
      at.copyFrom(values);
      of.forward(x);
      slopes[i] = (above - of.loss(y)) / (2 * h);
      values[i] = value;
      at.copyFrom(values);
    }
    assertThat(gradient).containsExactly(slopes, within(1e-8));
  }

  @Test
  void namesOfNoSuchLayersAreRefusedAndNothingIsFrozen() {
    FreezingTest_ImagesNetwork net = new FreezingTest_ImagesNetwork(3);
    FreezingTest_ImagesNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 4);
    for (String wrong : new String[] {"flat", "Out", "input", "out.weight", ""}) {
      assertThatThrownBy(() -> trainer.freeze("conv", wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no layer with parameters or running statistics is named \"" + wrong
              + "\", expected one of [conv, ofMaps, out, plain]");
      assertThatThrownBy(() -> trainer.unfreeze(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> trainer.freeze("conv", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("layers[1]");
    assertThatThrownBy(() -> trainer.freeze((String[]) null))
        .isInstanceOf(NullPointerException.class);
    List<Double> before = all(net).get("conv.weight");
    trainer.freeze();
    trainer.step(Data.doubles(1, 4 * 32), Data.doubles(2, 8));
    assertThat(all(net).get("conv.weight")).isNotEqualTo(before);
  }

  @Test
  void aFrozenNetworkKeepsEverythingAndItsUpdatesDoNotCount() {
    FreezingScheduleTest_ScheduledNetwork net = new FreezingScheduleTest_ScheduledNetwork(5);
    FreezingScheduleTest_ScheduledNetwork.Trainer trainer = net.trainer(Adam.of(0.1), 5);
    List<Double> before = values(net);
    trainer.freeze(ALL);

    trainer.step(x(0), y(0));
    assertThat(trainer.evaluate(x(0), y(0))).isFinite();

    assertThat(values(net)).isEqualTo(before);
    trainer.zeroGrad();
    trainer.forward(x(1));
    trainer.loss(y(1));
    trainer.backward();
    assertThat(trainer.clipGradNorm(1)).isZero();
    trainer.unfreeze(ALL);
    assertThat(trainer.state()).containsEntry("out.bias.step", Tensor.zeros(DType.INT64));
  }

  @Test
  void backwardAndTheInputGradientNeedAForwardAfterFreezing() {
    FreezingScheduleTest_ScheduledNetwork net = new FreezingScheduleTest_ScheduledNetwork(5);
    FreezingScheduleTest_ScheduledNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 5);
    trainer.freeze("hidden");
    trainer.forward(x(0));
    trainer.loss(y(0));
    trainer.backward();
    trainer.freeze("bn");

    assertThatThrownBy(trainer::inputGradient)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("inputGradient after freeze or unfreeze: call forward(x) and backward again");
    assertThatThrownBy(trainer::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward after freeze or unfreeze, which change what backward computes: call forward(x) again");
    // gradients of the others stay
    assertThat(trainer.gradient("out.weight").toDoubleArray()).doesNotContain(0);
    assertThat(trainer.gradient("bn.weight").toDoubleArray()).containsOnly(0);
    trainer.update();
    trainer.forward(x(0));
    trainer.backward(y(0));
    assertThat(trainer.inputGradient().toDoubleArray()).doesNotContain(Double.NaN);
  }

  @Test
  void freezingAllocatesNothingInStepsAndLeavesUnfrozenTrainersTheirBits() {
    FreezingTest_FloatsNetwork net = new FreezingTest_FloatsNetwork(3);
    FreezingTest_FloatsNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 4);
    FreezingTest_FloatsNetwork other = net.copy();
    FreezingTest_FloatsNetwork.Trainer never = other.trainer(Sgd.of(0.1), 4);
    float[] x = Data.floats(1, 4 * 32);
    int[] y = {0, 2, 1, 1};
    trainer.freeze("bn", "frozen");
    trainer.unfreeze("bn", "frozen");
    trainer.step(x, y);
    never.step(x, y);
    assertThat(values(net)).isEqualTo(values(other));
    trainer.freeze("bn", "frozen");
    assertThat(AllocatedBytes.least(() -> {
          trainer.step(x, y);
          trainer.step(x, 1, y);
        }))
        .isZero();
  }
}
