package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Options of an activation, where PyTorch's defaults do not fit: on the method of a layer, or on a shorthand interface for its {@code activation}.
 * An option that the activation does not have is an error.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ActivationOptions {

  /** Of {@link Activation#LEAKY_RELU}. */
  double negativeSlope() default 0.01;

  /** Of {@link Activation#ELU} and {@link Activation#CELU}, for which it is not 0. */
  double alpha() default 1;

  /** Of {@link Activation#HARD_TANH}, below {@code maxVal}. */
  double minVal() default -1;

  /** Of {@link Activation#HARD_TANH}, above {@code minVal}. */
  double maxVal() default 1;

  /** Of {@link Activation#SOFTPLUS}, above 0. */
  double beta() default 1;

  /** Of {@link Activation#SOFTPLUS}. */
  double threshold() default 20;
}
