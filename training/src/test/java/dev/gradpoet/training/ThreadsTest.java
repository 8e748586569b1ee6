package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on several threads. */
@Timeout(60)
class ThreadsTest {

  /** Wide enough for a second thread with batches of 128 rows. */
  @Network(
      layers = {4, 1200, 10, 3},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface Wide {}

  private final Dataset train = Blobs.classes(1, 500, 3);
  private final Dataset valid = Blobs.classes(2, 300, 3);

  /** Those of other tests that ran before. */
  private final Set<Thread> others = threads();

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  private Set<String> workers() {
    return threads().stream()
        .filter(thread -> !others.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("gradpoet-"))
        .collect(Collectors.toSet());
  }

  private History fit(ThreadsTest_WideNetwork net, int threads, Set<String> seen) {
    return Training.of(net, Adam.of(0.01))
        .batchSize(128)
        .threads(threads)
        .epochs(3)
        .shuffle(5)
        .freeze("2")
        .validation(valid)
        .metrics(Metric.ACCURACY)
        .listener((event, control) -> seen.addAll(workers()))
        .fit(train);
  }

  @Test
  void aRunHasTheSameBitsWithAnyNumberOfThreads() {
    ThreadsTest_WideNetwork one = new ThreadsTest_WideNetwork(7);
    ThreadsTest_WideNetwork three = new ThreadsTest_WideNetwork(7);
    Set<String> none = new HashSet<>();
    Set<String> seen = new HashSet<>();

    History expected = fit(one, 1, none);
    History history = fit(three, 3, seen);

    assertThat(none).isEmpty();
    assertThat(seen).contains("gradpoet-trainer-1", "gradpoet-trainer-2");
    assertThat(three.parameters()).isEqualTo(one.parameters());
    assertThat(history.epochs()).hasSize(3);
    assertThat(history.epochs().get(2).loss())
        .isEqualTo(expected.epochs().get(2).loss());
    assertThat(history.epochs().get(2).validationLoss())
        .isEqualTo(expected.epochs().get(2).validationLoss());
    assertThat(workers()).isEmpty();
  }

  @Test
  void aRunNeedsAThread() {
    Training training = Training.of(new ThreadsTest_WideNetwork(7), Adam.of(0.01));

    assertThatThrownBy(() -> training.threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number of threads")
        .hasMessageContaining("0");
  }
}
