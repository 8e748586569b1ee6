package dev.gradpoet.samples.tabular;

import dev.gradpoet.Activation;
import dev.gradpoet.Concat;
import dev.gradpoet.Dropout;
import dev.gradpoet.Embedding;
import dev.gradpoet.Flatten;
import dev.gradpoet.Input;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.Normalization;
import dev.gradpoet.runtime.Layer;

/**
 * Maps ten measurements of a tumour and ten categories to one logit: above 0, it is benign. The categories are no categories of the data, which has none:
 * they are the largest values of the same measurements, each in one of five bins, as a table may have them.
 */
@Network(loss = Loss.BCE_WITH_LOGITS)
public interface BinnedBreastCancer {

  /** The mean of each measurement. */
  @Input(10)
  Layer means();

  /** The bin of the largest value of each measurement: five classes for each. */
  @Input(value = 10, classes = 50)
  Layer bins();

  /** The means, normalized by the training rows. */
  @Normalization(from = "means")
  Layer scaled();

  /** Two learned values for each bin. */
  @Embedding(dim = 2, from = "bins")
  Layer embedded();

  /** The same as a vector. */
  @Flatten
  Layer flat();

  /** Both kinds of values. */
  @Concat(from = {"scaled", "flat"})
  Layer all();

  /** The hidden layer. */
  @Linear(out = 16, activation = Activation.RELU)
  Layer hidden();

  /** Drops a fifth of its values in training. */
  @Dropout(p = 0.2)
  Layer drop();

  /** The logit. */
  @Linear(out = 1)
  Layer benign();
}
