package dev.gradpoet.runtime;

/** How {@link Model#load} treats a file whose tensors differ from the parameters of the network. */
public enum LoadOption {
  /**
   * Ignores tensors whose names the network does not have. A parameter that is missing from the file is still an error.
   */
  IGNORE_UNKNOWN
}
