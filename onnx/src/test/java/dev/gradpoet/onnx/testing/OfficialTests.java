package dev.gradpoet.onnx.testing;

import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.TensorProto;
import dev.gradpoet.onnx.wire.ValueInfoProto;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The official tests of ONNX in {@code onnx-backend-tests-1.22.0-subset.tar.gz}. */
public final class OfficialTests {

  /**
   * A test.
   *
   * @param output the output that is compared
   * @param bound its inputs but the first, which are constants
   */
  public record OfficialTest(
      String name,
      ModelFile model,
      String output,
      Map<String, TensorProto> bound,
      List<Data> data) {

    /** Its first input, as a constant. */
    public Map<String, TensorProto> first() {
      Map.Entry<String, TensorProto> first =
          data.get(0).inputs().entrySet().iterator().next();
      return Map.of(first.getKey(), first.getValue());
    }

    /** An attribute of its only node. */
    public Optional<AttributeProto> attribute(String attribute) {
      return model.model().graph().nodes().get(0).attributes().stream()
          .filter(value -> value.name().equals(attribute))
          .findFirst();
    }

    /** The operator that it tests, by its name. */
    public String operator() {
      return model.model().graph().nodes().isEmpty()
          ? "none"
          : model.model().graph().nodes().stream()
              .map(node -> node.operator())
              .distinct()
              .reduce((a, b) -> a + "+" + b)
              .orElseThrow();
    }
  }

  /** Inputs by name, and all outputs. */
  public record Data(Map<String, TensorProto> inputs, List<TensorProto> outputs) {

    /** The first output. */
    public TensorProto output() {
      return outputs.get(0);
    }
  }

  private static List<OfficialTest> all;

  private OfficialTests() {}

  /** All tests that have an input and an output of numbers. */
  public static synchronized List<OfficialTest> all() throws IOException {
    if (all == null) {
      all = read();
    }
    return all;
  }

  private static List<OfficialTest> read() throws IOException {
    Map<String, Map<String, byte[]>> folders = new TreeMap<>();
    try (InputStream in = new GZIPInputStream(
        OfficialTests.class.getResourceAsStream("/onnx/onnx-backend-tests-1.22.0-subset.tar.gz"))) {
      for (TarEntry entry = TarEntry.next(in); entry != null; entry = TarEntry.next(in)) {
        String[] parts = entry.name().replaceFirst("^\\./", "").split("/", 3);
        if (parts.length == 3) {
          folders
              .computeIfAbsent(parts[0] + "/" + parts[1], key -> new TreeMap<>())
              .put(parts[2], entry.content());
        }
      }
    }
    List<OfficialTest> tests = new ArrayList<>();
    for (Map.Entry<String, Map<String, byte[]>> folder : folders.entrySet()) {
      if (folder.getValue().containsKey("model.onnx")) {
        tests.add(test(folder.getKey(), folder.getValue()));
      }
    }
    return tests;
  }

  private static OfficialTest test(String name, Map<String, byte[]> files) throws IOException {
    ModelFile model = ModelFile.read(name, files.get("model.onnx"));
    List<String> constants =
        model.model().graph().initializers().stream().map(TensorProto::name).toList();
    List<String> inputs = model.model().graph().inputs().stream()
        .map(ValueInfoProto::name)
        .filter(input -> !constants.contains(input))
        .toList();
    Map<String, TensorProto> bound = new LinkedHashMap<>();
    List<Data> data = new ArrayList<>();
    for (int set = 0; files.containsKey("test_data_set_" + set + "/output_0.pb"); set++) {
      String folder = "test_data_set_" + set + "/";
      Map<String, TensorProto> values = new LinkedHashMap<>();
      for (int i = 0; i < inputs.size() && files.containsKey(folder + "input_" + i + ".pb"); i++) {
        try {
          TensorProto tensor = ModelFile.readTensor(name, files.get(folder + "input_" + i + ".pb"));
          values.put(inputs.get(i), tensor);
          if (i > 0 && set == 0) {
            bound.put(inputs.get(i), tensor);
          }
        } catch (IOException e) {
          // a sequence or an optional value, whose model is refused
        }
      }
      List<TensorProto> outputs = new ArrayList<>();
      try {
        for (int i = 0; files.containsKey(folder + "output_" + i + ".pb"); i++) {
          outputs.add(ModelFile.readTensor(name, files.get(folder + "output_" + i + ".pb")));
        }
      } catch (IOException e) {
        break;
      }
      data.add(new Data(values, outputs));
    }
    return new OfficialTest(
        name, model, model.model().graph().outputs().get(0).name(), bound, data);
  }
}
