package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;

/**
 * What {@link Adam} and {@link AdamW}, which differ in the weight decay alone, tell those who compute them.
 *
 * @param decay the L2 penalty of Adam
 * @param decoupledDecay the weight decay of AdamW
 */
record AdamOptions(
    double beta1, double beta2, double eps, double decay, double decoupledDecay, boolean amsgrad) {

  static AdamOptions of(Adam adam) {
    return new AdamOptions(
        adam.beta1(), adam.beta2(), adam.eps(), adam.weightDecay(), 0, adam.amsgrad());
  }

  static AdamOptions of(AdamW adam) {
    return new AdamOptions(
        adam.beta1(), adam.beta2(), adam.eps(), 0, adam.weightDecay(), adam.amsgrad());
  }
}
