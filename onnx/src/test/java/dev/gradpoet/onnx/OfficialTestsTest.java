package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.fold.RefusedModelException;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetInput;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Feed;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OfficialTests;
import dev.gradpoet.onnx.testing.OfficialTests.OfficialTest;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.onnx.wire.TensorProto;
import dev.gradpoet.runtime.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
      outcomes.add(outcome(test, "T" + outcomes.size()));
    }
    return outcomes;
  }

  /** All inputs of the model are inputs of the network or, where that is refused, the first one; of a Gather, the second. */
  private static Outcome outcome(OfficialTest test, String name) throws Exception {
    List<Map<String, TensorProto>> ways = new ArrayList<>(List.of(Map.of(), test.bound()));
    if (test.operator().equals("Gather")) {
      ways.add(test.first());
    }
    String reason = "";
    for (Map<String, TensorProto> bound : ways) {
      try {
        Net net = ModelImporter.read(test.model(), Optional.of(test.output()), bound);
        ImportedSource.Target target = new ImportedSource.Target("official", name);
        return new Outcome(test, net, ImportedSource.of(net, target, test.name(), Map.of()), "");
      } catch (RefusedModelException e) {
        reason = e.refusals().get(0).reason();
      }
    }
    return new Outcome(test, null, null, reason);
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
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      for (OfficialTests.Data data : networks.get(i).test().data()) {
        String name = networks.get(i).test().name();
        try {
          String error = compare(networks.get(i), models.get(i), data);
          if (!error.isEmpty()) {
            wrong.add(name + ": " + error);
          }
        } catch (IllegalArgumentException e) {
          refused.add(name + ": " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refused)
        .containsExactly(
            "node/test_gather_negative_indices: indices at row 1, place 0 is -9, expected a class index in 0..9: the input was declared with classes = 10");
    System.out.println((networks.size() - refused.size())
        + " of 457 official tests are networks, and pass; one refuses its negative class indices");
  }

  private static String compare(Outcome each, Model model, OfficialTests.Data data) {
    Map<String, double[]> values = new LinkedHashMap<>();
    each.net().inputs().forEach(input -> {
      Constant constant = Constant.of(data.inputs().get(input.name()));
      values.put(
          input.name(),
          constant.isReal()
              ? constant.reals()
              : LongStream.of(constant.integers()).asDoubleStream().toArray());
    });
    NetInput first = each.net().inputs().get(0);
    int rows = values.get(first.name()).length / first.width();
    double[] actual = new Feed(Feed.sources(each.net()), rows, values).outputs(model);
    double[] expected = Constant.of(data.output()).reals();
    if (actual.length != expected.length) {
      return actual.length + " values, expected " + expected.length;
    }
    for (int i = 0; i < actual.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= 1e-5 * Math.abs(expected[i]) + 1e-5)
          && !(Double.isNaN(expected[i]) && Double.isNaN(actual[i]))) {
        return "value " + i + " is " + actual[i] + ", expected " + expected[i];
      }
    }
    return "";
  }
}
