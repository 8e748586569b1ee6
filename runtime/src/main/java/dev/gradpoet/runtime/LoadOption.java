package dev.gradpoet.runtime;

/** How {@link Model#load} treats a file whose tensors differ from the parameters and buffers of the network. */
public enum LoadOption {
  /**
   * Ignores tensors whose names the network does not have. A parameter or buffer that is missing from the file is still an error, except {@code num_batches_tracked}.
   */
  IGNORE_UNKNOWN
}
