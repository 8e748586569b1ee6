package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Options of the loss of a {@link Network}, where PyTorch's defaults do not fit. An error where the loss is {@link Loss#NONE}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface LossOptions {

  /** How the losses of the rows become one number. */
  Reduction reduction() default Reduction.MEAN;
}
