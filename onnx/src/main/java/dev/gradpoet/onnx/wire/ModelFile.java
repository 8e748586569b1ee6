package dev.gradpoet.onnx.wire;

import dev.gradpoet.runtime.memory.Heap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model as it was read.
 *
 * @param name the name of its file
 * @param bytes the file
 * @param model what it contains
 * @param external the locations of its other files, relative to it
 */
public record ModelFile(String name, byte[] bytes, ModelProto model, List<String> external) {

  /** The largest file: protobuf's limit. */
  private static final long LONGEST = Integer.MAX_VALUE - 16;

  /**
   * Reads a model and the files with its values.
   *
   * @throws IOException if a file cannot be read, or is not an ONNX model; the message names it and, in a damaged file, the byte
   */
  public static ModelFile read(Path path) throws IOException {
    String name = path.toString();
    if (!Files.exists(path)) {
      throw new NoSuchFileException(name, null, "there is no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new MalformedFileException(name, "it is not a file, expected an ONNX model");
    }
    long size = Files.size(path);
    Optional<String> problem = size > LONGEST
        ? Optional.of("it has " + size + " bytes, expected at most " + LONGEST)
        : Heap.problem("the model", 2 * size);
    if (problem.isPresent()) {
      throw new MalformedFileException(name, problem.get());
    }
    Path folder = path.toAbsolutePath().getParent();
    return read(
        path.getFileName().toString(), name, Files.readAllBytes(path), Optional.ofNullable(folder));
  }

  /**
   * Reads a model that is in memory and has no other files.
   *
   * @throws MalformedFileException if it is not an ONNX model
   */
  public static ModelFile read(String name, byte[] bytes) throws IOException {
    return read(name, name, bytes, Optional.empty());
  }

  private static ModelFile read(String name, String shown, byte[] bytes, Optional<Path> folder)
      throws IOException {
    if (bytes.length == 0) {
      throw new MalformedFileException(shown, "it is empty, expected an ONNX model");
    }
    ExternalData external = new ExternalData(shown, folder);
    ModelReader reader = new ModelReader(new TensorReader(external));
    ModelProto model = reader.model(WireReader.of(shown, bytes));
    return new ModelFile(name, bytes, model, new ArrayList<>(external.files()));
  }

  /**
   * Reads a tensor that is a file of its own, as in ONNX's test data.
   *
   * @throws MalformedFileException if it is not a tensor
   */
  public static TensorProto readTensor(String name, byte[] bytes) throws IOException {
    return new TensorReader(new ExternalData(name, Optional.empty()))
        .tensor(WireReader.of(name, bytes));
  }
}
