package dev.gradpoet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A network, whatever its shape and dtype: what every generated class implements.
 *
 * <p>Parameters are shared by all that a network hands out, scratch never is: any number of threads may infer on one network while none
 * trains it.
 */
public interface Model {

  /**
   * The outputs for a batch of rows, or for one.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  Tensor forward(Tensor x);

  /**
   * The probabilities that the declared loss is taken of: the softmax of the outputs for {@code CROSS_ENTROPY}, {@code e^y} for {@code NLL}, the
   * sigmoid for {@code BCE_WITH_LOGITS}, the outputs as they are for {@code BCE}.
   *
   * @param x as for {@link #forward}
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network was declared with another loss or without
   */
  default Tensor probabilities(Tensor x) {
    return predictor().probabilities(x);
  }

  /**
   * The class of each row, as {@link Predictor#predictClass} says.
   *
   * @param x as for {@link #forward}
   * @return as many classes as rows
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  default int[] predictClasses(Tensor x) {
    return predictor().predictClasses(x);
  }

  /**
   * The loss of any number of rows.
   *
   * @param x shape {@code [n, INPUTS]}, of the network's dtype
   * @param y the target: class indices of shape {@code [n]} in {@code INT64}, or dense rows of shape {@code [n, OUTPUTS]}
   * @throws IllegalArgumentException if an argument has another shape or dtype, or a class index is not one
   * @throws NullPointerException if an argument is null
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double evaluate(Tensor x, Tensor y);

  /**
   * The layer at a place, counted from 0 in the order of declaration.
   *
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  Layer layer(int index);

  /** The parameters by name ({@code hidden.weight}, {@code hidden.bias}, ...) in PyTorch's order: live views, in a map that cannot be changed. */
  Map<String, Tensor> parameters();

  /** A network of the same declaration with its own copy of the parameters. */
  Model copy();

  /** The table of layers, shapes and numbers of parameters that <a href="https://github.com/TylerYep/torchinfo">torchinfo</a> prints. {@code toString} gives it, too. */
  String summary();

  /**
   * Writes the parameters to a file of the format {@link Safetensors}, which is complete or not there.
   *
   * @param path the file, in a directory that exists
   * @throws IOException if it cannot be written; what was there before is still there then
   */
  void save(Path path) throws IOException;

  /**
   * Writes the parameters with what belongs to the network, such as the means and deviations of its inputs: {@link #load} gives it back.
   *
   * <p>In the file the extra tensors stand beside the parameters, for any other reader; which they are is written to the metadata {@code gradpoet.extras}.
   *
   * @param path the file, in a directory that exists
   * @param extras tensors by names that no parameter has
   * @param metadata texts by name
   * @throws IOException if it cannot be written; what was there before is still there then
   * @throws IllegalArgumentException if an extra tensor is named like a parameter or {@code __metadata__}, or a text has half of a surrogate pair
   * @throws NullPointerException if an argument, or something in it, is null
   */
  default void save(Path path, Map<String, Tensor> extras, Map<String, String> metadata)
      throws IOException {
    Safetensors.save(path, parameters(), extras, metadata);
  }

  /**
   * Reads the parameters from a file that {@link #save} or any other writer of {@link Safetensors} made: all of them or, if anything does not fit, none.
   *
   * <p>Shapes must be equal. Values are widened ({@code F16}, {@code BF16} and, in a network of {@code FLOAT64}, {@code F32}) but never rounded.
   *
   * @param path the file
   * @return what was read: {@code extras()} has the extra tensors, {@code metadata()} the metadata
   * @throws IOException if the file cannot be read, or a name, shape or dtype does not fit; nothing has changed then
   * @throws NullPointerException if an argument is null
   */
  default Safetensors load(Path path, LoadOption... options) throws IOException {
    return load(path, Map.of(), options);
  }

  /**
   * Reads the parameters from a file in which they have other names, such as an {@code nn.Sequential}'s, which counts activations too: its {@code
   * 2.weight} is {@code 1.weight} in the shorthand form here.
   *
   * @param path the file
   * @param names the name here for a name in the file, where they differ
   * @return what was read, as of {@link #load(Path, LoadOption...)}
   * @throws IOException if the file cannot be read, or a name, shape or dtype does not fit; nothing has changed then
   * @throws NullPointerException if an argument is null
   */
  Safetensors load(Path path, Map<String, String> names, LoadOption... options) throws IOException;

  /**
   * Reads the parameters from a stream, such as one of {@code Class.getResourceAsStream}, to its end. It is not closed.
   *
   * @return all that was read
   * @throws IOException if the stream cannot be read, or a name, shape or dtype does not fit; nothing has changed then
   * @throws NullPointerException if an argument is null, as the stream of a resource is that does not exist
   */
  default Safetensors load(InputStream stream, LoadOption... options) throws IOException {
    Safetensors file = Safetensors.read(stream);
    load(file, options);
    return file;
  }

  /**
   * Reads the parameters from the bytes of a file.
   *
   * @return all that was read
   * @throws IOException if the bytes are not those of a file, or a name, shape or dtype does not fit; nothing has changed then
   * @throws NullPointerException if an argument is null
   */
  default Safetensors load(byte[] bytes, LoadOption... options) throws IOException {
    Safetensors file = Safetensors.read(bytes);
    load(file, options);
    return file;
  }

  /**
   * Takes the parameters from a file that was read already.
   *
   * @throws IOException if a name, shape or dtype does not fit; nothing has changed then
   * @throws NullPointerException if an argument is null
   */
  default void load(Safetensors file, LoadOption... options) throws IOException {
    load(file, Map.of(), options);
  }

  /**
   * Takes the parameters from a file that was read already, wherever from, and in which they have other names.
   *
   * @param names the name here for a name in the file, where they differ
   * @throws IOException if a name, shape or dtype does not fit; nothing has changed then
   * @throws NullPointerException if an argument is null
   */
  default void load(Safetensors file, Map<String, String> names, LoadOption... options)
      throws IOException {
    Objects.requireNonNull(file, "file is null").copyTo(parameters(), names, options);
  }

  /** Scratch for inference on one thread. */
  Predictor predictor();

  /**
   * Scratch, gradients and optimizer state for training on one thread.
   *
   * @param optimizer how the parameters are updated
   * @param capacity the most rows of a call, at least 1
   * @throws IllegalArgumentException if {@code capacity} is below 1
   * @throws NullPointerException if {@code optimizer} is null
   */
  Trainer trainer(Optimizer optimizer, int capacity);
}
