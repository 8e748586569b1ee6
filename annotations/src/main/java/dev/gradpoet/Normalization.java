package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Normalization of an input by constants: {@code y = activation((x - mean) / std)}, as <a
 * href="https://keras.io/api/layers/preprocessing_layers/numerical/normalization/">Keras's Normalization</a>, for which PyTorch has no class. Each value
 * of a vector {@code [F]}, or each channel of a signal {@code [C, L]} or an image {@code [C, H, W]}, has a mean and a standard deviation, which are not
 * trained: {@code net.fitNormalization(x, n)} sets them to those of the first n rows of x: the population standard deviation, with 0 replaced by 1. A
 * network with several inputs takes the arrays of all of them: {@code net.fitNormalization(numbers, categories, n)}. Until
 * then they are {@link #mean()} and {@link #std()}. Training and inference compute the same.
 *
 * <p>{@code mean} and {@code std} are buffers: they are saved, loaded and copied with the parameters, and no optimizer updates them. {@code load}
 * leaves those that a file lacks as they are.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Normalization {

  /** The initial mean of each value or channel, together with {@link #std()}; empty for zeros. */
  double[] mean() default {};

  /** The initial standard deviation of each value or channel, finite and above 0, together with {@link #mean()}; empty for ones. */
  double[] std() default {};

  /** The activation applied to the normalized values. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an input of numbers, which {@code "input"} names if it is not declared by a method; empty if this is the first layer and reads the last input. */
  String from() default "";
}
