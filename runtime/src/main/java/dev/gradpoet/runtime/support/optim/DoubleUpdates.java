package dev.gradpoet.runtime.support.optim;

/**
 * The updates of optimizers on arrays in {@code double}: of parameters {@code w}, by their gradients {@code g} and what is remembered of each. Generated
 * classes implement it in vectors, with the bits of the loops in plain Java. An array that an option does without may be any other of the same length.
 */
public interface DoubleUpdates {

  /** Whether updates take whole arrays, padding included, which may then hold anything; if not, they change the places from {@code from} to {@code to} alone. */
  boolean takesPadding();

  /**
   * Stochastic gradient descent, as torch.optim.SGD.
   *
   * @param m the momentum
   * @param share of the gradient in the momentum
   * @param remembers whether there is a momentum
   * @param first whether this is the first update, which sets the momentum
   */
  void sgd(
      int from,
      int to,
      double[] w,
      double[] g,
      double[] m,
      double decay,
      double momentum,
      double share,
      double learningRate,
      boolean maximize,
      boolean decays,
      boolean remembers,
      boolean first,
      boolean nesterov);

  /**
   * Adam and AdamW, as torch.optim.
   *
   * @param m the average gradients
   * @param v the average squares
   * @param s the largest of these
   * @param shrink what AdamW multiplies parameters by
   * @param share1 {@code 1 - beta1}
   * @param share2 {@code 1 - beta2}
   * @param correction the root of the bias correction of the squares
   * @param stepSize the learning rate by the bias correction of the averages
   */
  void adam(
      int from,
      int to,
      double[] w,
      double[] g,
      double[] m,
      double[] v,
      double[] s,
      double shrink,
      double decay,
      double beta1,
      double share1,
      double beta2,
      double share2,
      double correction,
      double eps,
      double stepSize,
      boolean shrinks,
      boolean decays,
      boolean amsgrad);

  /**
   * As torch.optim.RMSprop.
   *
   * @param v the average squares
   * @param a the average gradients
   * @param m the momentum
   * @param share {@code 1 - alpha}
   * @param centered whether the average gradients are taken out of the squares
   * @param remembers whether there is a momentum
   */
  void rmsProp(
      int from,
      int to,
      double[] w,
      double[] g,
      double[] v,
      double[] a,
      double[] m,
      double decay,
      double alpha,
      double share,
      double eps,
      double momentum,
      double learningRate,
      boolean decays,
      boolean centered,
      boolean remembers);

  /**
   * As torch.optim.Adagrad.
   *
   * @param v the sums of squares
   */
  void adagrad(
      int from,
      int to,
      double[] w,
      double[] g,
      double[] v,
      double decay,
      double eps,
      double learningRate,
      boolean decays);
}
