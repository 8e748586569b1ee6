package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Options of an activation that differ from PyTorch's defaults: on the method of a layer, or on a shorthand interface for its {@code activation}. An
 * option that the activation does not have is an error, and so is a value that is out of range after rounding to the network's dtype.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ActivationOptions {

  /** Of {@link Activation#LEAKY_RELU}. */
  double negativeSlope() default 0.01;

  /** Of {@link Activation#ELU} and {@link Activation#CELU}. For CELU, neither {@code alpha} nor {@code 1 / alpha} may be 0 or infinite. */
  double alpha() default 1;

  /** Of {@link Activation#HARD_TANH}, less than {@code maxVal}; negative infinity means no lower bound. */
  double minVal() default -1;

  /** Of {@link Activation#HARD_TANH}, greater than {@code minVal}; infinity means no upper bound. */
  double maxVal() default 1;

  /** Of {@link Activation#SOFTPLUS}, above 0. */
  double beta() default 1;

  /** Of {@link Activation#SOFTPLUS}: where {@code beta x} exceeds it, the value is {@code x}; infinity disables this. */
  double threshold() default 20;
}
