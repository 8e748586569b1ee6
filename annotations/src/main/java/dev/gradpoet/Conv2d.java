package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A convolution of an image of shape {@code [C, H, W]} to {@code [out, H_out, W_out]}: {@code y = activation(x * weight + bias)}, where {@code *} is the
 * cross-correlation, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html">torch.nn.Conv2d</a>; the weight has the shape {@code [out, C / groups, kernel_h, kernel_w]}, the
 * bias {@code [out]}. The size of each spatial dimension of the output is {@code (size + before + after - dilation * (kernel - 1) - 1) / stride + 1}, rounded down, where {@code before} and {@code after} are
 * the padding on its two sides. Each sum adds its products in chains over the order (ky, kx, channel).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Conv2d {

  /** The number of channels of the output, at least 1. */
  int out();

  /** The size of the kernel, at least 1: one number for both dimensions, or one for each. */
  int[] kernel();

  /** The stride of the kernel, at least 1: one number for both dimensions, or one for each. */
  int[] stride() default 1;

  /** The number of zeros around the input, at least 0: one number for all sides, one for each dimension, or one for each side, {@code {top, left, bottom, right}}. */
  int[] padding() default 0;

  /** The distance between the values that the kernel reads, at least 1: one number for both dimensions, or one for each. */
  int[] dilation() default 1;

  /** The number of groups, at least 1, which divides C and {@code out}: a group of the outputs reads a group of the channels. With C groups it is a depthwise convolution. */
  int groups() default 1;

  /** Whether a bias is added. */
  boolean bias() default true;

  /** The activation applied to the result. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
