package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The average of each channel: {@code [C, L]} becomes {@code [C, 1]}, and {@code [C, H, W]} becomes {@code [C, 1, 1]}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool1d.html">torch.nn.AdaptiveAvgPool1d(1)</a> and <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html">torch.nn.AdaptiveAvgPool2d(1)</a>.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface GlobalAvgPool {

  /** The activation applied to the result. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
