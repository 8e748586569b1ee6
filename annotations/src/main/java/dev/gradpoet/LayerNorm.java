package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Layer normalization over the last dimensions of each sample: {@code y = activation((x - mean) / sqrt(variance + eps) * weight + bias)}, with the mean
 * and the biased variance of the values that are normalized together and {@code weight} and {@code bias} of their shape, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html">torch.nn.LayerNorm</a>. Training and inference compute the same.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface LayerNorm {

  /** How many dimensions of a sample are normalized together, counted from the last: from 1 to all of them, so 1 for a vector. */
  int dims() default 1;

  /** What is added to the variance, finite and not negative. */
  double eps() default 1e-5;

  /** Whether a weight, initially 1, and a bias, initially 0, are learned for each value. */
  boolean affine() default true;

  /** The activation applied to the normalized values. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
