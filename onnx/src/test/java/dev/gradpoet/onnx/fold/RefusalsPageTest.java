package dev.gradpoet.onnx.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gradpoet.onnx.testing.ModelText;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.ModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each example in the table of {@code docs/onnx.md} is refused for the reason beside it, and for no other; {@code -Dgoldens.update=DIR} writes the page to a directory. */
class RefusalsPageTest {

  private static final Path PAGE = Path.of("../docs/onnx.md");

  private static final String MODEL = """
      opset 17
      in x [N,3,2]
      in v [N,4]
      in i [N,2] ints
      out y
      six [1] ints 6
      more [3] ints -1 2 2
      wide [4] ints -1 1 3 2
      pads [6] ints 0 0 1 0 0 0
      zero_i [1] ints 0
      one_i [1] ints 1
      true [] ints 1
      w2 [2,4]
      w3 [3,2]
      w4 [4,2]
      four [4]
      rows [2,3,2]
      stack [2,2,4]
      kernel [2,1,2,2]
      volume [2,3,1,1,1]
      minus [] -1
      one [] 1
      two [] 2
      half [] 0.5
      """;

  /** The page with the reasons that the import gives. */
  private static String page(List<String> lines) {
    return lines.stream()
        .map(line -> line.startsWith("| `y = ") || line.matches("\\| `\\w+ = .*; y = .*")
            ? row(line.substring(3, line.indexOf('`', 3)))
            : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(String example) {
    String text = MODEL + example.replace("; ", "\n");
    RefusedModelException refused = catchThrowableOfType(
        RefusedModelException.class,
        () -> ModelImporter.read(
            ModelFile.read("m.onnx", ModelWriter.bytes(ModelText.of(text))),
            Optional.empty(),
            Map.of()));
    assertThat(refused).describedAs("imported: " + example).isNotNull();
    assertThat(refused.refusals()).describedAs(example).hasSize(1);
    Refusal refusal = refused.refusals().get(0);
    return "| `" + example + "` | " + refusal.reason() + " | " + refusal.wayOut() + " |";
  }

  @Test
  void eachExampleIsRefusedForItsReason() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    String actual = page(lines);
    String update = System.getProperty("goldens.update");
    if (update != null) {
      Files.writeString(Path.of(update, "onnx.md"), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(PAGE));
  }
}
