package dev.gradpoet.runtime;

import dev.gradpoet.Activation;
import java.util.List;
import java.util.Map;

/** One layer of a network: what it computes, from what, and its parameters, which are live views. */
public interface Layer {

  /** The name of the layer: that of its method, or its number in the shorthand form. */
  String name();

  /** The name of PyTorch's class, such as {@code Linear}; where it has none, {@code Add} or {@code Concat}. */
  String type();

  /** The names of the layers that it reads, in order; {@code input} is the input of the network. */
  List<String> from();

  /** The shape of one sample of its output, without the batch: {@code [32]} for a linear layer with 32 outputs. */
  int[] shape();

  /** What is applied last to each of its outputs; {@link Activation#IDENTITY} where nothing is. */
  Activation activation();

  /**
   * The arguments of PyTorch's constructors, by their names there, with the defaults that were not declared: first those of the layer, such as
   * {@code in_features}, {@code out_features} and {@code bias} of a {@code Linear}, then those that belong to its activation, such as {@code
   * negative_slope}. Values are of type {@link Integer}, {@link Double} or {@link Boolean}.
   *
   * @return a map in this order that cannot be changed; empty for layers without arguments
   */
  Map<String, Object> options();

  /**
   * What optimizers update, by PyTorch's names within the layer ({@code weight}, {@code bias}), as live views.
   *
   * @return a map in PyTorch's order that cannot be changed; empty for layers without parameters
   */
  Map<String, Tensor> parameters();

  /**
   * What belongs to the state of the layer but is not updated by optimizers, by PyTorch's names within the layer, as live views.
   *
   * @return a map in PyTorch's order that cannot be changed; empty for layers without buffers
   */
  Map<String, Tensor> buffers();

  /**
   * The weight, shape {@code [out, in]} as in PyTorch: a live view, writes go through to the network.
   *
   * @throws java.util.NoSuchElementException if the layer has no weight
   */
  Tensor weight();

  /**
   * The bias, shape {@code [out]}: a live view, writes go through to the network.
   *
   * @throws java.util.NoSuchElementException if the layer has no bias
   */
  Tensor bias();
}
