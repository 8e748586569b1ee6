package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import java.util.List;

/** The inputs and the layers of a declaration; meaningless if there are errors. */
record Form(List<ValidInput> inputs, List<ValidLayer> layers) {

  /** Of a declaration with errors. */
  static Form none() {
    return new Form(List.of(), List.of());
  }
}
