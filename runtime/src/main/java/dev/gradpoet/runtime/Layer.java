package dev.gradpoet.runtime;

import dev.gradpoet.Activation;
import java.util.List;
import java.util.Map;

/** One layer of a network: its type, sources, options and parameters, which are live views. */
public interface Layer {

  /** The name of the layer: that of its method, or its number in the shorthand form. */
  String name();

  /** The name of PyTorch's class, such as {@code Linear}, or {@code Add}, {@code Mul}, {@code Concat}, {@code Normalization} or {@code Input}, for which PyTorch has no class. */
  String type();

  /** The names of the layers and inputs that it reads, in order; {@code input} is an input that the declaration does not name. Empty for an input. */
  List<String> from();

  /** The shape of one sample of its output, without the batch dimension: {@code [32]} for a linear layer with 32 outputs. */
  int[] shape();

  /** The activation applied to its result; {@link Activation#IDENTITY} if there is none. */
  Activation activation();

  /**
   * The arguments of PyTorch's constructors by name, including defaults: first those of the layer, such as {@code in_features}, {@code out_features}
   * and {@code bias} of a {@code Linear}, then those of its activation, such as {@code negative_slope}. Values are of type {@link Integer}, {@link
   * Double}, {@link Boolean} or {@link List} of integers.
   *
   * @return an unmodifiable map in this order; empty for layers without arguments
   */
  Map<String, Object> options();

  /**
   * The parameters that optimizers update, by PyTorch's names within the layer ({@code weight}, {@code bias}), as live views.
   *
   * @return an unmodifiable map in PyTorch's order; empty for layers without parameters
   */
  Map<String, Tensor> parameters();

  /**
   * The buffers: state of the layer that optimizers do not update, such as running statistics, by PyTorch's names within the layer, as live views.
   *
   * @return an unmodifiable map in PyTorch's order; empty for layers without buffers
   */
  Map<String, Tensor> buffers();

  /**
   * The weight, in PyTorch's shape ({@code [out, in]} of a linear layer): a live view, so writes go through to the network.
   *
   * @throws java.util.NoSuchElementException if the layer has no weight
   */
  Tensor weight();

  /**
   * The bias, in PyTorch's shape ({@code [out]} of a linear layer): a live view, so writes go through to the network.
   *
   * @throws java.util.NoSuchElementException if the layer has no bias
   */
  Tensor bias();
}
