package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An activation as a layer: {@code y = f(x)}, like an activation module in an <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html">nn.Sequential</a>. Use it where other layers read the value before the activation
 * too; otherwise the {@code activation} of the preceding layer computes the same without a pass of its own. {@link ActivationOptions} go on the same method.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Activate {

  /** The activation. */
  Activation value();

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
