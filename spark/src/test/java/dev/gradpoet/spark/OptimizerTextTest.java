package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An optimizer as text is the same optimizer again. */
class OptimizerTextTest {

  static List<Optimizer> optimizers() {
    return List.of(
        Sgd.of(0.1),
        Sgd.of(1e-5).momentum(0.9).dampening(0).weightDecay(1e-4).nesterov(true),
        Sgd.of(0.1).maximize(true),
        Adam.of(0.001),
        AdamW.of(0.002).betas(0.8, 0.9).eps(1e-7).weightDecay(0.1).amsgrad(true),
        RmsProp.of(0.01).alpha(0.9).momentum(0.5).centered(true),
        Adagrad.of(0.1).lrDecay(0.01).initialAccumulatorValue(0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void textAndBack(Optimizer optimizer) {
    assertThat(OptimizerText.parse(OptimizerText.of(optimizer), optimizer.learningRate()))
        .isEqualTo(optimizer);
  }

  @Test
  void theNameAloneStandsForTheDefaults() {
    assertThat(OptimizerText.parse("adamw", 0.5)).isEqualTo(AdamW.of(0.5));
    assertThat(OptimizerText.of(Sgd.of(3).momentum(0.5)))
        .isEqualTo("Sgd.of(stepSize).momentum(0.5)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lbfgs | an optimizer, one of [Adagrad, Adam, AdamW, RmsProp, Sgd]",
        "Sgd.momentum | an optimizer, one of",
        "Sgd.betas(0.1, 0.2) | an option of Sgd in place of betas",
        "Sgd.of(stepSize).momentum(much) | a number in place of much",
        "Sgd.of(stepSize).nesterov(1) | true or false in place of 1",
        "Sgd.of(stepSize).learningRate(1) | an option of Sgd in place of learningRate",
        "Sgd.of(0.1) | of(stepSize)"
      })
  void mistakes(String text, String expected) {
    assertThatThrownBy(() -> OptimizerText.parse(text, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("optimizer is \"" + text + "\", expected " + expected)
        .hasMessageContaining("Sgd.of(stepSize).momentum(0.9)");
  }

  @Test
  void valuesOutOfTheirRangeAreThoseOfTheOptimizer() {
    assertThatThrownBy(() -> OptimizerText.parse("Sgd.momentum(-1)", 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("momentum");
    assertThatThrownBy(() -> OptimizerText.parse("Sgd.nesterov(true)", 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nesterov");
  }
}
