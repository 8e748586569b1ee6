package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The average of each window of an image of shape {@code [C, H, W]}, channel by channel, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.AvgPool2d.html">torch.nn.AvgPool2d</a>. The size of each spatial dimension of the output is
 * {@code (size + before + after - kernel) / stride + 1}, rounded down, where {@code before} and {@code after} are the padding on its two sides.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface AvgPool2d {

  /** The size of the window, at least 1: one number for both dimensions, or one for each. */
  int[] kernel();

  /** The stride of the window, at least 1: one number for both dimensions, or one for each; by default, the size of the window. */
  int[] stride() default {};

  /** The padding around the input, on each side from 0 to half of the window: one number for all sides, one for each dimension, or one for each side, {@code {top, left, bottom, right}}. */
  int[] padding() default 0;

  /** Whether the zeros of the padding are included in the average; otherwise the sum is divided by the number of input values in the window. */
  boolean countIncludePad() default true;

  /** The activation applied to the result. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
