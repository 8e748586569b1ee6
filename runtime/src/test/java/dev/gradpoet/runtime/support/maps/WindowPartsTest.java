package dev.gradpoet.runtime.support.maps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.support.parallel.Part;
import dev.gradpoet.runtime.support.parallel.Team;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the gradient of a convolution is divided among threads: by the values of a window. */
class WindowPartsTest {

  @ParameterizedTest
  @CsvSource({"1, 2", "1, 7", "2, 2", "2, 3", "5, 2", "5, 3", "5, 7", "3, 20"})
  void eachValueOfAWindowBelongsToOnePartAndTheLastPartHasTheBiasAndAValue(
      int kernel, int threads) {
    Window window = window(kernel);
    int most = (window.taps.length + threads) / threads;

    List<Part> parts = parts(threads);

    assertThat(parts.stream().flatMapToInt(part -> IntStream.of(window.of(part).taps)))
        .containsExactlyElementsOf(IntStream.of(window.taps).boxed().toList());
    assertThat(parts).allSatisfy(part -> {
      int own = window.of(part).taps.length;
      assertThat(own).isLessThanOrEqualTo(most);
      assertThat(window.of(part).taps)
          .isEqualTo(IntStream.range(0, own)
              .map(i -> window.taps[window.firstTap(part) + i])
              .toArray());
    });
    assertThat(parts.stream().filter(Part::isLast))
        .singleElement()
        .satisfies(last -> assertThat(window.of(last).taps).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource({"5, 13, 12", "3, 5, 4"})
  void theBiasCountsAsAValueOfTheWindow(int kernel, int first, int last) {
    List<Part> parts = parts(2);

    assertThat(window(kernel).of(parts.get(0)).taps).hasSize(first);
    assertThat(window(kernel).of(parts.get(1)).taps).hasSize(last);
  }

  private static Window window(int kernel) {
    return new Window(
        new Window.Sample(1, 28, 28, 1, 784),
        new Window.Kernel(kernel, kernel, 1, 1, 1, 1),
        new Window.Padding(0, 0, 0, 0),
        1);
  }

  private static List<Part> parts(int threads) {
    Team team = new Team(threads, "trainer", Double.MAX_VALUE);
    try {
      return team.parts();
    } finally {
      team.close();
    }
  }
}
