package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.CosineAnnealingLr;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is started again on its directory ends with the bits of one that was not stopped. */
class CheckpointsTest {

  private static final Dataset TRAIN = Blobs.classes(1, 70, 3);
  private static final Dataset VALID = Blobs.classes(2, 40, 3);

  @TempDir
  private Path temporary;

  /** Worse with each epoch: the first one is the best. */
  private static Metric worse() {
    double[] calls = {0};
    return Metric.of("worse", true, predictions -> -calls[0]++);
  }

  private Path directory() {
    return temporary.resolve("run");
  }

  private static Training training(Model net) {
    return Training.of(net, AdamW.of(0.02))
        .epochs(4)
        .batchSize(16)
        .shuffle(5)
        .scheduleSteps(CosineAnnealingLr.of(0.02).tMax(40))
        .validation(VALID)
        .metrics(Metric.MACRO_F1, Metric.ACCURACY)
        .clipGradNorm(2);
  }

  private static Model noisy() {
    return new Nets_NoisyNetwork(3);
  }

  private static TrainingListener stopAtStep(long number) {
    return (event, control) -> {
      if (event instanceof TrainingEvent.Step step && step.number() == number) {
        control.stop("interrupted");
      }
    };
  }

  private static void assertSame(History history, History expected) {
    assertThat(history.epochs())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(expected.epochs());
    assertThat(history.epochs().get(0).metrics().keySet()).containsExactly("macro f1", "accuracy");
    assertThat(history.best().number()).isEqualTo(expected.best().number());
    assertThat(history.end()).isEqualTo(expected.end());
  }

  @Test
  void aRunThatWasStoppedAnywhereEndsWithTheSameBits() {
    Model expected = noisy();
    History unstopped = training(expected).fit(TRAIN);
    for (long step : new long[] {1, 5, 12}) {
      Path directory = temporary.resolve("stopped at " + step);
      History stopped =
          training(noisy()).checkpoints(directory).listener(stopAtStep(step)).fit(TRAIN);
      assertThat(stopped.end()).isEqualTo("interrupted");
      Model net = noisy();

      History history = training(net).checkpoints(directory).fit(TRAIN);

      assertSame(history, unstopped);
      assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
    }
  }

  @Test
  void aSharedGeneratorContinues() {
    Generator g = new Generator().manualSeed(5);
    Model expected = new Nets_NoisyNetwork(g);
    Training.of(expected, Sgd.of(0.1)).epochs(4).shuffle(g).fit(TRAIN);
    for (int run = 0; run < 2; run++) {
      Generator same = new Generator().manualSeed(5);
      Model net = new Nets_NoisyNetwork(same);
      Training training =
          Training.of(net, Sgd.of(0.1)).epochs(4).shuffle(same).checkpoints(directory());
      (run == 0 ? training.listener(stopAtStep(7)) : training).fit(TRAIN);
      if (run == 1) {
        assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
      }
    }
  }

  @Test
  void theNormalizationOfACheckpointIsNotFittedAgain() {
    Dataset train = Blobs.classes(1, 70, 2);
    Model expected = new Nets_PassengersNetwork(1);
    Training.of(expected, Sgd.of(0.1)).epochs(4).fitNormalization().fit(train);
    for (int run = 0; run < 2; run++) {
      Model net = new Nets_PassengersNetwork(1);
      Training training =
          Training.of(net, Sgd.of(0.1)).epochs(4).fitNormalization().checkpoints(directory());
      (run == 0 ? training.listener(stopAtStep(7)) : training).fit(train);
      if (run == 1) {
        assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
      }
    }
  }

  @Test
  void aRunThatHasEndedOnlyReturnsItsHistory() throws IOException {
    Model first = noisy();
    History history = training(first).checkpoints(directory()).fit(TRAIN);
    Map<String, List<Byte>> files = contents();
    Model second = noisy();

    History again = training(second)
        .checkpoints(directory())
        .listener((event, control) -> assertThat(event).isNotInstanceOf(TrainingEvent.Step.class))
        .fit(TRAIN);

    assertSame(again, history);
    assertThat(Snapshot.live(second)).isEqualTo(Snapshot.live(first));
    assertThat(contents()).isEqualTo(files);
  }

