package dev.gradpoet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A network of any shape and dtype, the interface that every generated class implements.
 *
 * <p>The predictors, trainers and views of a network share its parameters but never their scratch memory: any number of threads may run inference on
 * a network while none trains it.
 */
public interface Model {

  /**
   * The outputs for a batch of rows, or for one row, of a network with one input. Like all methods that take one input tensor, it throws an {@link
   * IllegalArgumentException} on a network with several inputs.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  Tensor forward(Tensor x);

  /**
   * The same for any number of inputs.
   *
   * @param inputs one tensor for each input of the network, in order; class indices are {@code INT64}
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   * @throws NullPointerException if {@code inputs} or a tensor is null
   */
  default Tensor forward(Tensor... inputs) {
    return forward(Arguments.single(inputs));
  }

  /**
   * The probabilities according to the declared loss: the softmax of the outputs for {@code CROSS_ENTROPY}, {@code e^y} for {@code NLL}, the
   * sigmoid for {@code BCE_WITH_LOGITS}, the unchanged outputs for {@code BCE}.
   *
   * @param x as for {@link #forward(Tensor)}
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network was declared with a different loss or without one
   */
  default Tensor probabilities(Tensor x) {
    try (Predictor predictor = predictor()) {
      return predictor.probabilities(x);
    }
  }

  /**
   * The same for any number of inputs.
   *
   * @param inputs as for {@link #forward(Tensor...)}
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   * @throws NullPointerException if {@code inputs} or a tensor is null
   * @throws UnsupportedOperationException if the network was declared with a different loss or without one
   */
  default Tensor probabilities(Tensor... inputs) {
    try (Predictor predictor = predictor()) {
      return predictor.probabilities(inputs);
    }
  }

  /**
   * The class of each row, as defined by {@link Predictor#predictClass(Tensor)}.
   *
   * @param x as for {@link #forward(Tensor)}
   * @return one class per row
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  default int[] predictClasses(Tensor x) {
    try (Predictor predictor = predictor()) {
      return predictor.predictClasses(x);
    }
  }

  /**
   * The same for any number of inputs.
   *
   * @param inputs as for {@link #forward(Tensor...)}
   * @return one class per row
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   * @throws NullPointerException if {@code inputs} or a tensor is null
   */
  default int[] predictClasses(Tensor... inputs) {
    try (Predictor predictor = predictor()) {
      return predictor.predictClasses(inputs);
    }
  }

  /**
   * The loss of any number of rows, without gradients.
   *
   * @param x shape {@code [n, INPUTS]}, of the network's dtype
   * @param y the target: class indices of shape {@code [n]} in {@code INT64}, or dense rows of shape {@code [n, OUTPUTS]}
   * @throws IllegalArgumentException if an argument has the wrong shape or dtype, or a class index is invalid
   * @throws NullPointerException if an argument is null
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double evaluate(Tensor x, Tensor y);

  /**
   * The same for any number of inputs.
   *
   * @param inputs one tensor for each input of the network, in order; class indices are {@code INT64}
   * @param y the target, as for {@link #evaluate(Tensor, Tensor)}
   * @throws IllegalArgumentException if the number of tensors is wrong, one has the wrong shape or dtype, or a class index is invalid
   * @throws NullPointerException if an argument or a tensor is null
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  default double evaluate(Tensor[] inputs, Tensor y) {
    return evaluate(Arguments.single(inputs), y);
  }

  /**
   * Sets the mean and the standard deviation of every {@code @Normalization} to those of rows of inputs, of each value of a vector and each channel of a
   * signal or an image: over the rows in order, in double, with the population standard deviation. A deviation of 0 becomes 1. Nothing else changes;
   * no training or inference may run meanwhile.
   *
   * @param inputs one tensor for each input of the network, in order, of the network's dtype (class indices are {@code INT64}) and with the same number of rows
   * @throws IllegalArgumentException if the number of tensors is wrong, one has the wrong shape or dtype, a value that a {@code @Normalization} reads is not finite, or a class index is out of its range; nothing is then changed
   * @throws NullPointerException if {@code inputs} or a tensor is null
   * @throws UnsupportedOperationException if the network has no {@code @Normalization}
   */
  void fitNormalization(Tensor... inputs);

  /** The structure of the network: its inputs, layers, output and dtype. */
  Architecture architecture();

  /**
   * The layer at an index, from 0 in the order of declaration.
   *
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  Layer layer(int index);

  /** The parameters by name ({@code hidden.weight}, {@code hidden.bias}, ...) in PyTorch's order: live views, in an unmodifiable map. */
  Map<String, Tensor> parameters();

  /** A network of the same declaration with its own copy of the parameters and buffers and, if it has dropout, a generator in the same state. */
  Model copy();

  /** The table of layers, shapes and numbers of parameters that <a href="https://github.com/TylerYep/torchinfo">torchinfo</a> prints. {@code toString} returns the same text. */
  default String summary() {
    return Summary.of(architecture());
  }

  /**
   * Writes the parameters and buffers to a safetensors file. The write is atomic: the file is either complete or unchanged.
   *
   * @param path the file, in a directory that exists
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   */
  default void save(Path path) throws IOException {
    Safetensors.save(path, ModelTensors.of(architecture()).all());
  }

  /**
   * Writes the parameters and buffers together with additional tensors and metadata, such as the mean and standard deviation of the inputs; {@link #load} returns them.
   *
   * <p>Other readers see the extra tensors next to the parameters. The metadata entry {@code gradpoet.extras} lists their names.
   *
   * @param path the file, in a directory that exists
   * @param extras additional tensors by name; no name may be that of a parameter or buffer
   * @param metadata strings by name
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   * @throws IllegalArgumentException if an extra tensor has the name of a parameter, of a buffer or {@code __metadata__}, or a string contains an unpaired surrogate
   * @throws NullPointerException if an argument, or one of its keys or values, is null
   */
  default void save(Path path, Map<String, Tensor> extras, Map<String, String> metadata)
      throws IOException {
    Safetensors.save(path, ModelTensors.of(architecture()).all(), extras, metadata);
  }

