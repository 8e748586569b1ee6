package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.Conv2d;
import dev.gradpoet.DType;
import dev.gradpoet.Dropout;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Memory;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Trainer;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trainer says what memory it takes: as much as its construction allocates. */
class MemoryTest {

  @Network(
      layers = {100, 300, 200, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface Stack {}

  @Network(
      layers = {100, 300, 200, 10},
      activation = Activation.GELU,
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Doubles {}

  @Network(
      input = {1, 28, 28},
      loss = Loss.CROSS_ENTROPY)
  interface Images {
    @Conv2d(out = 6, kernel = 5, padding = 2)
    Layer conv1();

    @BatchNorm(activation = Activation.RELU)
    Layer norm();

    @MaxPool2d(kernel = 2)
    Layer pool1();

    @Conv2d(out = 16, kernel = 5, activation = Activation.RELU)
    Layer conv2();

    @MaxPool2d(kernel = 2)
    Layer pool2();

    @Flatten
    Layer flat();

    @Linear(out = 120, activation = Activation.TANH)
    Layer fc1();

    @Dropout
    Layer dropout();

    @Linear(out = 10)
    Layer logits();
  }

  private static Stream<LongFunction<Model>> networks() {
    return Stream.of(
        MemoryTest_StackNetwork::new,
        MemoryTest_DoublesNetwork::new,
        MemoryTest_ImagesNetwork::new);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aTrainerTakesWhatItSays(LongFunction<Model> make) {
    Model model = make.apply(1);
    for (int capacity : new int[] {1, 32, 500}) {
      Memory said = model.trainer(Adam.of(0.001), capacity).memory();

      long allocated = AllocatedBytes.of(() -> model.trainer(Adam.of(0.001), capacity));

      long shared = said.parameters();
      assertThat((double) (said.total() - shared))
          .as("capacity %d", capacity)
          .isBetween(0.95 * allocated - 20_000, 1.05 * allocated + 5_000);
      assertThat(said.gradients()).isEqualTo(said.parameters());
      assertThat(said.optimizer()).isEqualTo(2 * said.parameters());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void threadsTakeScratchOfTheirOwn(LongFunction<Model> make) {
    Model model = make.apply(1);
    for (int threads : new int[] {2, 3}) {
      long allocated =
          AllocatedBytes.of(() -> model.trainer(Adam.of(0.001), 500, threads).close());
      try (Trainer one = model.trainer(Adam.of(0.001), 500);
          Trainer several = model.trainer(Adam.of(0.001), 500, threads)) {
        Memory said = several.memory();

        assertThat((double) (said.total() - said.parameters()))
            .as("%d threads", threads)
            .isBetween(0.95 * allocated - 20_000, 1.05 * allocated + 5_000);
        assertThat(said.scratch()).isGreaterThan(one.memory().scratch());
        assertThat(several.summary()).contains(said.toString());
      }
    }
  }

  /** 300 and 200 values are padded to 304 and 208, ten to 16; a plain SGD remembers nothing. */
  @Test
  void parametersCountWithTheirPaddingAndPlainSgdRemembersNothing() {
    Model model = new MemoryTest_StackNetwork(new Generator());
    int padded = 100 * 304 + 300 * 208 + 200 * 16 + 300 + 200 + 10;

    Memory memory = model.trainer(Sgd.of(0.1), 8).memory();

    assertThat(memory.parameters()).isBetween(4L * padded, 4L * padded + 4 * 16 * 3);
    assertThat(memory.optimizer()).isZero();
    assertThat(memory.total())
        .isEqualTo(memory.parameters() + memory.gradients() + memory.scratch());
  }

  @Test
  void theSummarySaysWhatTheOptimizerAndTheScratchTake() {
    Trainer trainer = new MemoryTest_StackNetwork(1).trainer(Sgd.of(0.1).momentum(0.9), 8);
    Memory memory = new Memory(1_000, 2_000, 3_456, 5_000_000);

    assertThat(memory).hasToString("""
        Params size (kB): 1
        Gradients size (kB): 2
        Optimizer size (kB): 3.46
        Scratch size (MB): 5
        Total size (MB): 5.01""");
    assertThat(trainer.summary())
        .startsWith("=====")
        .contains("Trainer: Sgd.of(0.1).momentum(0.9), up to 8 rows\n")
        .contains("\n" + trainer.memory() + "\n")
        .endsWith("=====");
    assertThat(trainer).hasToString(trainer.summary());
  }
}
