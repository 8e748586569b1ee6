package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is proposed for a file whose names differ from a network's. */
class NameHintTest {

  /** Linear layers of these widths, named by a prefix and every so many-th number. */
  private static Map<String, int[]> stack(String prefix, int step, int... widths) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (int i = 0; i + 1 < widths.length; i++) {
      shapes.put(prefix + i * step + ".weight", new int[] {widths[i + 1], widths[i]});
      shapes.put(prefix + i * step + ".bias", new int[] {widths[i + 1]});
    }
    return shapes;
  }

  /** As in a file: sorted as text. */
  private static Map<String, int[]> file(Map<String, int[]> shapes) {
    return new TreeMap<>(shapes);
  }

  @Test
  void aSequentialThatCountsActivations() {
    assertThat(NameHint.of(file(stack("", 2, 5, 33, 4)), stack("", 1, 5, 33, 4)))
        .isEqualTo("Map.of(\"2.weight\", \"1.weight\", \"2.bias\", \"1.bias\")");
  }

  @Test
  void numbersAreOrderedByValue() {
    // as text, 10 comes before 2
    String hint = NameHint.of(file(stack("net.", 5, 3, 4, 5, 6)), stack("layer", 1, 3, 4, 5, 6));
    assertThat(hint)
        .contains("Map.entry(\"net.0.weight\", \"layer0.weight\")")
        .endsWith("6 names in this order");
    assertThat(NameHint.of(file(stack("", 5, 3, 4, 4, 4)), stack("", 1, 3, 4, 4, 4)))
        .isEqualTo(
            "Map.of(\"5.weight\", \"1.weight\", \"5.bias\", \"1.bias\", \"10.weight\", \"2.weight\", \"10.bias\", \"2.bias\")");
  }

  @Test
  void nothingWhereShapesDiffer() {
    assertThat(NameHint.of(file(stack("", 2, 5, 33, 4)), stack("", 1, 5, 33, 3)))
        .isEmpty();
    assertThat(NameHint.of(file(stack("", 2, 5, 33, 4, 4)), stack("", 1, 5, 33, 4)))
        .isEmpty();
    Map<String, int[]> withoutBias = stack("", 2, 5, 33, 4);
    withoutBias.remove("2.bias");
    assertThat(NameHint.of(file(withoutBias), stack("", 1, 5, 33, 4))).isEmpty();
    Map<String, int[]> other = new LinkedHashMap<>(withoutBias);
    other.put("2.scale", new int[] {4});
    assertThat(NameHint.of(file(other), stack("", 1, 5, 33, 4))).isEmpty();
  }

  @Test
  void nothingWhereTheNamesAreTheSameOrThereAreNone() {
    assertThat(NameHint.of(file(stack("", 1, 5, 33, 4)), stack("", 1, 5, 33, 4)))
        .isEmpty();
    assertThat(NameHint.of(Map.of(), Map.of())).isEmpty();
    assertThat(NameHint.of(Map.of("w", new int[] {2}), Map.of("v", new int[] {2})))
        .isEmpty();
  }

  @Test
  void aLongListIsCutAndQuotesAreEscaped() {
    int[] widths = new int[300];
    Arrays.fill(widths, 3);
    String hint = NameHint.of(file(stack("", 2, widths)), stack("", 1, widths));
    assertThat(hint)
        .hasSizeLessThan(250)
        .startsWith("Map.ofEntries(Map.entry(\"2.weight\", \"1.weight\"), ")
        .endsWith("596 names in this order");
    assertThat(NameHint.of(file(stack("a\"b", 2, 3, 4)), stack("x", 1, 3, 4)))
        .contains("\"a\\\"b0.weight\"");
    assertThat(NameHint.of(file(stack("9".repeat(100_000), 2, 3, 4)), stack("x", 1, 3, 4)))
        .hasSizeLessThan(250);
  }
}
