package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A vector of learned values for each class: {@code y[j] = activation(weight[x[j]])}. For an {@link Input} of {@code k} class indices per sample, the output has the shape
 * {@code [k, dim]}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html">torch.nn.Embedding</a>; the weight has the shape
 * {@code [classes, dim]}, initially PyTorch's standard normal numbers, except for the last few bits. Its gradient is dense, like PyTorch's with {@code sparse=False}: weight decay,
 * momentum and the averages of Adam change the vectors of all classes in every update. Gradients of a class that occurs several times are added in the
 * order of samples and positions.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Embedding {

  /** The number of values for each class, at least 1. */
  int dim();

  /** The activation applied to the values. */
  Activation activation() default Activation.IDENTITY;

  /** The input of class indices that this layer reads; empty for the last input if this is the first layer. */
  String from() default "";
}
