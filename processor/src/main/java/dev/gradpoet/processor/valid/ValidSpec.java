package dev.gradpoet.processor.valid;

import dev.gradpoet.DType;
import dev.gradpoet.Init;
import java.util.List;

/**
 * A valid declaration: every name is resolved, every width is known, and all sizes are within int range.
 *
 * @param declaration the interface
 * @param inputs in the order of declaration, at least one
 * @param layers in the order of declaration; the last is the output, and every other is read by a later one
 * @param methods whether each layer is a method of the interface (false in the shorthand form, whose layers are {@code 0}, {@code 1}, ...)
 * @param loss the loss with its options; may be {@link dev.gradpoet.Loss#NONE}
 * @param dtype {@link DType#FLOAT32} or {@link DType#FLOAT64}
 * @param init how the parameters are initialized
 */
public record ValidSpec(
    DeclaredInterface declaration,
    List<ValidInput> inputs,
    List<ValidLayer> layers,
    boolean methods,
    ValidLoss loss,
    DType dtype,
    Init init) {

  /** The name of an input that the declaration does not name. */
  public static final String INPUT = "input";

  public ValidSpec {
    inputs = List.copyOf(inputs);
    layers = List.copyOf(layers);
  }

  /** The number of values in one output row. */
  public int outputs() {
    return layers.get(layers.size() - 1).width();
  }
}
