package dev.gradpoet.processor.validate;

import dev.gradpoet.DType;
import dev.gradpoet.Init;
import java.util.List;

/**
 * A declaration without a mistake: every name is resolved, every width known, all numbers of parameters within int range.
 *
 * @param declaration the interface
 * @param inputs the width of one input row
 * @param layers in the order of declaration; the last is the output, every other is read by a later one
 * @param methods whether each layer is a method of the interface (false in the shorthand form, whose layers are {@code 0}, {@code 1}, ...)
 * @param loss the loss, perhaps {@link dev.gradpoet.Loss#NONE}, with its options
 * @param dtype {@link DType#FLOAT32} or {@link DType#FLOAT64}
 * @param init how parameters are drawn
 */
public record ValidSpec(
    DeclaredInterface declaration,
    int inputs,
    List<ValidLayer> layers,
    boolean methods,
    ValidLoss loss,
    DType dtype,
    Init init) {

  /** The reserved name of what the first layer reads. */
  public static final String INPUT = "input";

  public ValidSpec {
    layers = List.copyOf(layers);
  }

  /** The width of one output row. */
  public int outputs() {
    return layers.get(layers.size() - 1).width();
  }
}
