package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Options of the loss of a {@link Network} that differ from PyTorch's defaults. An option that the loss does not have is an error, as is any option
 * if the loss is {@link Loss#NONE}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface LossOptions {

  /** How the losses are reduced to one number; {@link Reduction#BATCH_MEAN} is for {@link Loss#KL_DIV} only. */
  Reduction reduction() default Reduction.MEAN;

  /** Of {@link Loss#CROSS_ENTROPY}, from 0 to 1: the fraction of each target that is distributed evenly over all classes. */
  double labelSmoothing() default 0;

  /** Of {@link Loss#CROSS_ENTROPY} and {@link Loss#NLL} with class indices: rows of this class do not contribute to the loss. If it is at least 0, probability targets are rejected, as in PyTorch. */
  int ignoreIndex() default -100;

  /** Of {@link Loss#CROSS_ENTROPY} and {@link Loss#NLL}: a weight for each class, at least 0. */
  double[] classWeights() default {};

  /** Of {@link Loss#BCE_WITH_LOGITS}: the weight of positive targets, one for all outputs or one for each, at least 0. */
  double[] posWeight() default {};

  /** Of {@link Loss#BCE} and {@link Loss#BCE_WITH_LOGITS}: a weight for each output, at least 0. */
  double[] weight() default {};

  /** Of {@link Loss#SMOOTH_L1}, at least 0; 0 makes it {@link Loss#L1}. */
  double beta() default 1;

  /** Of {@link Loss#HUBER}, above 0; infinity gives half of {@link Loss#MSE}. */
  double delta() default 1;

  /** Of {@link Loss#KL_DIV}: whether the target contains log-probabilities. */
  boolean logTarget() default false;
}
