package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Dropout, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html">torch.nn.Dropout</a>: in training, {@code y = activation(x * mask)}, where
 * each factor of the mask is 0 with probability {@code p} and {@code 1 / (1 - p)} otherwise; in inference, {@code y = activation(x)}.
 *
 * <p>A trainer's {@code forward} and {@code step} are training; {@code forward} of the network, predictors and {@code evaluate} are inference. The masks are drawn
 * from the network's generator, which continues where the initial parameters end: one 53-bit number per value in the order of layers, rows and values; the value is
 * kept if the number is less than {@code 1 - p}. These are exactly the masks of a PyTorch built without MKL, such as Debian's and those for ARM; a PyTorch with
 * MKL draws different ones.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Dropout {

  /** The probability that a value is dropped, from 0 to 1; 0 drops nothing and 1 drops everything, both without drawing numbers. */
  double p() default 0.5;

  /** The activation applied to the product. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
