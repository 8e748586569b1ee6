package dev.gradpoet.onnx.source;

import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetInput;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    String read = net.inputs().stream().map(ImportedSource::text).collect(Collectors.joining(", "));
    lines.add("Imported from " + Javadoc.escaped(file) + ". Reads " + read + " and computes "
        + Javadoc.escaped(net.outputName()) + " " + Arrays.toString(net.outputDims()) + ".");
    for (NetInput input : net.inputs()) {
      if (input.order().length > 0) {
        lines.add("");
        lines.add("<p>The values of a row"
            + (net.hasUnnamedInput() ? "" : " of " + Javadoc.escaped(input.name()))
            + " are in another order than in the model: here "
            + Arrays.toString(input.layer().shape()) + ", channels first, there "
            + Arrays.toString(input.dims()) + ".");
      }
    }
    hashes.forEach((name, hash) -> {
      lines.add("");
      lines.add("<p>SHA-256 of " + Javadoc.escaped(name) + ": " + hash);
    });
    return lines;
  }

  /** The name and sizes of an input in the model, and the range of its values where they are class indices. */
  private static String text(NetInput input) {
    return Javadoc.escaped(input.name()) + " " + Arrays.toString(input.dims())
        + (input.classes() == 0 ? "" : " (class indices from 0 to " + (input.classes() - 1) + ")");
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
