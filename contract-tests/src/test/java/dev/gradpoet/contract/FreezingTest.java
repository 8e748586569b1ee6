package dev.gradpoet.contract;

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
import dev.gradpoet.PRelu;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that are frozen do not learn, with the numbers of PyTorch for the others and for themselves afterwards. */
class FreezingTest {

  /** The network of freezing.py. */
  @Network(input = 3, loss = Loss.MSE, dtype = DType.FLOAT64)
  interface Scheduled {
    @Linear(out = 4, activation = Activation.TANH)
    Layer hidden();

    @BatchNorm(momentum = 0.2)
    Layer bn();

    @PRelu
    Layer slope();

    @Linear(out = 2)
    Layer out();
  }

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

  /** What is frozen in each step of freezing.py. */
  private static final List<List<String>> SCHEDULE = List.of(
      List.of("hidden", "bn"),
      List.of("hidden", "bn"),
      List.of(),
      List.of(),
      List.of(),
      List.of("bn", "slope", "out"),
      List.of("bn", "slope", "out"),
      List.of("slope"),
      List.of("slope"),
      List.of());

  private static final String[] ALL = {"hidden", "bn", "slope", "out"};

  private static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("sgd", Sgd.of(0.1)),
        Arguments.of("momentum", Sgd.of(0.05).momentum(0.9).dampening(0.3).weightDecay(0.01)),
        Arguments.of("adam", Adam.of(0.01).amsgrad(true)),
        Arguments.of("adamw", AdamW.of(0.01).weightDecay(0.1)),
        Arguments.of("rmsprop", RmsProp.of(0.01).momentum(0.5).centered(true)),
        Arguments.of("adagrad", Adagrad.of(0.05).lrDecay(0.1)));
  }

  private static double[] x(int step) {
    double[] x = new double[15];
    Arrays.setAll(x, i -> Math.sin(1 + step + 3 * (i / 3) + i % 3));
    return x;
  }

  private static double[] y(int step) {
    double[] y = new double[10];
    Arrays.setAll(y, i -> Math.cos(2 * step + i / 2 + 5 * (i % 2)));
    return y;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void theNumbersArePyTorchs(String name, Optimizer optimizer) throws IOException {
    FreezingTest_ScheduledNetwork net = new FreezingTest_ScheduledNetwork(5);
    FreezingTest_ScheduledNetwork.Trainer trainer = net.trainer(optimizer, 5);
    List<Double> norms = new ArrayList<>();
    for (int step = 0; step < SCHEDULE.size(); step++) {
      norms.add(move(trainer, step));
    }

    double[] found = Stream.concat(values(net).stream(), norms.stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
    assertThat(found).containsExactly(expected(name), within(1e-11));
  }

  private static double move(FreezingTest_ScheduledNetwork.Trainer trainer, int step) {
    trainer.unfreeze(ALL);
    trainer.freeze(SCHEDULE.get(step).toArray(String[]::new));
    trainer.zeroGrad();
    trainer.forward(x(step));
    trainer.loss(y(step));
    trainer.backward();
    double norm = trainer.clipGradNorm(0.5);
    trainer.update();
    return norm;
  }

  private static List<Double> values(Model net) {
    List<Double> values = new ArrayList<>();
    net.parameters().values().forEach(each -> add(values, each));
    net.architecture()
        .layers()
        .forEach(layer -> layer.buffers().values().forEach(each -> add(values, each)));
    return values;
  }

  private static void add(List<Double> values, Tensor tensor) {
    for (double value : tensor.toDoubleArray()) {
      values.add(value);
    }
  }

  private static double[] expected(String name) throws IOException {
    try (InputStream in = FreezingTest.class.getResourceAsStream("freezing/freezing.txt")) {
      String line = new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(each -> each.startsWith(name + " "))
          .findFirst()
          .orElseThrow();
      return Arrays.stream(line.split(" "))
          .skip(1)
          .mapToDouble(Double::parseDouble)
          .toArray();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void stepsHaveTheBitsOfTheSeparateMoves(String name, Optimizer optimizer) {
    FreezingTest_ScheduledNetwork net = new FreezingTest_ScheduledNetwork(5);
    FreezingTest_ScheduledNetwork other = net.copy();
    FreezingTest_ScheduledNetwork.Trainer stepping = net.trainer(optimizer, 5);
    FreezingTest_ScheduledNetwork.Trainer moving = other.trainer(optimizer, 5);
    for (int step = 0; step < SCHEDULE.size(); step++) {
      String[] frozen = SCHEDULE.get(step).toArray(String[]::new);
      stepping.unfreeze(ALL);
      stepping.freeze(frozen);
      moving.unfreeze(ALL);
      moving.freeze(frozen);
      double loss = stepping.step(x(step), y(step));
      moving.zeroGrad();
      moving.forward(x(step));
      assertThat(moving.loss(y(step))).isEqualTo(loss);
      moving.backward();
      moving.update();
      assertThat(values(net)).isEqualTo(values(other));
      assertThat(stepping.state()).isEqualTo(moving.state());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void aResumedRunHasTheBitsOfOneThatNeverStopped(String name, Optimizer optimizer) {
    FreezingTest_ScheduledNetwork net = new FreezingTest_ScheduledNetwork(5);
    FreezingTest_ScheduledNetwork.Trainer trainer = net.trainer(optimizer, 5);
    for (int step = 0; step < SCHEDULE.size(); step++) {
      FreezingTest_ScheduledNetwork copy = net.copy();
      FreezingTest_ScheduledNetwork.Trainer resumed = copy.trainer(optimizer, 5);
      resumed.loadState(trainer.state());
      move(resumed, step);
      move(trainer, step);
      assertThat(values(copy)).isEqualTo(values(net));
      assertThat(resumed.state()).isEqualTo(trainer.state());
    }
    assertThat(trainer.state())
        .containsEntry("step", Tensor.of(new long[] {10}, new int[0]))
        .containsEntry("hidden.weight.step", Tensor.of(new long[] {8}, new int[0]))
        .containsEntry("slope.weight.step", Tensor.of(new long[] {6}, new int[0]));
    FreezingTest_ScheduledNetwork.Trainer fresh = net.trainer(optimizer, 5);
    assertThat(fresh.state().keySet()).noneMatch(key -> key.endsWith(".step"));
    Map<String, Tensor> wrong = new HashMap<>(trainer.state());
    wrong.put("hidden.weight.step", Tensor.of(new long[] {11}, new int[0]));
    assertThatThrownBy(() -> fresh.loadState(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hidden.weight.step is 11, expected 0 to 10, the step of the whole state: pass the result of state()");
    wrong.remove("hidden.weight.step");
    wrong.put("flat.weight.step", Tensor.of(new long[] {1}, new int[0]));
    assertThatThrownBy(() -> fresh.loadState(wrong)).isInstanceOf(IllegalArgumentException.class);
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
    FreezingTest_ScheduledNetwork net = new FreezingTest_ScheduledNetwork(5);
    FreezingTest_ScheduledNetwork.Trainer trainer = net.trainer(Adam.of(0.1), 5);
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
    FreezingTest_ScheduledNetwork net = new FreezingTest_ScheduledNetwork(5);
    FreezingTest_ScheduledNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), 5);
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
