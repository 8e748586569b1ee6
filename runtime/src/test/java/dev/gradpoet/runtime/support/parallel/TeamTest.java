package dev.gradpoet.runtime.support.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.support.batch.SharedTraining;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TeamTest {

  private static final double MUCH = 1e9;

  private static Team team(int threads) {
    return new Team(threads, "test", MUCH);
  }

  private static Set<Thread> workers(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gradpoet-" + name + "-"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void eachPartIsComputedOnceAndWaitsForTheOthers(int threads) {
    Team team = team(threads);
    List<Part> parts = team.parts();
    AtomicIntegerArray seen = new AtomicIntegerArray(threads);
    int[][] sums = new int[threads][200];

    for (int call = 0; call < 200; call++) {
      int now = call;
      run(team, part -> {
        seen.incrementAndGet(part);
        for (int phase = 0; phase < 3; phase++) {
          sums[part][now] += phase + part;
          parts.get(part).sync();
          // all others have written, and none has gone on
          for (int other = 0; other < threads; other++) {
            assertThat(sums[other][now]).isEqualTo((phase + 1) * (phase + 2 * other) / 2);
          }
          parts.get(part).sync();
        }
      });
    }

    for (int part = 0; part < threads; part++) {
      assertThat(seen.get(part)).isEqualTo(200);
    }
    team.close();
  }

  private static void run(Team team, Task task) {
    team.take();
    try {
      team.compute(task);
    } finally {
      team.release();
    }
  }

  @Test
  void partsDivideAllItemsBetweenThem() {
    for (int threads : new int[] {1, 2, 3, 7}) {
      for (int step : new int[] {1, 4, 16}) {
        for (int count = 0; count < 100; count++) {
          int next = 0;
          for (int i = 0; i < threads; i++) {
            Part part = new Part(i, threads, null);
            assertThat(part.from(count, step)).isEqualTo(next);
            next = part.to(count, step);
            assertThat(next == count || next % step == 0).isTrue();
          }
          assertThat(next).isEqualTo(count);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aFailureOfAPartEndsTheCallAndTheTeamStaysUsable(int failing) {
    Team team = team(3);
    List<Part> parts = team.parts();
    IllegalArgumentException cause = new IllegalArgumentException("of part " + failing);
    AtomicInteger after = new AtomicInteger();

    for (int call = 0; call < 20; call++) {
      assertThatThrownBy(() -> run(team, part -> {
            parts.get(part).sync();
            if (part == failing) {
              throw cause;
            }
            parts.get(part).sync();
            after.incrementAndGet();
          }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "a thread of the test failed, see the cause: what the call computes is incomplete")
          .hasCause(cause);
    }
    assertThat(after).hasValue(0);
    run(team, part -> {
      parts.get(part).sync();
      after.incrementAndGet();
    });
    assertThat(after).hasValue(3);
    team.close();
  }

  @Test
  void anInterruptedCallerGetsItsResultAndStaysInterrupted() {
    Team team = team(2);
    List<Part> parts = team.parts();
    AtomicInteger done = new AtomicInteger();

    Thread.currentThread().interrupt();
    run(team, part -> {
      if (part == 1) {
        LockSupport.parkNanos(20_000_000);
      }
      parts.get(part).sync();
      done.incrementAndGet();
      if (part == 1) {
        LockSupport.parkNanos(20_000_000);
      }
    });

    assertThat(done).hasValue(2);
    team.close();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void interruptedWorkersWorkOn() {
    Team team = new Team(2, "interrupted", MUCH);
    List<Part> parts = team.parts();
    workers("interrupted").forEach(Thread::interrupt);
    AtomicInteger done = new AtomicInteger();
    for (int call = 0; call < 10; call++) {
      run(team, part -> {
        parts.get(part).sync();
        done.incrementAndGet();
      });
      workers("interrupted").forEach(Thread::interrupt);
    }

    assertThat(done).hasValue(20);
    team.close();
  }

  @Test
  void helpersThatComeTooLateAreNotAwaited() {
    Team team = team(2);
    AtomicInteger next = new AtomicInteger();
    AtomicIntegerArray taken = new AtomicIntegerArray(1000);

    for (int call = 0; call < 1000; call++) {
      next.set(0);
      team.take();
      team.computeWithHelp(part -> {
        int item = next.getAndIncrement();
        while (item < 1000) {
          taken.incrementAndGet(item);
          item = next.getAndIncrement();
        }
      });
      team.release();
    }

    for (int item = 0; item < 1000; item++) {
      assertThat(taken.get(item)).isEqualTo(1000);
    }
    team.close();
  }

  @Test
  void aCallThatIsRefusedLeavesTheRunningOneAlone() {
    Team team = team(2);
    AtomicInteger failures = new AtomicInteger();
    SharedTraining<float[]> training = new SharedTraining<>(team, 1, failures::incrementAndGet);

    team.take();
    assertThatThrownBy(() -> training.forward(new float[1], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("computes for another thread");
    team.release();

    assertThat(failures).hasValue(0);
    run(team, part -> {});
    team.close();
  }

  @Test
  void closingEndsTheDaemonsAndRefusesCalls() {
    Team team = new Team(3, "closing", MUCH);
    Set<Thread> workers = workers("closing");
    assertThat(workers).hasSize(2).allMatch(Thread::isDaemon);
    run(team, part -> {});

    team.close();
    team.close();

    assertThat(workers).noneMatch(Thread::isAlive);
    assertThatThrownBy(() -> run(team, part -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the closing is closed, and its threads have ended: make another one");
  }

  @Test
  void aCallOfAnotherThreadIsRefusedWhileOneRuns() throws Exception {
    Team team = team(2);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicReference<Throwable> failed = new AtomicReference<>();
    Thread other = new Thread(() -> {
      try {
        run(team, part -> {
          running.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
      } catch (Throwable t) {
        failed.set(t);
      }
    });
    other.start();
    running.await();

    assertThatThrownBy(() -> run(team, part -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("computes for another thread at this moment");
    Thread closing = new Thread(team::close);
    closing.start();
    over.countDown();
    other.join();
    closing.join();
    assertThat(failed).hasNullValue();
  }

  @Test
  void closingHasItsTurnBesideAThreadThatCallsAgainAndAgain() throws Exception {
    Team team = team(2);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Thread calling = new Thread(() -> {
      try {
        while (true) {
          team.take();
          running.countDown();
          over.await();
          calls.incrementAndGet();
          team.release();
        }
      } catch (Throwable t) {
        refused.set(t);
      }
    });
    calling.start();
    running.await();
    Thread closing = new Thread(team::close);
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // until it waits for the end of the call
    }
    over.countDown();
    calling.join();
    closing.join();

    assertThat(calls).hasValue(1);
    assertThat(refused.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the test is closed");
  }

  @Test
  void aTeamThatNothingRefersToEndsItsThreads() throws Exception {
    Team team = new Team(2, "leaking", MUCH);
    run(team, part -> {});
    Set<Thread> workers = workers("leaking");
    assertThat(workers).hasSize(1);

    team = null;
    for (int i = 0; i < 500 && workers.stream().anyMatch(Thread::isAlive); i++) {
      System.gc();
      Thread.sleep(10);
    }

    assertThat(workers).noneMatch(Thread::isAlive);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 64, 64, 32", "2, 96, 64, 48", "2, 200, 64, 52", "2, 128, 64, 64", "2, 130, 64, 36",
    "3, 64, 64, 24", "7, 64, 64, 12", "2, 1, 64, 4", "2, 64, 1, 4", "2, 2147483647, 64, 64"
  })
  void rowsAreSharedEvenlyInWholeBlocks(int threads, int rows, int most, int expected) {
    Team team = new Team(threads, "even", 1000);

    assertThat(team.evenRows(rows, most)).isEqualTo(expected);
    team.close();
  }

  @Test
  void tilesAreOnlyCutThatAreStillWorthSeveralThreads() {
    Team team = new Team(2, "tiles", MUCH);
    SharedTraining<float[]> shared = new SharedTraining<>(team, 24_576, () -> {});
    shared.add(null);
    shared.add(null);

    assertThat(shared.rowsOfTile(64, 64)).isEqualTo(32);
    assertThat(shared.rowsOfTile(50, 24)).isEqualTo(24); // 2 * 16 rows would be computed alone
    assertThat(shared.rowsOfTile(8, 64)).isEqualTo(64);
    team.close();
  }

  @Test
  void shortCallsNeedNoThreads() {
    Team team = new Team(2, "short", 1000);

    assertThat(team.isWorth(1000)).isFalse();
    assertThat(team.parts()).isEmpty();
    assertThat(workers("short")).isEmpty();
    team.close();
    assertThatThrownBy(team::requireOpen).isInstanceOf(IllegalStateException.class);
  }
}
