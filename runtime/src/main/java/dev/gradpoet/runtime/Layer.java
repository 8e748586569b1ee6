package dev.gradpoet.runtime;

/** One layer of a network: its name and its parameters, which are live views. */
public interface Layer {

  /** The name of the layer: that of its method, or its number in the shorthand form. */
  String name();

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
