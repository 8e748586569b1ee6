package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SgdTest {

  @Test
  void eachOptionReturnsANewValue() {
    Sgd plain = Sgd.of(0.1);
    Sgd all =
        plain.momentum(0.9).dampening(0.2).weightDecay(0.01).nesterov(false).maximize(true);

    assertThat(plain).isEqualTo(Sgd.of(0.1)).isNotEqualTo(Sgd.of(0.2)).isNotEqualTo(all);
    assertThat(plain.momentum()).isZero();
    assertThat(all)
        .extracting(
            Sgd::learningRate,
            Sgd::momentum,
            Sgd::dampening,
            Sgd::weightDecay,
            Sgd::nesterov,
            Sgd::maximize)
        .containsExactly(0.1, 0.9, 0.2, 0.01, false, true);
    Sgd same = Sgd.of(0.1).maximize(true).weightDecay(0.01).dampening(0.2).momentum(0.9);
    assertThat(all).isEqualTo(same).hasSameHashCodeAs(same);
  }

  @Test
  void printsTheExpressionThatCreatesIt() {
    assertThat(Sgd.of(0.1)).hasToString("Sgd.of(0.1)");
    assertThat(Sgd.of(0.1).momentum(0.9).weightDecay(1e-4).nesterov(true).maximize(true))
        .hasToString("Sgd.of(0.1).momentum(0.9).weightDecay(1.0E-4).nesterov(true).maximize(true)");
  }

  @Test
  void numbersOutOfRangeAreRejected() {
    assertThatThrownBy(() -> Sgd.of(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the learning rate is -0.1, expected a finite number of at least 0");
    assertThatThrownBy(() -> Sgd.of(Double.NaN)).hasMessageContaining("the learning rate is NaN");
    assertThatThrownBy(() -> Sgd.of(0.1).momentum(Double.POSITIVE_INFINITY))
        .hasMessage("the momentum is Infinity, expected a finite number of at least 0");
    assertThatThrownBy(() -> Sgd.of(0.1).weightDecay(-1))
        .hasMessage("the weight decay is -1.0, expected a finite number of at least 0");
    assertThatThrownBy(() -> Sgd.of(0.1).dampening(Double.NaN))
        .hasMessage("the dampening is NaN, expected a finite number");
  }

  @Test
  void nesterovNeedsMomentumAndNoDampening() {
    assertThat(Sgd.of(0.1).nesterov(true).momentum(0.9).checked().nesterov()).isTrue();
    assertThatThrownBy(
            () -> Sgd.of(0.1).momentum(0.9).dampening(0.1).nesterov(true).checked())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Nesterov's momentum with momentum 0.9 and dampening 0.1, expected a momentum above 0 and no dampening");
  }
}
