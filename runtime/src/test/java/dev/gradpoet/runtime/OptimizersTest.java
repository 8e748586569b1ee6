package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The optimizers beside SGD, and the schedules, as values; their numbers are in the golden cases. */
class OptimizersTest {

  @Test
  void defaultsAreThoseOfPyTorch() {
    assertThat(Adam.of(0.1)).isEqualTo(new Adam(0.1, 0.9, 0.999, 1e-8, 0, false, false));
    assertThat(AdamW.of(0.1)).isEqualTo(new Adam(0.1, 0.9, 0.999, 1e-8, 0.01, false, true));
    assertThat(RmsProp.of(0.1)).isEqualTo(new RmsProp(0.1, 0.99, 1e-8, 0, 0, false));
    assertThat(Adagrad.of(0.1)).isEqualTo(new Adagrad(0.1, 0, 0, 0, 1e-10));
  }

  @Test
  void theyPrintTheExpressionsThatMakeThem() {
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
  void numbersOutOfRangeAreRefused() {
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
    assertThat(new StepLr(0.8, 3, 0.5).learningRate(2)).isEqualTo(0.8);
    assertThat(new StepLr(0.8, 3, 0.5).learningRate(6)).isEqualTo(0.2);
    assertThat(new ExponentialLr(0.8, 0.5).learningRate(3)).isEqualTo(0.1);
    CosineAnnealingLr cosine = new CosineAnnealingLr(0.8, 10, 0.2);
    assertThat(cosine.learningRate(0)).isEqualTo(0.8);
    assertThat(cosine.learningRate(5)).isEqualTo(0.5);
    assertThat(cosine.learningRate(10)).isEqualTo(0.2);
    LinearLr linear = new LinearLr(0.8, 0.25, 0.75, 4);
    assertThat(linear.learningRate(0)).isEqualTo(0.2);
    assertThat(linear.learningRate(2)).isEqualTo(0.4);
    assertThat(linear.learningRate(100)).isCloseTo(0.6, within(1e-15));
  }

  @Test
  void schedulesRefuseWhatTheyCannotFollow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepLr(0.8, 0, 0.5))
        .withMessage("the step size is 0.0, expected a finite number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExponentialLr(0.8, 0.5).learningRate(-1))
        .withMessage("the number of steps is -1.0, expected a finite number of at least 0");
  }
}
