package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The average of each window of a signal of shape {@code [C, L]}, channel by channel, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.AvgPool1d.html">torch.nn.AvgPool1d</a>. The size of each spatial dimension of the output is
 * {@code (size + before + after - kernel) / stride + 1}, rounded down, where {@code before} and {@code after} are the padding on its two sides.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface AvgPool1d {

  /** The size of the window, at least 1: one number. */
  int[] kernel();

  /** The stride of the window, at least 1: one number; by default, the size of the window. */
  int[] stride() default {};

  /** The padding around the input, on each side from 0 to half of the window: one number for both sides, or one for each, {@code {left, right}}. */
  int[] padding() default 0;

  /** Whether the zeros of the padding are included in the average; otherwise the sum is divided by the number of input values in the window. */
  boolean countIncludePad() default true;

  /** The activation applied to the result. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
