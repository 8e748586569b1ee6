package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The optimizers other than SGD, and the schedules, as values; the golden cases test their numbers. */
class OptimizersTest {

  @Test
  void defaultsAreThoseOfPyTorch() {
    assertThat(Adam.of(0.1))
        .isEqualTo(Adam.of(0.1).betas(0.9, 0.999).eps(1e-8).weightDecay(0).amsgrad(false))
        .isNotEqualTo(AdamW.of(0.1).weightDecay(0));
    assertThat(AdamW.of(0.1))
        .isEqualTo(AdamW.of(0.1).betas(0.9, 0.999).eps(1e-8).weightDecay(0.01).amsgrad(false));
    assertThat(RmsProp.of(0.1))
        .isEqualTo(
            RmsProp.of(0.1).alpha(0.99).eps(1e-8).weightDecay(0).momentum(0).centered(false));
    assertThat(Adagrad.of(0.1))
        .isEqualTo(
            Adagrad.of(0.1).lrDecay(0).weightDecay(0).initialAccumulatorValue(0).eps(1e-10));
    assertThat(StepLr.of(0.1)).isEqualTo(StepLr.of(0.1).gamma(0.1));
    assertThat(CosineAnnealingLr.of(0.1)).isEqualTo(CosineAnnealingLr.of(0.1).etaMin(0));
    assertThat(LinearLr.of(0.1))
        .isEqualTo(LinearLr.of(0.1).startFactor(1 / 3.0).endFactor(1).totalIters(5));
  }

  @Test
  void theyPrintTheExpressionsThatCreateThem() {
    assertThat(Adam.of(0.1).betas(0.8, 0.9).eps(1e-6).weightDecay(0.1).amsgrad(true))
        .hasToString("Adam.of(0.1).betas(0.8, 0.9).eps(1.0E-6).weightDecay(0.1).amsgrad(true)");
    assertThat(AdamW.of(0.1)).hasToString("AdamW.of(0.1)");
    assertThat(
            RmsProp.of(0.1).alpha(0.9).eps(1e-6).weightDecay(0.1).momentum(0.5).centered(true))
        .hasToString(
            "RmsProp.of(0.1).alpha(0.9).eps(1.0E-6).weightDecay(0.1).momentum(0.5).centered(true)");
    assertThat(Adagrad.of(0.1)
            .lrDecay(0.2)
            .weightDecay(0.1)
            .initialAccumulatorValue(1)
            .eps(1e-6))
        .hasToString(
            "Adagrad.of(0.1).lrDecay(0.2).weightDecay(0.1).initialAccumulatorValue(1.0).eps(1.0E-6)");
  }

  @Test
  void numbersOutOfRangeAreRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.of(0.1).betas(0.9, 1))
        .withMessage("the second beta is 1.0, expected a number from 0 to below 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdamW.of(-1))
        .withMessage("the learning rate is -1.0, expected a finite number of at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RmsProp.of(0.1).alpha(Double.NaN))
        .withMessage("the alpha is NaN, expected a number from 0 to below 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adagrad.of(0.1).eps(-1))
        .withMessage("the eps is -1.0, expected a finite number of at least 0");
  }

  @Test
  void schedulesFollowTheirFormulas() {
    assertThat(StepLr.of(0.8).stepSize(3).gamma(0.5).learningRate(2)).isEqualTo(0.8);
    assertThat(StepLr.of(0.8).stepSize(3).gamma(0.5).learningRate(6)).isEqualTo(0.2);
    assertThat(ExponentialLr.of(0.8).gamma(0.5).learningRate(3)).isEqualTo(0.1);
    CosineAnnealingLr cosine = CosineAnnealingLr.of(0.8).tMax(10).etaMin(0.2);
    assertThat(cosine.learningRate(0)).isEqualTo(0.8);
    assertThat(cosine.learningRate(5)).isEqualTo(0.5);
    assertThat(cosine.learningRate(10)).isEqualTo(0.2);
    LinearLr linear = LinearLr.of(0.8).startFactor(0.25).endFactor(0.75).totalIters(4);
    assertThat(linear.learningRate(0)).isEqualTo(0.2);
    assertThat(linear.learningRate(2)).isEqualTo(0.4);
    assertThat(linear.learningRate(100)).isCloseTo(0.6, within(1e-15));
  }

  @Test
  void schedulesRejectInvalidArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StepLr.of(0.8).stepSize(0))
        .withMessage("the step size is 0, expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExponentialLr.of(0.8).gamma(0.5).learningRate(-1))
        .withMessage("the number of steps is -1, expected at least 0");
  }

  @Test
  void schedulesPrintTheExpressionsThatCreateThem() {
    assertThat(StepLr.of(0.1)).hasToString("StepLr.of(0.1)");
    assertThat(StepLr.of(0.1).stepSize(30).gamma(0.5))
        .hasToString("StepLr.of(0.1).stepSize(30).gamma(0.5)");
    assertThat(ExponentialLr.of(0.1).gamma(0.5)).hasToString("ExponentialLr.of(0.1).gamma(0.5)");
    assertThat(CosineAnnealingLr.of(0.1).etaMin(0.01).tMax(10))
        .hasToString("CosineAnnealingLr.of(0.1).tMax(10).etaMin(0.01)");
    assertThat(LinearLr.of(0.1).startFactor(0.5).endFactor(0.8).totalIters(4))
        .hasToString("LinearLr.of(0.1).startFactor(0.5).endFactor(0.8).totalIters(4)");
  }

  @Test
  void schedulesRequireOptionsWithoutDefaults() {
    assertThatIllegalStateException()
        .isThrownBy(() -> StepLr.of(0.1).gamma(0.5).learningRate(3))
        .withMessage("StepLr.of(0.1).gamma(0.5) lacks an option that has no default: "
            + "call stepSize(int) first");
    assertThatIllegalStateException()
        .isThrownBy(() -> ExponentialLr.of(0.1).gamma())
        .withMessage("ExponentialLr.of(0.1) lacks an option that has no default: "
            + "call gamma(double) first");
    assertThatIllegalStateException()
        .isThrownBy(() -> CosineAnnealingLr.of(0.1).learningRate(0))
        .withMessageEndingWith("call tMax(int) first");
    assertThat(ExponentialLr.of(0.1).initialLearningRate()).isEqualTo(0.1);
  }
}
