package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For a file of an {@code nn.Sequential}, the message suggests the renaming. */
class RenamingTest {

  @TempDir
  private Path directory;

  /** Weights and biases of modules of these names, from {@code widths[0]} to {@code widths[1]} and so on. */
  private static Map<String, Tensor> layers(List<String> names, int... widths) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      float[][] weight = new float[widths[i + 1]][widths[i]];
      weight[0][0] = i + 1;
      tensors.put(names.get(i) + ".weight", Tensor.of(weight));
      tensors.put(names.get(i) + ".bias", Tensor.of(new float[widths[i + 1]]));
    }
    return tensors;
  }

  private String message(Map<String, Tensor> file, Map<String, Tensor> network) throws IOException {
    return message(directory.resolve("net.safetensors"), file, network);
  }

  private static String message(Path path, Map<String, Tensor> file, Map<String, Tensor> network)
      throws IOException {
    Safetensors.save(path, file);
    String[] text = new String[1];
    assertThatThrownBy(() -> Safetensors.load(path, network, Map.of()))
        .isInstanceOf(IOException.class)
        .satisfies(e -> text[0] = e.getMessage());
    assertThat(text[0]).hasSizeLessThan(300);
    return text[0];
  }

  @Test
  void countedActivationsAreLeftOut() throws IOException {
    // Equal shapes: by name only, 2.weight would be loaded in place of 4.weight.
    String text = message(
        layers(List.of("0", "2", "4"), 3, 3, 3, 3), layers(List.of("0", "1", "2"), 3, 3, 3, 3));
    assertThat(text)
        .contains("net.safetensors: the names differ, but the shapes match in order: ")
        .endsWith("pass Map.of(\"2.weight\", \"1.weight\", \"2.bias\", \"1.bias\","
            + " \"4.weight\", \"2.weight\", \"4.bias\", \"2.bias\")");
    Map<String, Tensor> network = layers(List.of("0", "1", "2"), 3, 3, 3, 3);
    network.values().forEach(tensor -> tensor.copyFrom(new float[tensor.size()]));
    Map<String, String> names = Map.of(
        "2.weight", "1.weight", "2.bias", "1.bias", "4.weight", "2.weight", "4.bias", "2.bias");
    Safetensors.load(directory.resolve("net.safetensors"), network, names);
    assertThat(network).isEqualTo(layers(List.of("0", "1", "2"), 3, 3, 3, 3));
  }

  @Test
  void numbersAreSortedNumerically() throws IOException {
    // The file lists 10 before 2, in alphabetical order.
    String text = message(
        layers(List.of("net.2", "net.10"), 3, 4, 5), layers(List.of("hidden", "out"), 3, 4, 5));
    assertThat(text)
        .contains("pass Map.of(\"net.2.weight\", \"hidden.weight\", \"net.2.bias\",")
        .contains("\"net.10.weight\", \"out.weight\"");
  }

  /** Layers of a file of an nn.Sequential with activations, and of a network; a call needs 2 pairs for each layer. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 12, 40})
  void theMessageContainsTheCallOrIfItIsTooLongTheLayers(int count) throws IOException {
    List<String> modules = IntStream.range(0, count).mapToObj(i -> "" + 2 * i).toList();
    List<String> names = IntStream.range(0, count).mapToObj(i -> "hidden" + i).toList();
    int[] widths = IntStream.range(0, count + 1).map(i -> 2).toArray();
    String call = IntStream.range(0, count)
        .mapToObj(i -> ("'" + 2 * i + ".weight', 'hidden" + i + ".weight', '" + 2 * i
            + ".bias', 'hidden" + i + ".bias'"))
        .collect(Collectors.joining(", ", "pass Map.of(", ")"))
        .replace('\'', '"');
    for (int length : new int[] {1, 50, 250}) {
      // In a separate directory, so that the path in the message can have any length.
      Path below = Files.createDirectories(directory.resolve("d".repeat(length)));
      String text = message(below.resolve("n.st"), layers(modules, widths), layers(names, widths));
      String found = text.substring(text.indexOf("n.st: ") + 6);
      String start = "the names differ, but the shapes match in order: ";
      int room = 299 - text.indexOf("n.st: ") - 6 - start.length();
      if (count <= 5 && call.length() <= room) {
        assertThat(found).isEqualTo(start + call);
      } else {
        assertThat(found)
            .startsWith(start + "[0 -> hidden0, 2 -> hidden1, ")
            .matches(".*(, and \\d+ more|-> hidden" + (count - 1)
                + ")\\]; pass a map from names in the file to names here");
      }
    }
  }

  @Test
  void theCallForThreeLayersFits() throws IOException {
    Map<String, Tensor> network = layers(List.of("hidden", "second", "out"), 3, 4, 5, 6);
    Path path = directory.resolve("n.st");
    Safetensors.save(path, layers(List.of("0", "2", "4"), 3, 4, 5, 6));
    Safetensors read = Safetensors.read(Files.readAllBytes(path));
    assertThatThrownBy(() -> read.copyTo(network, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("the byte array: the names differ, but the shapes match in order: pass Map.of("
            + "\"0.weight\", \"hidden.weight\", \"0.bias\", \"hidden.bias\", "
            + "\"2.weight\", \"second.weight\", \"2.bias\", \"second.bias\", "
            + "\"4.weight\", \"out.weight\", \"4.bias\", \"out.bias\")");
  }

  @Test
  void differentShapesGiveNoSuggestion() throws IOException {
    Map<String, Tensor> network = layers(List.of("a", "b"), 3, 4, 5);
    assertThat(message(layers(List.of("0", "2"), 3, 4, 6), network)).doesNotContain("in order");
    assertThat(message(layers(List.of("0", "2"), 4, 3, 5), network)).doesNotContain("in order");
    assertThat(message(layers(List.of("0", "2", "4"), 3, 4, 5, 5), network))
        .doesNotContain("in order");
    // These have no numbers, so their order in the file has no meaning.
    assertThat(message(layers(List.of("x", "y"), 3, 4, 5), network)).doesNotContain("in order");
    assertThat(message(layers(List.of("x.0", "y.2"), 3, 4, 5), network)).doesNotContain("in order");
  }
}
