package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activation;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Predictors and trainers of several threads: their life, their failures and what they allocate. */
@Timeout(120)
class ThreadsTest {

  private static final int ROWS = 64;
  private static final int INPUTS = ThreadsTest_WideNetwork.INPUTS;
  private static final int OUTPUTS = ThreadsTest_WideNetwork.OUTPUTS;

  /** Wide enough for a second thread: 1.6 million multiply-adds for 64 rows. */
  @Network(input = 100, loss = Loss.CROSS_ENTROPY)
  interface Wide {
    @Linear(out = 220, activation = Activation.RELU)
    Layer hidden();

    @Linear(out = 10)
    Layer logits();
  }

  /** Its update, too, is worth a second thread. */
  @Network(
      layers = {100, 600, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface Wider {}

  private final ThreadsTest_WideNetwork net = new ThreadsTest_WideNetwork(1);
  private final float[] x = Data.floats(1, ROWS * INPUTS);
  private final int[] y = Data.labels(2, ROWS, OUTPUTS);
  private Set<Thread> before;

  private static Set<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gradpoet-"))
        .collect(Collectors.toSet());
  }

  private Set<Thread> started() {
    Set<Thread> started = new HashSet<>(workers());
    started.removeAll(before);
    return started;
  }

  @BeforeEach
  void remember() {
    before = workers();
  }

  @AfterEach
  void noInterruptionIsLeft() {
    Thread.interrupted();
  }

  @Test
  void theThreadsAreDaemonsThatCloseEnds() {
    ThreadsTest_WideNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), ROWS, 3);
    ThreadsTest_WideNetwork.Predictor predictor = net.predictor(2);
    Set<Thread> started = started();
    assertThat(started)
        .allMatch(Thread::isDaemon)
        .extracting(Thread::getName)
        .containsExactlyInAnyOrder(
            "gradpoet-trainer-1", "gradpoet-trainer-2", "gradpoet-predictor-1");
    trainer.freeze("hidden");
    trainer.forward(x);
    trainer.loss(y);
    trainer.backward();
    Tensor output = trainer.output();
    predictor.forward(x, new float[ROWS * OUTPUTS]);

    trainer.close();
    trainer.close();
    predictor.close();
    predictor.close();

