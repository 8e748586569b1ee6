package dev.gradpoet.runtime;

/** How {@link Model#load} treats a file that is not exactly that of the network. */
public enum LoadOption {
  /**
   * Tensors of the file whose names the network does not have are not read, and are no error. A parameter that the file lacks still is one.
   */
  IGNORE_UNKNOWN
}
