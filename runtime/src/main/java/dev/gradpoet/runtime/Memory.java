package dev.gradpoet.runtime;

/**
 * The memory of a trainer, in bytes, with the padding of rows.
 *
 * @param parameters the parameters of the network, which its trainers and predictors share
 * @param gradients the gradients of the parameters
 * @param optimizer what the optimizer remembers of the parameters: for Adam, two averages of each
 * @param scratch the values of a batch and their gradients for the capacity, copies of weights, the rows that {@code evaluate} computes at once, and what each further
 *     thread needs for itself
 */
public record Memory(long parameters, long gradients, long optimizer, long scratch) {

  /** All of it. */
  public long total() {
    return parameters + gradients + optimizer + scratch;
  }

  /** A line for each part, in the units of {@link Model#summary}. */
  @Override
  public String toString() {
    return "Params size" + Summary.scaled(parameters, "B")
        + "\nGradients size" + Summary.scaled(gradients, "B")
        + "\nOptimizer size" + Summary.scaled(optimizer, "B")
        + "\nScratch size" + Summary.scaled(scratch, "B")
        + "\nTotal size" + Summary.scaled(total(), "B");
  }
}
