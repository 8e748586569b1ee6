package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalization of each value of a vector {@code [F]}, or of each channel of a signal {@code [C, L]} or an image {@code [C, H, W]}:
 * {@code y = activation((x - mean) / sqrt(variance + eps) * weight + bias)}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html">torch.nn.BatchNorm1d</a> and <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html">torch.nn.BatchNorm2d</a>. In training, a forward pass normalizes by the
 * mean and the biased variance of its batch, of a channel over all its positions, and updates the running statistics: {@code running = (1 - momentum) *
 * running + momentum * batch}, with the unbiased variance. In training, a batch with a single value per channel, one row of a vector,
 * causes an {@code IllegalArgumentException}. Inference uses the running statistics, so that each row is independent of the others.
 *
 * <p>The running statistics are buffers: {@code running_mean}, initially 0, {@code running_var}, initially 1, and {@code num_batches_tracked}. They are
 * saved, loaded and copied with the parameters, and no optimizer updates them.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface BatchNorm {

  /** What is added to the variance, finite and not negative. */
  double eps() default 1e-5;

  /** The weight of the batch in the update of the running statistics, from 0 to 1. */
  double momentum() default 0.1;

  /** Whether a weight, initially 1, and a bias, initially 0, are learned for each value or channel. */
  boolean affine() default true;

  /** The activation applied to the normalized values. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
