package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.fold.RefusedModelException;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Models of other people outside the project, from the directory of the property {@code gradpoet.models}: each runs as with ONNX Runtime, or is refused. */
class SharedModelsTest {

  @Test
  @EnabledIfSystemProperty(named = "gradpoet.models", matches = ".+")
  void computeWhatOnnxRuntimeComputes() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(System.getProperty("gradpoet.models")))) {
      files = all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
    Map<String, Net> nets = new LinkedHashMap<>();
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    Map<String, Path> paths = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    for (Path file : files) {
      String name = "models.M" + nets.size();
      try {
        Optional<String> output = file.toString().contains("two-branches")
            ? Optional.of("Y")
            : file.toString().contains("controller-2in")
                ? Optional.of("output_1")
                : Optional.empty();
        ModelFile model = ModelFile.read(file);
        Net net = ModelImporter.read(model, output, Map.of());
        ImportedSource source = ImportedSource.of(
            net, new ImportedSource.Target("models", name.substring(7)), model.name(), Map.of());
        nets.put(name, net);
        sources.put(name, source);
        paths.put(name, file);
        System.out.println(source.java());
      } catch (RefusedModelException e) {
        refused.add(e.getMessage());
      }
    }
    Map<String, Model> models = Networks.of(sources);
    int right = 0;
    for (String name : models.keySet()) {
      double error = error(models.get(name), nets.get(name), paths.get(name));
      System.out.println(paths.get(name).getFileName() + " error " + error);
      right += error < 1e-5 ? 1 : 0;
    }
    System.out.println(
        right + " of " + files.size() + " run, refused:\n" + String.join("\n", refused));
    assertThat(right).isEqualTo(models.size());
  }

  static double error(Model model, Net net, Path file) throws Exception {
    double worst = 0;
    try (OnnxRuntime reference = new OnnxRuntime(file)) {
      long fixed = ModelFile.read(file).model().graph().inputs().stream()
          .filter(input -> input.name().equals(net.inputName()))
          .findFirst()
          .orElseThrow()
          .shape()
          .orElseThrow()
          .get(0)
          .value();
      for (int rows : new int[] {1, 5}) {
        int width = Places.count(net.inputDims());
        Random random = new Random(rows);
        int total = fixed > 0 ? (int) (rows * fixed) : rows;
        float[] theirs = new float[total * width];
        for (int i = 0; i < theirs.length; i++) {
          theirs[i] = (float) random.nextGaussian();
        }
        float[] ours = theirs.clone();
        for (int i = 0; i < ours.length && net.inputOrder().length > 0; i++) {
          ours[i] = theirs[i / width * width + net.inputOrder()[i % width]];
        }
        int call = fixed > 0 ? (int) fixed : rows;
        float[] expected = new float[0];
        for (int at = 0; at < total; at += call) {
          float[] some = Arrays.copyOfRange(theirs, at * width, (at + call) * width);
          long[] shape = LongStream.concat(
                  LongStream.of(call), Arrays.stream(net.inputDims()).asLongStream())
              .toArray();
          float[] part = reference.run(net.inputName(), some, shape, net.outputName());
          int begin = expected.length;
          expected = Arrays.copyOf(expected, begin + part.length);
          System.arraycopy(part, 0, expected, begin, part.length);
        }
        float[] actual = model.forward(Tensor.of(ours, total, width)).toFloatArray();
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 1e-30;
        double difference = 0;
        for (int i = 0; i < actual.length; i++) {
          largest = Math.max(largest, Math.abs(expected[i]));
          difference = Math.max(difference, Math.abs(actual[i] - (double) expected[i]));
        }
        worst = Math.max(worst, difference / largest);
      }
    }
    return worst;
  }
}