  @Test
  void moreEpochsContinueARunWhoseEpochsAreDone() {
    Model expected = noisy();
    History whole = training(expected).epochs(5).fit(TRAIN);
    training(noisy()).epochs(3).checkpoints(directory()).fit(TRAIN);
    Model net = noisy();

    History history = training(net).epochs(5).checkpoints(directory()).fit(TRAIN);

    assertSame(history, whole);
    assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
  }

  @Test
  void theNetworkOfARunCanContinueIt() {
    Model expected = noisy();
    History whole = training(expected).epochs(5).fit(TRAIN);
    Model net = noisy();
    training(net).epochs(3).checkpoints(directory()).fit(TRAIN);

    History history = training(net).epochs(5).checkpoints(directory()).fit(TRAIN);

    assertSame(history, whole);
    assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
  }

  @Test
  void theGeneratorOfARunCanContinueIt() {
    Model expected = noisy();
    Generator seeded = new Generator().manualSeed(5);
    Training.of(expected, Sgd.of(0.1)).epochs(5).shuffle(seeded).fit(TRAIN);
    Generator g = new Generator().manualSeed(5);
    Model net = noisy();
    Training training = Training.of(net, Sgd.of(0.1)).epochs(3).shuffle(g).checkpoints(directory());
    History first = training.fit(TRAIN);

    assertThat(training.fit(TRAIN).epochs()).isEqualTo(first.epochs());
    assertThat(training.epochs(5).fit(TRAIN).epochs()).hasSize(5);

    assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
    assertThat(g.getState()).isEqualTo(seeded.getState());
  }

  /** A generator in another state is excused only beside the network that the run has left, and only if that run had one. */
  @Test
  void anotherGeneratorIsRefused() {
    Model net = noisy();
    Training training = Training.of(net, Sgd.of(0.1)).epochs(2).checkpoints(directory());
    String other = "of another run: the shuffling there: ";
    training.fit(TRAIN);
    assertRefused(training.shuffle(new Generator()), TRAIN, other + "none");

    Path second = temporary.resolve("second");
    Training shuffled = Training.of(noisy(), Sgd.of(0.1)).epochs(2).checkpoints(second);
    shuffled.shuffle(new Generator().manualSeed(1)).fit(TRAIN);
    assertRefused(
        Training.of(noisy(), Sgd.of(0.1))
            .epochs(2)
            .checkpoints(second)
            .shuffle(new Generator().manualSeed(2)),
        TRAIN,
        other + "hash ");
    assertRefused(shuffled, TRAIN, other + "hash ");
    assertRefused(shuffled.shuffle(2), TRAIN, other + "hash ");
  }

  /** Its identity stays that of the program that began it. */
  @Test
  void aNewProgramCanContinueARunThatItsNetworkHasContinued() {
    Model expected = noisy();
    training(expected).epochs(5).fit(TRAIN);
    Model first = noisy();
    training(first).epochs(2).checkpoints(directory()).fit(TRAIN);
    training(first).epochs(3).checkpoints(directory()).fit(TRAIN);
    Model net = noisy();

    assertThat(training(net).epochs(5).checkpoints(directory()).fit(TRAIN).epochs())
        .hasSize(5);

    assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
  }

  @Test
  void aNetworkWhoseRunWasStoppedWithinAnEpochCanContinueIt() {
    Model expected = noisy();
    Training.of(expected, Sgd.of(0.1)).epochs(4).shuffle(5).fit(TRAIN);
    Model net = noisy();
    Training training = Training.of(net, Sgd.of(0.1)).epochs(4).shuffle(5).checkpoints(directory());

    assertThat(training.listener(stopAtStep(7)).fit(TRAIN).epochs()).hasSize(2);

    assertThat(training.fit(TRAIN).epochs()).hasSize(4);
    assertThat(Snapshot.live(net)).isEqualTo(Snapshot.live(expected));
  }

  @Test
  void earlyStoppingIsTheEndOfARun() {
    UnaryOperator<Training> options = training ->
        training.epochs(100).earlyStopping(EarlyStopping.patience(2)).checkpoints(directory());
    History history = options.apply(training(noisy())).fit(TRAIN);
    assertThat(history.end()).isEqualTo("no improvement for 2 epochs");

    assertSame(options.apply(training(noisy())).epochs(200).fit(TRAIN), history);
  }

