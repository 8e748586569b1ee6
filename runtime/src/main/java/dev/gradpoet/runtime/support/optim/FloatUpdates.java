package dev.gradpoet.runtime.support.optim;

/**
 * The updates of optimizers on arrays in {@code float}: of parameters {@code w}, by their gradients {@code g} and what is remembered of each. Generated
 * classes implement it in vectors, with the bits of the loops in plain Java. An array that an option does without may be any other of the same length.
 */
public interface FloatUpdates {

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
      float[] w,
      float[] g,
      float[] m,
      float decay,
      float momentum,
      float share,
      float learningRate,
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
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      float[] s,
      float shrink,
      float decay,
      float beta1,
      float share1,
      float beta2,
      float share2,
      float correction,
      float eps,
      float stepSize,
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
      float[] w,
      float[] g,
      float[] v,
      float[] a,
      float[] m,
      float decay,
      float alpha,
      float share,
      float eps,
      float momentum,
      float learningRate,
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
      float[] w,
      float[] g,
      float[] v,
      float decay,
      float eps,
      float learningRate,
      boolean decays);
}
