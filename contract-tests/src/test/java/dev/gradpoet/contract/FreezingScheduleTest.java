package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.DType;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.PRelu;
import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A trainer that freezes other layers in each step has the numbers of PyTorch, for each optimizer, in moves, steps and resumed runs. */
class FreezingScheduleTest {

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

  static final String[] ALL = {"hidden", "bn", "slope", "out"};

  private static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("sgd", Sgd.of(0.1)),
        Arguments.of("momentum", Sgd.of(0.05).momentum(0.9).dampening(0.3).weightDecay(0.01)),
        Arguments.of("adam", Adam.of(0.01).amsgrad(true)),
        Arguments.of("adamw", AdamW.of(0.01).weightDecay(0.1)),
        Arguments.of("rmsprop", RmsProp.of(0.01).momentum(0.5).centered(true)),
        Arguments.of("adagrad", Adagrad.of(0.05).lrDecay(0.1)));
  }

  static double[] x(int step) {
    double[] x = new double[15];
    Arrays.setAll(x, i -> Math.sin(1 + step + 3 * (i / 3) + i % 3));
    return x;
  }

  static double[] y(int step) {
    double[] y = new double[10];
    Arrays.setAll(y, i -> Math.cos(2 * step + i / 2 + 5 * (i % 2)));
    return y;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void theNumbersArePyTorchs(String name, Optimizer optimizer) throws IOException {
    FreezingScheduleTest_ScheduledNetwork net = new FreezingScheduleTest_ScheduledNetwork(5);
    FreezingScheduleTest_ScheduledNetwork.Trainer trainer = net.trainer(optimizer, 5);
    List<Double> norms = new ArrayList<>();
    for (int step = 0; step < SCHEDULE.size(); step++) {
      norms.add(move(trainer, step));
    }

    double[] found = Stream.concat(values(net).stream(), norms.stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
    assertThat(found).containsExactly(expected(name), within(1e-11));
  }

  private static double move(FreezingScheduleTest_ScheduledNetwork.Trainer trainer, int step) {
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

  static List<Double> values(Model net) {
    List<Double> values = new ArrayList<>();
    net.parameters().values().forEach(each -> add(values, each));
    net.architecture()
        .layers()
        .forEach(layer -> layer.buffers().values().forEach(each -> add(values, each)));
    return values;
  }

  static void add(List<Double> values, Tensor tensor) {
    for (double value : tensor.toDoubleArray()) {
      values.add(value);
    }
  }

  private static double[] expected(String name) throws IOException {
    try (InputStream in = FreezingScheduleTest.class.getResourceAsStream("freezing/freezing.txt")) {
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
    FreezingScheduleTest_ScheduledNetwork net = new FreezingScheduleTest_ScheduledNetwork(5);
    FreezingScheduleTest_ScheduledNetwork other = net.copy();
    FreezingScheduleTest_ScheduledNetwork.Trainer stepping = net.trainer(optimizer, 5);
    FreezingScheduleTest_ScheduledNetwork.Trainer moving = other.trainer(optimizer, 5);
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
    FreezingScheduleTest_ScheduledNetwork net = new FreezingScheduleTest_ScheduledNetwork(5);
    FreezingScheduleTest_ScheduledNetwork.Trainer trainer = net.trainer(optimizer, 5);
    for (int step = 0; step < SCHEDULE.size(); step++) {
      FreezingScheduleTest_ScheduledNetwork copy = net.copy();
      FreezingScheduleTest_ScheduledNetwork.Trainer resumed = copy.trainer(optimizer, 5);
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
    FreezingScheduleTest_ScheduledNetwork.Trainer fresh = net.trainer(optimizer, 5);
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
}
