package dev.gradpoet.runtime;

/** {@link Adam} with decoupled weight decay (I. Loshchilov and F. Hutter, 2019). */
public final class AdamW {

  private AdamW() {}

  /**
   * AdamW with PyTorch's defaults: betas 0.9 and 0.999, eps 1e-8, weight decay 0.01.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, 0.01, false, true);
  }
}