  @Test
  void aContinuedRunThatStopsEarlyHasEnded() {
    UnaryOperator<Training> options =
        training -> training.earlyStopping(EarlyStopping.patience(2)).checkpoints(directory());
    options.apply(training(noisy())).epochs(1).fit(TRAIN);
    History history = options.apply(training(noisy())).epochs(100).fit(TRAIN);
    assertThat(history.end()).isEqualTo("no improvement for 2 epochs");

    assertSame(options.apply(training(noisy())).epochs(100).fit(TRAIN), history);
  }

  @Test
  void theDirectoryExplainsItself() throws IOException {
    Model net = noisy();
    History history = training(net).checkpoints(directory()).fit(TRAIN);

    try (Stream<Path> files = Files.list(directory())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "last.safetensors", "best.safetensors", "history.csv", "README.txt", "lock");
    }
    Model best = new Nets_NoisyNetwork(99);
    best.load(directory().resolve("best.safetensors"));
    assertThat(Snapshot.live(best)).isEqualTo(Snapshot.live(net));
    List<String> csv = Files.readAllLines(directory().resolve("history.csv"));
    assertThat(csv.get(0))
        .isEqualTo(
            "epoch,learning_rate,loss,validation_loss,macro f1,accuracy,validation macro f1,validation accuracy,seconds");
    assertThat(csv).hasSize(5);
    assertThat(csv.get(4))
        .startsWith("4,")
        .contains("," + history.epochs().get(3).loss() + ",");
    assertThat(Files.readString(directory().resolve("README.txt")))
        .contains(
            "last.safetensors  everything needed to continue",
            "4 epochs are done, the best is " + history.best().number(),
            "The run has ended: all 4 epochs are done.",
            "optimizer: AdamW.of(0.02)");
  }

  @Test
  void theBestNetworkIsWrittenAgainIfItIsNotThatOfTheLastCheckpoint() throws IOException {
    Model net = noisy();
    training(net).checkpoints(directory()).fit(TRAIN);
    Path best = directory().resolve("best.safetensors");
    byte[] bytes = Files.readAllBytes(best);
    Files.delete(best);

    training(noisy()).checkpoints(directory()).fit(TRAIN);

    assertThat(best).hasBinaryContent(bytes);
  }

  /** All that a run needs is in the last checkpoint. */
  @Test
  void aDamagedBestNetworkIsWrittenAgain() throws IOException {
    training(noisy()).checkpoints(directory()).fit(TRAIN);
    Path best = directory().resolve("best.safetensors");
    byte[] bytes = Files.readAllBytes(best);
    Path withoutNumber = temporary.resolve("without a number");
    Safetensors.save(withoutNumber, Safetensors.read(best).tensors(), Map.of("epoch", "two"));
    for (byte[] damaged : List.of(
        new byte[0],
        new byte[] {1, 2, 3},
        Arrays.copyOf(bytes, bytes.length - 1),
        Files.readAllBytes(withoutNumber))) {
      Files.write(best, damaged);

      training(noisy()).checkpoints(directory()).fit(TRAIN);

      assertThat(best).hasBinaryContent(bytes);
    }
  }

  @Test
  void aCheckpointOfAnotherRunIsRefusedByName() throws IOException {
    Model net = new Nets_ClassesNetwork(1);
    Training training = Training.of(net, Sgd.of(0.1)).epochs(2).shuffle(1).checkpoints(directory());
    training.fit(TRAIN);
    Map<String, List<Byte>> files = contents();
    String start = "the checkpoint in " + directory() + " is of another run: ";

    assertRefused(
        Training.of(noisy(), Sgd.of(0.1)).epochs(2).shuffle(1).checkpoints(directory()),
        TRAIN,
        start + "the network there: Classes in FLOAT32",
        "here: Noisy in FLOAT32");
    assertRefused(
        Training.of(new Nets_SmoothedNetwork(1), Sgd.of(0.1))
            .epochs(2)
            .shuffle(1)
            .checkpoints(directory()),
        TRAIN,
        start + "the network there: Classes in FLOAT32");
    assertRefused(
        Training.of(new Nets_ClassesNetwork(1), AdamW.of(0.1))
            .epochs(2)
            .shuffle(1)
            .checkpoints(directory()),
        TRAIN,
        start
            + "the optimizer there: Sgd.of(0.1), here: AdamW.of(0.1). Restore it, use another directory, or delete this one");
    Training same = Training.of(new Nets_ClassesNetwork(1), Sgd.of(0.1))
        .epochs(2)
        .shuffle(1)
        .checkpoints(directory());
    assertRefused(
        same,
        TRAIN.rows(0, 69),
        start + "the training data there: 70 rows of input [4], 3 classes, hash ");
    assertRefused(
        same,
        Blobs.classes(9, 70, 3),
        start + "the training data there: 70 rows of input [4], 3 classes, hash ");
    assertRefused(
        same.validation(VALID), TRAIN, start + "the validation data there: none, here: 40 rows");
    assertRefused(same.batchSize(16), TRAIN, start + "the batch size there: 32, here: 16");
    assertRefused(same.shuffle(2), TRAIN, start + "the shuffling there: hash ");
    assertRefused(
        same.clipGradNorm(1),
        TRAIN,
        start + "the clipping of gradients there: none, here: norm 1.0");
    assertRefused(same.freeze("0"), TRAIN, start + "the frozen layers there: [], here: [0]");
    assertRefused(
        same.schedule(CosineAnnealingLr.of(0.1).tMax(3)),
        TRAIN,
        start + "the schedule there: none, here: CosineAnnealingLr.of(0.1).tMax(3) by epoch");
    assertRefused(
        Training.of(new Nets_ClassesNetwork(2), Sgd.of(0.1))
            .epochs(2)
            .shuffle(1)
            .checkpoints(directory()),
        TRAIN,
        start + "the initial parameters there: hash ",
        "Make the network with the same seed, use another directory, or delete this one");

    assertRefused(
        same.epochs(1),
        TRAIN,
        "the checkpoint in " + directory()
            + " has 2 epochs, this run has at most 1: the number of epochs may only grow");

    assertThat(contents()).isEqualTo(files);
  }

  /** The declared loss is not in the architecture: it is known by its values. */
  @Test
  void anotherLossIsRefused() {
    Model smoothed = new Nets_SmoothedNetwork(1);
    Model plain = new Nets_ClassesNetwork(1);
    TargetForm form = TargetForm.of(plain.architecture(), plain.trainer(Sgd.of(1), 1), "it", TRAIN);
    RunOptions training = new RunOptions(plain, Sgd.of(0.1));
    Identity there = Identity.of(training, plain, plain.trainer(Sgd.of(1), 1), form, TRAIN, null);
    Identity here = Identity.of(training, plain, smoothed.trainer(Sgd.of(1), 1), form, TRAIN, null);

    assertThatThrownBy(() -> here.require("here", there.parts(), Set.of()))
        .hasMessageContaining("of another run: the loss there: value ");
  }

  /** A checkpoint of a version without an option has no part for it, and continues as declared. */
  @Test
  void aPartThatACheckpointLacksIsAsDeclared() {
    Map<String, String> there = Map.of("the batch size", "32");
    String weight = "the weight of positive targets";

    new Identity(Map.of("the batch size", "32", weight, "as declared"))
        .require("here", there, Set.of());
    assertThatThrownBy(() -> new Identity(Map.of("the batch size", "32", weight, "[2.0]"))
            .require("here", there, Set.of()))
        .hasMessageContaining("of another run: " + weight + " there: as declared, here: [2.0]");
  }

  @Test
  void anotherScoreOfTheBestNetworkIsRefused() {
    Training training = training(noisy()).checkpoints(directory());
    training.fit(TRAIN);

    assertRefused(
        training(noisy()).checkpoints(directory()).best(Metric.ACCURACY),
        TRAIN,
        "of another run: the best score there: lowest validation loss, here: best validation accuracy");
  }

  private static void assertRefused(Training training, Dataset data, String... parts) {
    Map<String, Tensor> before = Snapshot.of(training.network()).tensors();

    assertThatThrownBy(() -> training.fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
    assertThat(Snapshot.live(training.network())).isEqualTo(before);
  }

  private Map<String, List<Byte>> contents() throws IOException {
    Map<String, List<Byte>> contents = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Byte[] boxed = new Byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
          boxed[i] = bytes[i];
        }
        contents.put(file.getFileName().toString(), List.of(boxed));
      }
    }
    return contents;
  }

  @Test
  void oneRunAtATimeUsesADirectory() throws IOException {
    try (Checkpoints other = Checkpoints.open(directory())) {
      Training training = training(noisy()).checkpoints(directory());

      assertThat(other.exist()).isFalse();
      assertThatThrownBy(() -> training.fit(TRAIN))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageEndingWith(directory()
              + " is used by another run: wait until it has ended, or use another directory");
    }
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    Training training = Training.of(new Nets_ClassesNetwork(1), Sgd.of(0.1)).checkpoints(file);

    assertThatThrownBy(() -> training.fit(Blobs.classes(1, 20, 3)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file + " is a file, expected a directory for checkpoints");
  }

  @Test
  void aColumnOfTheHistoryThatIsMissingOrTooShortIsNamed() throws IOException {
    training(noisy()).checkpoints(directory()).fit(TRAIN);
    Path last = directory().resolve("last.safetensors");
    Safetensors read = Safetensors.read(last);
    Training again = training(noisy()).checkpoints(directory());
    for (String column : new String[] {"loss", "seconds", "metric.accuracy"}) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(read.tensors());
      tensors.put("history." + column, Tensor.of(new double[3]));
      Safetensors.save(last, tensors, read.metadata());
      assertThatThrownBy(() -> again.fit(TRAIN))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("last.safetensors is damaged: history.")
          .hasMessageEndingWith("]: delete the directory to start from the beginning");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          history.rows                        | history.rows is missing, expected the shape [4]
          history.validation_metric.accuracy  | metrics of its epochs are missing, expected [macro f1, accuracy, worse]
          network.hidden.weight               | hidden.weight is missing, expected the shape [8, 4]
          best.hidden.weight                  | hidden.weight is missing, expected the shape [8, 4]
          order                               | the state of the shuffling is missing
          """)
  void aTensorThatIsMissingIsNamedBeforeAnythingChanges(String missing, String message)
      throws IOException {
    withTheFirstEpochAsBest(noisy()).fit(TRAIN);
    Path last = directory().resolve("last.safetensors");
    Safetensors read = Safetensors.read(last);
    Map<String, Tensor> tensors = new LinkedHashMap<>(read.tensors());
    assertThat(tensors.remove(missing)).isNotNull();
    Safetensors.save(last, tensors, read.metadata());
    Model net = noisy();
    Map<String, Tensor> before = Snapshot.of(net).tensors();

    assertThatThrownBy(() -> withTheFirstEpochAsBest(net).fit(TRAIN))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageEndingWith("last.safetensors is damaged: " + message
            + ": delete the directory to start from the beginning");
    assertThat(Snapshot.live(net)).isEqualTo(before);
  }

  private Training withTheFirstEpochAsBest(Model net) {
    return training(net).best(worse()).checkpoints(directory());
  }

  @Test
  void aMalformedNumberIsNamed() throws IOException {
    training(noisy()).checkpoints(directory()).fit(TRAIN);
    Path last = directory().resolve("last.safetensors");
    Safetensors read = Safetensors.read(last);
    Map<String, String> metadata = new LinkedHashMap<>(read.metadata());
    Training again = training(noisy()).checkpoints(directory());

    metadata.put("best epoch", "5");
    Safetensors.save(last, read.tensors(), metadata);
    assertThatThrownBy(() -> again.fit(TRAIN))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageEndingWith(
            "last.safetensors is damaged: best epoch is \"5\", expected a number from 0 to 4: delete the directory to start from the beginning");
    for (String steps : new String[] {"-1", "two", null}) {
      metadata.remove("steps");
      if (steps != null) {
        metadata.put("steps", steps);
      }
      Safetensors.save(last, read.tensors(), metadata);
      assertThatThrownBy(() -> again.fit(TRAIN))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("last.safetensors is damaged: steps is ");
    }
  }

  @Test
  void aFileThatIsNoCheckpointIsRefused() throws IOException {
    Model net = noisy();
    Files.createDirectories(directory());
    net.save(directory().resolve("last.safetensors"));
    Training training = training(net).checkpoints(directory());

    assertThatThrownBy(() -> training.fit(TRAIN))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("last.safetensors is not a checkpoint of this version");
    Files.write(directory().resolve("last.safetensors"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> training.fit(TRAIN))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("last.safetensors");
  }
}
