package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A rectifier with a learned slope: {@code y = activation(x > 0 ? x : weight * x)}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.PReLU.html">torch.nn.PReLU</a> (He et al., <a href="https://arxiv.org/abs/1502.01852">Delving Deep into
 * Rectifiers</a>, 2015). The weight starts from 0.25 and is trained like any other parameter, including weight decay of the optimizer.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface PRelu {

  /**
   * Whether there is a slope for each value of the first dimension: a weight of shape {@code [F]} for a vector, {@code [C]} for a signal or an image;
   * otherwise one slope for all values, of shape {@code [1]}.
   */
  boolean perChannel() default false;

  /** The activation applied to the result. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
