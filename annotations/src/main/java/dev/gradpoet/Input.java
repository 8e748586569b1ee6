package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An input of a network with several inputs, or one of class indices. Inputs are methods before the layers, instead of {@code input} in {@link Network};
 * arrays are passed in their order:
 *
 * <pre>{@code
 * @Network(loss = Loss.BCE_WITH_LOGITS)
 * interface Click {
 *   @Input(4)                               Layer numbers();      // float[], dense: 4 values per row
 *   @Input(value = 2, classes = 1000)       Layer categories();   // int[], 2 indices per row, each 0 to 999
 *   @Embedding(dim = 8)                     Layer embedded();
 *   @Flatten                                Layer flat();
 *   @Concat(from = {"numbers", "flat"})     Layer all();
 *   @Linear(out = 1)                        Layer click();
 * }
 * }</pre>
 *
 * <p>At least one layer reads each input, by its name in {@code from}; the first layer reads the last input if it names none.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Input {

  /**
   * The shape of one sample, without the batch dimension, in PyTorch's order: {@code 4} (or {@code {4}}) for a vector, {@code {C, L}} for a signal,
   * {@code {C, H, W}} for an image; each size at least 1. With {@link #classes}, one number: how many indices a sample has.
   */
  int[] value();

  /**
   * The number of classes, at least 1, if the input holds class indices from 0 to {@code classes - 1}, which an {@link Embedding} reads; left out for
   * a dense input, one of numbers.
   */
  int classes() default 0;
}