  /**
   * Reads the parameters and buffers from a safetensors file, written by {@link #save} or any other program: either all of them or, if anything does not
   * match, none. {@code num_batches_tracked} of a batch norm is 0 if the file lacks it, and the buffers of a
   * {@code @Normalization} that it lacks stay as they are.
   *
   * <p>Shapes must be equal. Values are widened ({@code F16}, {@code BF16} and, in a network of {@code FLOAT64}, {@code F32}) but never rounded.
   *
   * @param path the file
   * @return the contents of the file: {@code extras()} returns the extra tensors, {@code metadata()} the metadata
   * @throws IOException if the file cannot be read, or a name, shape or dtype does not match; the parameters and buffers are then unchanged
   * @throws NullPointerException if an argument is null
   */
  default Safetensors load(Path path, LoadOption... options) throws IOException {
    return load(path, Map.of(), options);
  }

  /**
   * Reads the parameters and buffers from a file in which they have other names, such as that of an {@code nn.Sequential}, which also counts activations: its
   * {@code 2.weight} is {@code 1.weight} in the shorthand form.
   *
   * @param path the file
   * @param names maps names in the file to names of this network, where they differ
   * @return the contents of the file, as for {@link #load(Path, LoadOption...)}
   * @throws IOException if the file cannot be read, or a name, shape or dtype does not match; the parameters and buffers are then unchanged
   * @throws NullPointerException if an argument is null
   */
  default Safetensors load(Path path, Map<String, String> names, LoadOption... options)
      throws IOException {
    return Safetensors.read(path, ModelTensors.of(architecture()), names, options);
  }

  /**
   * Reads the parameters and buffers from a stream, such as the result of {@code Class.getResourceAsStream}. Reads the stream to its end, but does not close it.
   *
   * @return the contents of the file
   * @throws IOException if the stream cannot be read, or a name, shape or dtype does not match; the parameters and buffers are then unchanged
   * @throws NullPointerException if an argument is null; {@code getResourceAsStream} returns null if the resource does not exist
   */
  default Safetensors load(InputStream stream, LoadOption... options) throws IOException {
    Safetensors file = Safetensors.read(stream);
    load(file, options);
    return file;
  }

  /**
   * Reads the parameters and buffers from the bytes of a file.
   *
   * @return the contents of the file
   * @throws IOException if the bytes are not a safetensors file, or a name, shape or dtype does not match; the parameters and buffers are then unchanged
   * @throws NullPointerException if an argument is null
   */
  default Safetensors load(byte[] bytes, LoadOption... options) throws IOException {
    Safetensors file = Safetensors.read(bytes);
    load(file, options);
    return file;
  }

  /**
   * Copies the parameters and buffers from a file that has already been read.
   *
   * @throws IOException if a name, shape or dtype does not match; the parameters and buffers are then unchanged
   * @throws NullPointerException if an argument is null
   */
  default void load(Safetensors file, LoadOption... options) throws IOException {
    load(file, Map.of(), options);
  }

  /**
   * Copies the parameters and buffers from a file that has already been read and uses other parameter names.
   *
   * @param names maps names in the file to names of this network, where they differ
   * @throws IOException if a name, shape or dtype does not match; the parameters and buffers are then unchanged
   * @throws NullPointerException if an argument is null
   */
  default void load(Safetensors file, Map<String, String> names, LoadOption... options)
      throws IOException {
    Objects.requireNonNull(file, "file is null")
        .copy(ModelTensors.of(architecture()), names, options);
  }

  /** Scratch memory for inference on one thread. */
  Predictor predictor();

  /**
   * Scratch memory for inference on several threads: those of a call with many rows share its rows, and a call that is too short to gain time is computed
   * by its caller alone. The outputs have the same bits for any number of threads. {@link Predictor#close} ends the threads.
   *
   * @param threads the number of threads with that of the caller, at most 1024; 1 is the same as {@link #predictor()}
   * @throws IllegalArgumentException if {@code threads} is below 1 or above 1024
   */
  Predictor predictor(int threads);

  /**
   * Scratch memory, gradients and optimizer state for training on one thread. All trainers of a network with dropout draw their masks from the network's
   * generator, so only one of them may train at a time. {@code load} does not change the generator.
   *
   * @param optimizer how the parameters are updated
   * @param capacity the maximum number of rows per call, at least 1
   * @throws IllegalArgumentException if {@code capacity} is below 1
   * @throws NullPointerException if {@code optimizer} is null
   */
  Trainer trainer(Optimizer optimizer, int capacity);

  /**
   * Scratch memory, gradients and optimizer state for training on several threads, which share the rows of a call, and the parameters in the backward
   * pass; a call that is too short to gain time is computed by its caller alone. The bits are the same for any number of threads. {@link Trainer#close}
   * ends the threads. If one of them fails, the call throws an IllegalStateException with its exception as the cause: the parameters may then have been
   * updated in part, and the trainer can be used again, beginning with {@code forward} or {@code step}.
   *
   * @param optimizer how the parameters are updated
   * @param capacity the maximum number of rows per call, at least 1
   * @param threads the number of threads with that of the caller, at most 1024; 1 is the same as {@link #trainer(Optimizer, int)}
   * @throws IllegalArgumentException if {@code capacity} or {@code threads} is below 1, or {@code threads} is above 1024
   * @throws NullPointerException if {@code optimizer} is null
   */
  Trainer trainer(Optimizer optimizer, int capacity, int threads);
}
