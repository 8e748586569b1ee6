package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a neural network on an interface; the annotation processor generates the class {@code <Interface>Network} in the same package.
 *
 * <p>The declaration has either one method per layer, in order, the last being the output:
 *
 * <pre>{@code
 * @Network(input = 64, loss = Loss.CROSS_ENTROPY)
 * public interface Digits {
 *   @Linear(out = 32, activation = Activation.RELU) Layer hidden();
 *   @Linear(out = 10)                               Layer logits();
 * }
 * }</pre>
 *
 * <p>or, for a plain stack of linear layers named {@code 0}, {@code 1}, ..., the shorthand:
 *
 * <pre>{@code
 * @Network(layers = {64, 32, 10}, activation = Activation.RELU, loss = Loss.CROSS_ENTROPY)
 * public interface Digits {}
 * }</pre>
 *
 * <p>The two forms cannot be combined.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {

  /**
   * The shape of one sample, without the batch dimension, in PyTorch's order: {@code 64} (or {@code {64}}) for a vector, {@code {C, L}} for a signal,
   * {@code {C, H, W}} for an image; each size at least 1. An input row holds its values in row-major order. Required with one method per layer, unless
   * methods with {@link Input} declare the inputs; an error in the shorthand.
   */
  int[] input() default {};

  /** The shorthand: the width of the input, then that of each linear layer; at least two values, each at least 1. */
  int[] layers() default {};

  /** In the shorthand: the activation of every layer except the last. */
  Activation activation() default Activation.IDENTITY;

  /** In the shorthand: the activation of the last layer. */
  Activation outputActivation() default Activation.IDENTITY;

  /** The loss that {@code step}, {@code loss} and {@code backward} use; {@link Loss#NONE} for a custom loss. */
  Loss loss() default Loss.NONE;

  /** The type of parameters, inputs and outputs: {@link DType#FLOAT32} or {@link DType#FLOAT64}. */
  DType dtype() default DType.FLOAT32;

  /** How the parameters of a new network are initialized. */
  Init init() default Init.PYTORCH_DEFAULT;
}
