package dev.gradpoet.onnx.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.testing.ModelText;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.ModelWriter;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Inputs have the names of the model where a network can have them, and names after these where it cannot. */
class InputNamesTest {

  private static final List<String> NAMES = List.of(
      "input.1",
      "class",
      "state",
      "STATE",
      "st_ate",
      "input",
      "copy",
      "serving_default_x:0",
      "a/b",
      "_",
      "q\u00e9",
      "sum",
      "n");

  @Test
  void anyNamesMakeANetwork() throws Exception {
    String text =
        NAMES.stream().map(name -> "in " + name + " [N,2]\n").collect(Collectors.joining())
            + "out y\ny = Sum(" + String.join(", ", NAMES) + ")";
    ImportedSource source = ImportedSource.of(
        ModelImporter.read(
            ModelFile.read("m", ModelWriter.bytes(ModelText.of(text))), Optional.empty(), Map.of()),
        new ImportedSource.Target("names", "Inputs"),
        "m.onnx",
        Map.of());
    Model model = Networks.of(Map.of("names.Inputs", source)).get("names.Inputs");

    List<String> names =
        model.architecture().inputs().stream().map(Architecture.Input::name).toList();
    assertThat(names)
        .hasSameSizeAs(NAMES)
        .doesNotHaveDuplicates()
        .contains("state", "input", "sum", "n");
    assertThat(source.java())
        .contains("<tr><td>" + names.get(0) + "</td><td>input.1</td></tr>")
        .contains("<tr><td>" + names.get(10) + "</td><td>q&#233;</td></tr>");
    assertThat(model.architecture().layers())
        .extracting(Layer::from)
        .anyMatch(from -> from.contains(names.get(0)));
    assertThat(Arrays.asList(names.get(3), names.get(4))).doesNotContain("STATE", "st_ate");
  }
}
