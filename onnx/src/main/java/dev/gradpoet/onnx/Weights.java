package dev.gradpoet.onnx;

import dev.gradpoet.onnx.torch.WeightsFile;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a file of {@code torch.save} or of NumPy. Such files are Python programs or may contain them; only their data is read, and no code is ever
 * run. Values of 16 bits are widened to {@code FLOAT32}, integers and booleans to {@code INT64}.
 */
public final class Weights {

  private final Map<String, Tensor> tensors;
  private final List<String> left;

  private Weights(Map<String, Tensor> tensors, List<String> left) {
    this.tensors = Collections.unmodifiableMap(tensors);
    this.left = List.copyOf(left);
  }

  /**
   * Reads a {@code .pt}, {@code .pth} or {@code .npz} file.
   *
   * @throws IOException if it cannot be read, is damaged, or describes more than tensors in dictionaries and lists
   */
  public static Weights read(Path file) throws IOException {
    WeightsFile read = WeightsFile.read(file);
    return new Weights(read.tensors(), read.left());
  }

  /** The tensors by name, those of nested dictionaries as {@code model.fc1.weight}; an unmodifiable map. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** What the file contains besides tensors, in words: numbers, strings, ... */
  public List<String> left() {
    return left;
  }

  /**
   * The same tensors with other names.
   *
   * @param names new names by old ones, where they differ
   * @throws IllegalArgumentException if there is no tensor of an old name, or two would have one name
   */
  public Weights renamed(Map<String, String> names) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    names.keySet().stream()
        .filter(name -> !tensors.containsKey(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "there is no tensor " + name + " to rename, expected one of " + tensors.keySet());
        });
    tensors.forEach((name, tensor) -> {
      String other = names.getOrDefault(name, name);
      if (renamed.put(other, tensor) != null) {
        throw new IllegalArgumentException("two tensors would be named " + other);
      }
    });
    return new Weights(renamed, left);
  }

  /**
   * Writes a safetensors file, which {@code Model.load} reads.
   *
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    Safetensors.save(file, tensors);
  }
}
