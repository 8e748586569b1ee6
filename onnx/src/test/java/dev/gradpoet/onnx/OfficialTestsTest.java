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
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
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

  /** An imported test. */
  private record Imported(OfficialTest test, Net net, ImportedSource source) {}

  private static List<Imported> imported(Map<String, List<String>> refused) throws Exception {
    List<Imported> imported = new ArrayList<>();
    for (OfficialTest test : OfficialTests.all()) {
      try {
        Net net = ModelImporter.read(test.model(), Optional.of(test.output()), test.bound());
        ImportedSource.Target target = new ImportedSource.Target("official", "T" + imported.size());
        imported.add(
            new Imported(test, net, ImportedSource.of(net, target, test.name(), Map.of())));
      } catch (RefusedModelException e) {
        refused
            .computeIfAbsent(test.operator(), key -> new ArrayList<>())
            .add(test.name() + ": " + e.refusals().get(0).reason());
      }
    }
    return imported;
  }

  @Test
  void outcomesByOperatorAreThese() throws Exception {
    Map<String, List<String>> refused = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    List<Imported> imported = imported(refused);
    imported.forEach(each -> counts.merge(each.test().operator(), 1, Integer::sum));
    refused.keySet().forEach(operator -> counts.putIfAbsent(operator, 0));
    String table = counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue() + " of "
            + (count.getValue()
                + refused.getOrDefault(count.getKey(), List.of()).size()))
        .collect(Collectors.joining("\n"));
    System.out.println(table);
    refused.forEach((operator, reasons) -> reasons.forEach(System.out::println));
    System.out.println(imported.size() + " imported");
    assertThat(OfficialTests.all()).hasSize(457);
  }

  @Test
  @Tag("exhaustive")
  void whatIsImportedComputesWhatItShould() throws Exception {
    List<Imported> imported = imported(new TreeMap<>());
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    for (int i = 0; i < imported.size(); i++) {
      sources.put("official.T" + i, imported.get(i).source());
    }
    Map<String, Model> models = Networks.of(sources);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < imported.size(); i++) {
      Imported each = imported.get(i);
      Model model = models.get("official.T" + i);
      for (OfficialTests.Data data : each.test().data()) {
        String error = compare(each, model, data);
        if (!error.isEmpty()) {
          wrong.add(each.test().name() + ": " + error + "\n" + each.source().java());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String compare(Imported each, Model model, OfficialTests.Data data) {
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
      // the tolerance of ONNX's own runner: rtol 1e-3, atol 1e-7; ours is less
      if (!(Math.abs(actual[i] - expected[i]) <= 1e-5 * Math.abs(expected[i]) + 1e-5)
          && !(Double.isNaN(expected[i]) && Float.isNaN(actual[i]))) {
        return "value " + i + " is " + actual[i] + ", expected " + expected[i];
      }
    }
    return "";
  }
}
