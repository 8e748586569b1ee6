package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.LossOptions;
import dev.gradpoet.Network;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of positive targets that are set have the bits of declared ones, whose numbers are PyTorch's in the golden cases. */
class PosWeightTest {

  private static final int ROWS = 40;

  /** None declared. */
  @Network(
      layers = {5, 2},
      loss = Loss.BCE_WITH_LOGITS)
  interface Plain {}

  /** One output for two classes. */
  @Network(
      layers = {5, 1},
      loss = Loss.BCE_WITH_LOGITS)
  interface Binary {}

  /** Declared. */
  @Network(
      layers = {5, 2},
      loss = Loss.BCE_WITH_LOGITS)
  @LossOptions(posWeight = {2, 3})
  interface Declared {}

  /** Outputs with weights, in double, and no reduction. */
  @Network(
      layers = {5, 2},
      loss = Loss.BCE_WITH_LOGITS,
      dtype = DType.FLOAT64)
  @LossOptions(
      weight = {0.25, 0.75},
      reduction = Reduction.NONE)
  interface PlainDoubles {}

  /** The same, declared. */
  @Network(
      layers = {5, 2},
      loss = Loss.BCE_WITH_LOGITS,
      dtype = DType.FLOAT64)
  @LossOptions(
      weight = {0.25, 0.75},
      posWeight = {2, 3},
      reduction = Reduction.NONE)
  interface DeclaredDoubles {}

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(new PosWeightTest_PlainNetwork(1), new PosWeightTest_DeclaredNetwork(1)),
        Arguments.of(
            new PosWeightTest_PlainDoublesNetwork(1), new PosWeightTest_DeclaredDoublesNetwork(1)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void setWeightsHaveTheBitsOfDeclaredOnes(Model plain, Model declared) {
    DType dtype = plain.architecture().dtype();
    Tensor x = new Generator().manualSeed(2).randn(DType.FLOAT64, ROWS, 5).to(dtype);
    Tensor y = new Generator().manualSeed(3).randint(0, 3, ROWS, 2).to(dtype);
    for (int i = 0; i < 2 * ROWS; i++) {
      y.set(y.get(i / 2, i % 2) / 2, i / 2, i % 2); // 0, 0.5 and 1
    }
    try (Trainer set = plain.trainer(Sgd.of(0.1), ROWS);
        Trainer other = declared.trainer(Sgd.of(0.1), ROWS)) {
      double before = set.evaluate(x, y);

      set.posWeight(2, 3);
      assertThat(set.evaluate(x, y)).isEqualTo(other.evaluate(x, y)).isNotEqualTo(before);
      assertThat(set.step(x, y)).isEqualTo(other.step(x, y));
      assertThat(plain.parameters()).isEqualTo(declared.parameters());

      set.posWeight(1.5);
      other.posWeight(1.5, 1.5);
      assertThat(set.step(x, y)).isEqualTo(other.step(x, y));
      assertThat(plain.parameters()).isEqualTo(declared.parameters());
      assertThat(set.evaluateOutput(set.output(), y))
          .isEqualTo(other.evaluateOutput(other.output(), y));
      assertThat(plain.evaluate(x, y)).as("the network's own").isNotEqualTo(set.evaluate(x, y));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 3.0",
    "2, 1, 0.5",
    "1, 0, 0.0",
    "1, -2, ..",
    "1, NaN, ..",
    "0, 1, ..",
    "-1, -2, ..",
    "1, Infinity, ..",
    "1e-300, 1e300, ..",
    "1e300, 1e-300, ..",
    "1, 1e39, .."
  })
  void classWeightsOfABinaryNetworkNameThePosWeightThatIsAccepted(
      double ofClass0, double ofClass1, String posWeight) {
    try (Trainer trainer = new PosWeightTest_BinaryNetwork(1).trainer(Sgd.of(0.1), 4)) {
      assertThatThrownBy(() -> trainer.classWeights(ofClass0, ofClass1))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("the loss BCE_WITH_LOGITS has no class weights: call posWeight(" + posWeight
              + "), the weight of class 1 divided by that of class 0");
    }
  }

  @Test
  void weightsThatDoNotFitAreRefusedAndChangeNothing() {
    try (Trainer trainer = new PosWeightTest_PlainNetwork(1).trainer(Sgd.of(0.1), 4)) {
      Tensor x = Tensor.of(new float[][] {{1, 2, 3, 4, 5}});
      Tensor y = Tensor.of(new float[][] {{0, 1}});
      double before = trainer.evaluate(x, y);

      assertThatThrownBy(() -> trainer.posWeight(1, 2, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("3 weights of positive targets, expected 1 or 2, one for each output");
      assertThatThrownBy(() -> trainer.posWeight())
          .hasMessage("0 weights of positive targets, expected 1 or 2, one for each output");
      assertThatThrownBy(() -> trainer.posWeight(1, -2))
          .hasMessage(
              "the weight of positive targets of output 1 is -2.0, expected a finite number of at least 0");
      assertThatThrownBy(() -> trainer.posWeight(1e39))
          .hasMessageEndingWith("of at least 0 within the range of FLOAT32");
      assertThatThrownBy(() -> trainer.posWeight((double[]) null))
          .isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> trainer.classWeights(1, 2))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(
              "the loss BCE_WITH_LOGITS has no class weights: call posWeight(..), the weight of class 1 divided by that of class 0");
      assertThat(trainer.evaluate(x, y)).isEqualTo(before);
    }
    try (Trainer trainer = new PosWeightTest_BinaryNetwork(1).trainer(Sgd.of(0.1), 4)) {
      assertThatThrownBy(() -> trainer.posWeight(-2))
          .hasMessage(
              "the weight of positive targets is -2.0, expected a finite number of at least 0");
    }
    try (Trainer trainer = new Nets_ClassesNetwork(1).trainer(Sgd.of(0.1), 4)) {
      assertThatThrownBy(() -> trainer.posWeight(1))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage(
              "the loss CROSS_ENTROPY has no weights of positive targets: declare BCE_WITH_LOGITS, or call classWeights");
    }
  }
}
