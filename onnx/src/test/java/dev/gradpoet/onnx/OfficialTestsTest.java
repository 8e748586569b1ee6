package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.fold.RefusedModelException;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OfficialTests;
import dev.gradpoet.onnx.testing.OfficialTests.OfficialTest;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ONNX's own tests of operators: each is imported and computes what it should, or is refused; the outcomes by operator are pinned. */
class OfficialTestsTest {

  /** What became of a test: a network, or the reason why there is none. */
  private record Outcome(OfficialTest test, Net net, ImportedSource source, String reason) {

    boolean isNetwork() {
      return net != null;
    }

    /** Whether the model only moves its input, which is folded to nothing. */
    boolean isInput() {
      return reason.contains("is its input as it is");
    }
  }

  private static List<Outcome> outcomes() throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    for (OfficialTest test : OfficialTests.all()) {
      try {
        Net net = ModelImporter.read(test.model(), Optional.of(test.output()), test.bound());
        ImportedSource.Target target = new ImportedSource.Target("official", "T" + outcomes.size());
        outcomes.add(
            new Outcome(test, net, ImportedSource.of(net, target, test.name(), Map.of()), ""));
      } catch (RefusedModelException e) {
        outcomes.add(new Outcome(test, null, null, e.refusals().get(0).reason()));
      }
    }
    return outcomes;
  }

  /** {@code -Dgoldens.update=DIR} writes the table to a directory. */
  @Test
  void outcomesByOperatorAreThese() throws Exception {
    Map<String, int[]> counts = new TreeMap<>();
    for (Outcome outcome : outcomes()) {
      int[] count = counts.computeIfAbsent(outcome.test().operator(), key -> new int[3]);
      count[outcome.isNetwork() ? 0 : outcome.isInput() ? 1 : 2]++;
    }
    String table = counts.entrySet().stream()
        .map(count -> count.getKey() + ": " + count.getValue()[0] + " networks, "
            + count.getValue()[1] + " folded to the input, " + count.getValue()[2] + " refused\n")
        .collect(Collectors.joining());
    System.out.print(table);
    String update = System.getProperty("goldens.update");
    if (update != null) {
      Files.writeString(Path.of(update, "outcomes.txt"), table);
    }
    assertThat(OfficialTests.all()).hasSize(457);
    assertThat(table).isEqualTo(Files.readString(Resources.path("/onnx/outcomes.txt")));
  }

  @Test
  void whatIsFoldedToTheInputIsTheInput() throws Exception {
    for (Outcome outcome : outcomes()) {
      for (OfficialTests.Data data :
          outcome.isInput() ? outcome.test().data() : List.<OfficialTests.Data>of()) {
        assertThat(Constant.of(data.output()).reals())
            .describedAs(outcome.test().name())
            .isEqualTo(Constant.of(data.inputs().values().iterator().next()).reals());
      }
    }
  }

  @Test
  @Tag("exhaustive")
  void networksComputeWhatTheyShould() throws Exception {
    List<Outcome> networks = outcomes().stream().filter(Outcome::isNetwork).toList();
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    for (Outcome outcome : networks) {
      sources.put(
          outcome.source().java().replaceAll("(?s).*interface (T\\d+).*", "official.$1"),
          outcome.source());
    }
    List<Model> models = List.copyOf(Networks.of(sources).values());
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      for (OfficialTests.Data data : networks.get(i).test().data()) {
        String error = compare(networks.get(i), models.get(i), data);
        if (!error.isEmpty()) {
          wrong.add(networks.get(i).test().name() + ": " + error);
        }
      }
    }
    assertThat(wrong).isEmpty();
    System.out.println(networks.size() + " of 457 official tests are networks, and pass");
  }

  private static String compare(Outcome each, Model model, OfficialTests.Data data) {
    Net net = each.net();
    double[] theirs = Constant.of(data.inputs().get(net.inputName())).reals();
    int width = Places.count(net.inputDims());
    float[] ours = new float[theirs.length];
    for (int i = 0; i < ours.length; i++) {
      ours[i] = (float)
          (net.inputOrder().length == 0
              ? theirs[i]
              : theirs[i / width * width + net.inputOrder()[i % width]]);
    }
    float[] actual = model.forward(Tensor.of(ours, ours.length / width, width)).toFloatArray();
    double[] expected = Constant.of(data.output()).reals();
    if (actual.length != expected.length) {
      return actual.length + " values, expected " + expected.length;
    }
    for (int i = 0; i < actual.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= 1e-5 * Math.abs(expected[i]) + 1e-5)
          && !(Double.isNaN(expected[i]) && Float.isNaN(actual[i]))) {
        return "value " + i + " is " + actual[i] + ", expected " + expected[i];
      }
    }
    return "";
  }
}
