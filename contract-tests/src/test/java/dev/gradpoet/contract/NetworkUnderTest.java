package dev.gradpoet.contract;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Trainer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network that is called with random arguments, with its inputs and the width of its output.
 *
 * @param receivers the objects whose methods are called
 */
record NetworkUnderTest(
    Model model,
    Trainer trainer,
    List<Architecture.Input> inputs,
    int outputs,
    DType dtype,
    List<Object> receivers) {

  /** The number of values in a row of an input. */
  int width(int input) {
    return IntStream.of(inputs.get(input).shape()).reduce(1, Math::multiplyExact);
  }
}
