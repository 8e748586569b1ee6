package dev.gradpoet.onnx.source;

import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An imported network as files.
 *
 * @param java the source of the interface
 * @param parameters the parameters and buffers by their names in the network
 */
public record ImportedSource(String java, Map<String, Tensor> parameters) {

  /**
   * The interface to write.
   *
   * @param packageName its package, may be empty
   * @param name its simple name
   */
  public record Target(String packageName, String name) {}

  /**
   * Writes a network.
   *
   * @param file the name of the model's file
   * @param hashes the SHA-256 of the model and of its other files, by name
   * @throws IllegalArgumentException if the target has the name of a type that the source imports
   */
  public static ImportedSource of(Net net, Target target, String file, Map<String, String> hashes) {
    SourceWriter writer = new SourceWriter(net, target, origin(net, file, hashes));
    Set<String> imported = writer.imported();
    if (imported.contains(target.name())) {
      throw new IllegalArgumentException("the name " + target.name()
          + " is that of a type that the source imports, expected another one");
    }
    return new ImportedSource(writer.text(), parameters(net));
  }

  private static List<String> origin(Net net, String file, Map<String, String> hashes) {
    List<String> lines = new ArrayList<>();
    lines.add("Imported from " + Javadoc.escaped(file) + ". Reads "
        + Javadoc.escaped(net.inputName()) + " "
        + Arrays.toString(net.inputDims()) + " and computes " + Javadoc.escaped(net.outputName())
        + " " + Arrays.toString(net.outputDims()) + ".");
    if (net.inputOrder().length > 0) {
      lines.add("");
      lines.add("<p>The values of a row are in another order than in the model: here "
          + Arrays.toString(net.input().shape()) + ", channels first, there "
          + Arrays.toString(net.inputDims()) + ".");
    }
    hashes.forEach((name, hash) -> {
      lines.add("");
      lines.add("<p>SHA-256 of " + Javadoc.escaped(name) + ": " + hash);
    });
    return lines;
  }

  private static Map<String, Tensor> parameters(Net net) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    for (NetLayer layer : net.layers()) {
      layer
          .parameters()
          .forEach((name, constant) ->
              parameters.put(layer.name() + "." + name, tensor(net.type(), constant)));
    }
    return parameters;
  }

  private static Tensor tensor(ElementType type, Constant constant) {
    double[] values = constant.reals();
    if (type == ElementType.DOUBLE) {
      return Tensor.of(values, constant.dims());
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, constant.dims());
  }
}
