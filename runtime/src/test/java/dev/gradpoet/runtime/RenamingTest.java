package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of an {@code nn.Sequential} is met with the renaming to write. */
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
    Path path = directory.resolve("net.safetensors");
    Safetensors.save(path, file);
    String[] text = new String[1];
    assertThatThrownBy(() -> Safetensors.load(path, network, Map.of()))
        .isInstanceOf(IOException.class)
        .satisfies(e -> text[0] = e.getMessage());
    assertThat(text[0]).hasSizeLessThan(300);
    return text[0];
  }

  @Test
  void activationsThatCountAreLeftOut() throws IOException {
    // Equal shapes: by names alone, 2.weight would go where 4.weight belongs.
    String text = message(
        layers(List.of("0", "2", "4"), 3, 3, 3, 3), layers(List.of("0", "1", "2"), 3, 3, 3, 3));
    assertThat(text)
        .contains("it lacks [1.weight, 1.bias]")
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
  void numbersAreCountedAndNotSpelt() throws IOException {
    // The file has 10 before 2, in the order of the characters.
    String text = message(
        layers(List.of("net.2", "net.10"), 3, 4, 5), layers(List.of("hidden", "out"), 3, 4, 5));
    assertThat(text)
        .contains("pass Map.of(\"net.2.weight\", \"hidden.weight\", \"net.2.bias\",")
        .contains("\"net.10.weight\", \"out.weight\"");
  }

  @Test
  void aLongRenamingIsCutOff() throws IOException {
    List<String> many = List.of("0", "2", "4", "6", "8", "10", "12", "14");
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    int[] widths = {2, 2, 2, 2, 2, 2, 2, 2, 2};
    assertThat(message(layers(many, widths), layers(names, widths)))
        .contains("pass Map.of(\"0.weight\", \"a.weight\", \"0.bias\", \"a.bias\", \"2.weight\"")
        .endsWith("...");
  }

  @Test
  void whereShapesDifferNothingIsProposed() throws IOException {
    Map<String, Tensor> network = layers(List.of("a", "b"), 3, 4, 5);
    assertThat(message(layers(List.of("0", "2"), 3, 4, 6), network)).doesNotContain("Map.of");
    assertThat(message(layers(List.of("0", "2"), 4, 3, 5), network)).doesNotContain("Map.of");
    assertThat(message(layers(List.of("0", "2", "4"), 3, 4, 5, 5), network))
        .doesNotContain("Map.of");
    // These have no numbers, so the order in the file says nothing.
    assertThat(message(layers(List.of("x", "y"), 3, 4, 5), network)).doesNotContain("Map.of");
    assertThat(message(layers(List.of("x.0", "y.2"), 3, 4, 5), network)).doesNotContain("Map.of");
  }
}
