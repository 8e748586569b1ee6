package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.Model;
import org.junit.jupiter.api.Test;

/** What a loss divides by, found from its values. */
class LossScaleTest {

  private static LossScale ofClasses(Model model) {
    return LossScale.of(model, NetworkForm.ofClassifier(model.getClass().getName(), model));
  }

  private static LossScale ofNumbers(Model model) {
    return LossScale.of(model, NetworkForm.ofRegressor(model.getClass().getName(), model));
  }

  @Test
  void meansCountRows() {
    LossScale rows = new LossScale(true, null);
    assertThat(ofClasses(new Nets_ClassesNetwork(1))).isEqualTo(rows);
    assertThat(ofClasses(new Nets_LogitNetwork(1))).isEqualTo(rows);
    assertThat(ofClasses(new Nets_ProbabilityNetwork(1))).isEqualTo(rows);
    assertThat(ofNumbers(new Nets_LineNetwork(1))).isEqualTo(rows);
    assertThat(rows.of(new double[] {2, 0, 0})).isEqualTo(3);
  }

  @Test
  void sumsCountOnce() {
    assertThat(ofClasses(new Nets_SummedNetwork(1))).isEqualTo(new LossScale(false, null));
    assertThat(ofNumbers(new Nets_SummedValuesNetwork(1))).isEqualTo(new LossScale(false, null));
    assertThat(new LossScale(false, null).of(new double[] {2, 0, 0})).isEqualTo(1);
  }

  @Test
  void meansOfWeightedClassesCountTheirWeights() {
    LossScale scale = ofClasses(new Nets_WeightedNetwork(1));
    // in units of the weight of the first class, 0.5
    assertThat(scale.weights()).containsExactly(new double[] {1, 4, 2}, within(1e-4));
    assertThat(scale.of(new double[] {2, 0, 1, 2})).isCloseTo(9, within(1e-3));
  }

  @Test
  void anIgnoredClassCountsNothing() {
    LossScale scale = ofClasses(new Nets_IgnoringNetwork(1));
    assertThat(scale.weights()).containsExactly(new double[] {0, 1, 1}, within(1e-12));
    assertThat(scale.of(new double[] {0, 0})).isZero();
  }
}
