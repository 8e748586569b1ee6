package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Options of an activation, where PyTorch's defaults do not fit: on the method of a layer, or on a shorthand interface for its {@code activation}.
 * An option that the activation does not have is an error, and so is a value that is out of range once it is rounded to the network's type.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ActivationOptions {

  /** Of {@link Activation#LEAKY_RELU}. */
  double negativeSlope() default 0.01;

  /** Of {@link Activation#ELU} and {@link Activation#CELU}, for which neither it nor {@code 1 / alpha} is 0 or infinite. */
  double alpha() default 1;

  /** Of {@link Activation#HARD_TANH}, below {@code maxVal}; negative infinity for no lower bound. */
  double minVal() default -1;

  /** Of {@link Activation#HARD_TANH}, above {@code minVal}; infinity for no upper bound. */
  double maxVal() default 1;

  /** Of {@link Activation#SOFTPLUS}, above 0. */
  double beta() default 1;

  /** Of {@link Activation#SOFTPLUS}: where {@code beta x} is above it, the value is {@code x}; with infinity that is nowhere. */
  double threshold() default 20;
}