    assertThat(started).noneMatch(Thread::isAlive);
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> trainer.step(x, y),
        () -> trainer.forward(x),
        () -> trainer.zeroGrad(),
        () -> trainer.evaluate(x, y),
        () -> trainer.evaluateOutput(output, Tensor.of(y)),
        () -> trainer.loss(y),
        () -> trainer.backward(),
        () -> trainer.backward(output),
        () -> trainer.inputGradient(),
        () -> trainer.clipGradNorm(1),
        () -> trainer.clipGradValue(1),
        () -> trainer.update())) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the trainer is closed, and its threads have ended: make another one");
    }
    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> predictor.forward(x, new float[ROWS * OUTPUTS]),
        () -> predictor.predictClass(new float[INPUTS]),
        () -> predictor.predictClasses(x, ROWS, new int[ROWS]),
        () -> predictor.classesOf(output),
        () -> predictor.probabilitiesOf(output))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the predictor is closed, and its threads have ended: make another one");
    }
  }

  @Test
  void aNetworkThatIsTooSmallStartsNone() {
    try (Nets_ClassesNetwork.Trainer trainer =
        new Nets_ClassesNetwork(1).trainer(Sgd.of(0.1), 32, 4)) {
      trainer.step(Data.floats(1, 32 * 5), Data.labels(2, 32, 4));

      assertThat(started()).isEmpty();
    }
  }

  @Test
  void aClosedTrainerThatNeedsNoThreadsRefusesCalls() {
    Nets_ClassesNetwork.Trainer trainer = new Nets_ClassesNetwork(1).trainer(Sgd.of(0.1), 32, 4);
    float[] rows = Data.floats(1, 32 * 5);
    int[] labels = Data.labels(2, 32, 4);
    trainer.close();

    for (ThrowingCallable call : List.<ThrowingCallable>of(
        () -> trainer.step(rows, labels),
        () -> trainer.forward(rows),
        () -> trainer.evaluate(rows, labels),
        () -> trainer.evaluate(rows, 3, labels),
        () -> trainer.evaluate(rows, new float[32 * 4]),
        () -> trainer.evaluate(rows, 3, new float[32 * 4]),
        () -> trainer.evaluate(Tensor.of(rows).unflatten(0, 32, 5), Tensor.of(labels)))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the trainer is closed, and its threads have ended: make another one");
    }
  }

  @Test
  void threadsOfAForgottenTrainerEnd() throws Exception {
    ThreadsTest_WideNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), ROWS, 2);
    trainer.step(x, y);
    Set<Thread> started = started();
    assertThat(started).hasSize(1);

    trainer = null;
    for (int i = 0; i < 500 && started.stream().anyMatch(Thread::isAlive); i++) {
      System.gc();
      Thread.sleep(10);
    }

    assertThat(started).noneMatch(Thread::isAlive);
  }

  @Test
  void anInterruptedCallerTrainsOn() {
    ThreadsTest_WideNetwork expected = new ThreadsTest_WideNetwork(1);
    expected.trainer(Sgd.of(0.1), ROWS).step(x, y);

    try (ThreadsTest_WideNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), ROWS, 2)) {
      Thread.currentThread().interrupt();
      trainer.step(x, y);

      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    assertThat(net.parameters()).isEqualTo(expected.parameters());
  }

  @Test
  void aFailureOfAWorkerIsReportedAndSurvived() throws Exception {
    try (ThreadsTest_WideNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), ROWS, 2)) {
      trainer.step(x, y);
      float[][] hidden = (float[][]) field(field(field(trainer, "backward"), "v"), "hidden");
      float[] broken = hidden[ROWS - 1];
      trainer.forward(x, 8);
      hidden[ROWS - 1] = null; // a row that only the worker computes

      assertThatThrownBy(() -> trainer.step(x, y))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "a thread of the trainer failed, see the cause: what the call computes is incomplete")
          .hasCauseInstanceOf(NullPointerException.class);
      assertThatThrownBy(trainer::backward)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("backward after a failed call: call forward(x) again");
      for (ThrowingCallable call : List.<ThrowingCallable>of(
          () -> trainer.gradient("hidden.weight"), () -> trainer.update())) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageEndingWith(
                " after a failed call: the gradients are incomplete; call forward, loss and backward to have them");
      }

      hidden[ROWS - 1] = broken;
      trainer.forward(x, 8);
      ThreadsTest_WideNetwork same = net.copy();
      float loss = same.trainer(Sgd.of(0.1), ROWS).step(x, y);
      assertThat(trainer.step(x, y)).isEqualTo(loss);
      assertThat(net.parameters()).isEqualTo(same.parameters());
    }
  }

  /** Adam counts the updates of each parameter: those of a layer that was frozen for a while begin later than the others. */
  @Test
  void updatesWithFrozenLayersAreShared() {
    ThreadsTest_WiderNetwork one = new ThreadsTest_WiderNetwork(1);
    ThreadsTest_WiderNetwork three = new ThreadsTest_WiderNetwork(1);
    try (ThreadsTest_WiderNetwork.Trainer alone = one.trainer(Adam.of(0.01), ROWS);
        ThreadsTest_WiderNetwork.Trainer shared = three.trainer(Adam.of(0.01), ROWS, 3)) {
      for (ThreadsTest_WiderNetwork.Trainer trainer : List.of(alone, shared)) {
        trainer.step(x, y);
        trainer.freeze("0");
        trainer.step(x, y);
        trainer.step(x, y);
        trainer.unfreeze("0");
        trainer.freeze("1");
        trainer.step(x, y);
        trainer.unfreeze("1");
        trainer.step(x, y);
      }

      assertThat(three.parameters()).isEqualTo(one.parameters());
      assertThat(shared.state()).isEqualTo(alone.state());
    }
  }

  private static Object field(Object owner, String name) throws Exception {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  @Test
  void weightsOfClassesAreThoseOfAllThreads() {
    double[] weights = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    float[] many = Data.floats(3, 300 * INPUTS);
    int[] labels = Data.labels(4, 300, OUTPUTS);
    try (ThreadsTest_WideNetwork.Trainer one = net.copy().trainer(Sgd.of(0.1), ROWS);
        ThreadsTest_WideNetwork.Trainer three = net.copy().trainer(Sgd.of(0.1), ROWS, 3)) {
      one.classWeights(weights);
      three.classWeights(weights);

      assertThat(three.evaluate(many, labels)).isEqualTo(one.evaluate(many, labels));
      assertThat(three.step(x, y)).isEqualTo(one.step(x, y));
      assertThat(three.evaluate(many, labels)).isEqualTo(one.evaluate(many, labels));
    }
  }

  @Test
  void twoThreadsAllocateNothing() {
    float[] outputs = new float[ROWS * OUTPUTS];
    int[] classes = new int[ROWS];
    for (Optimizer optimizer : List.of(Sgd.of(1e-4), Adam.of(1e-4))) {
      try (ThreadsTest_WideNetwork.Trainer trainer = net.trainer(optimizer, ROWS, 2);
          ThreadsTest_WideNetwork.Predictor predictor = net.predictor(2)) {
        assertThat(AllocatedBytes.least(3_000, () -> {
              trainer.step(x, y);
              trainer.step(x, ROWS - 1, y);
              trainer.zeroGrad();
              trainer.forward(x);
              trainer.loss(y);
              trainer.backward();
              trainer.update();
              trainer.evaluate(x, y);
              predictor.forward(x, outputs);
              predictor.predictClasses(x, ROWS, classes);
            }))
            .isZero();
      }
    }
  }

  @Test
  void callersMayBeVirtualThreads() throws Exception {
    ExecutorService callers;
    try {
      callers = (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      callers = Executors.newCachedThreadPool(); // before JDK 21
    }
    ThreadsTest_WideNetwork expected = new ThreadsTest_WideNetwork(1);
    expected.trainer(Sgd.of(0.1), ROWS).step(x, y);
    float[] outputs = expected.forward(x);
    List<ThreadsTest_WideNetwork> nets =
        List.of(net, new ThreadsTest_WideNetwork(1), new ThreadsTest_WideNetwork(1));
    List<Future<float[]>> results = new ArrayList<>();
    for (ThreadsTest_WideNetwork own : nets) {
      results.add(callers.submit(() -> {
        try (ThreadsTest_WideNetwork.Trainer trainer = own.trainer(Sgd.of(0.1), ROWS, 3);
            ThreadsTest_WideNetwork.Predictor predictor = own.predictor(3)) {
          trainer.step(x, y);
          float[] computed = new float[ROWS * OUTPUTS];
          predictor.forward(x, computed);
          return computed;
        }
      }));
    }

    for (Future<float[]> result : results) {
      assertThat(result.get()).isEqualTo(outputs);
    }
    callers.shutdown();
  }
}
