package dev.gradpoet.onnx;

import dev.gradpoet.onnx.export.ModelExporter;
import dev.gradpoet.onnx.wire.ModelWriter;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Exports networks to <a href="https://onnx.ai">ONNX</a>. */
public final class Onnx {

  private Onnx() {}

  /**
   * Writes a network as an ONNX model of opset 17, for inference with any number of rows.
   *
   * <p>Inputs have the shape {@code [N, shape...]} and the names that they have in the declaration; the output is named like the last layer, parameters as in
   * {@code model.parameters()}. Class indices are {@code INT64}; ONNX counts negative ones from the end of the table, which Gradpoet refuses. Options of
   * activations and norms are attributes, which ONNX stores in single precision. The write is atomic: the file is either complete or unchanged.
   *
   * @param path the file, in a directory that exists
   * @param model the network
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   * @throws IllegalArgumentException if operators of opset 17 cannot express a layer; the message names it
   * @throws NullPointerException if an argument is null
   */
  public static void save(Path path, Model model) throws IOException {
    Objects.requireNonNull(path, "path");
    byte[] bytes = ModelWriter.bytes(
        ModelExporter.of(Objects.requireNonNull(model, "model").architecture()));
    AtomicFile.write(path, bytes);
  }
}
