package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Model;
import org.junit.jupiter.api.Test;

/** What a stage finds out about a network. */
class NetworkFormTest {

  private static boolean isMeanOfClasses(Model model) {
    return NetworkForm.ofClassifier(model.getClass().getName(), model).mean();
  }

  private static boolean isMeanOfNumbers(Model model) {
    return NetworkForm.ofRegressor(model.getClass().getName(), model).mean();
  }

  @Test
  void aMeanIsNoSum() {
    assertThat(isMeanOfClasses(new Nets_ClassesNetwork(1))).isTrue();
    assertThat(isMeanOfClasses(new Nets_LogitNetwork(1))).isTrue();
    assertThat(isMeanOfClasses(new Nets_ProbabilityNetwork(1))).isTrue();
    assertThat(isMeanOfClasses(new Nets_WeightedNetwork(1))).isTrue();
    assertThat(isMeanOfClasses(new Nets_IgnoringNetwork(1))).isTrue();
    assertThat(isMeanOfNumbers(new Nets_LineNetwork(1))).isTrue();
    assertThat(isMeanOfClasses(new Nets_SummedNetwork(1))).isFalse();
    assertThat(isMeanOfNumbers(new Nets_SummedValuesNetwork(1))).isFalse();
  }

  @Test
  void gradientsFitAnArray() {
    NetworkForm form = new NetworkForm("Wide", DType.FLOAT64, 1, 1, Target.NUMBER, true, false);
    Messages.requireRoom(form, 268_435_452);
    assertThatThrownBy(() -> Messages.requireRoom(form, 268_435_453))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the network Wide has 268435453 parameters and statistics of 8 bytes each, expected at most 268435452: gradients are sent as one array; declare smaller layers or FLOAT32");
  }
}
