package dev.gradpoet.runtime;

import static dev.gradpoet.runtime.PyTorchNumbers.LOGITS;
import static dev.gradpoet.runtime.PyTorchNumbers.close;
import static dev.gradpoet.runtime.PyTorchNumbers.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import org.junit.jupiter.api.Test;

/** Activations, softmax, argmax and one-hot rows, compared with PyTorch 1.13. */
class FunctionalTest {

  @Test
  void reluKeepsTheDtypeAndNaN() {
    Tensor input =
        Tensor.of(-1f, 0, 2, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    assertThat(Functional.relu(input))
        .isEqualTo(Tensor.of(0f, 0, 2, Float.NaN, 0, Float.POSITIVE_INFINITY));
    assertThat(Functional.relu(Tensor.of(-1, 2))).isEqualTo(Tensor.of(0, 2));
  }

  @Test
  void sigmoidIsRightFarOut() {
    Tensor input = Tensor.of(-20f, 0.3f, 20, 100, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    close(Functional.sigmoid(input), 2.06115369216775e-09, 0.5744425058364868, 1, 1, 1, 0);
  }

  @Test
  void tanhSaturates() {
    close(
        Functional.tanh(Tensor.of(-100f, -1e-4f, 0.3f, 20f)),
        -1,
        -9.999999747378752e-05,
        0.29131263494491577,
        1);
    close(Functional.tanh(Tensor.of(1, 2)), 0.7615941762924194, 0.9640275835990906);
  }

  @Test
  void softsignOfIntegersIsFloat() {
    assertThat(Functional.softsign(Tensor.of(-3, 0, 1))).isEqualTo(Tensor.of(-0.75f, 0f, 0.5f));
  }

  @Test
  void softmaxAlongTheFirstDimension() {
    double[] expected = {
      0.18242551386356354, 0.037326883524656296, 0.977022647857666,
      0.8175744414329529, 0.9626730680465698, 0.022977370768785477
    };
    close(Functional.softmax(LOGITS, 0), expected);
    close(Functional.softmax(LOGITS, -2), expected);
    close(Functional.softmax(LOGITS.t(), 1).t(), expected);
  }

  @Test
  void softmaxAlongAMiddleDimension() {
    double[] data = new double[12];
    for (int i = 0; i < data.length; i++) {
      data[i] = i * 0.3 - 1.5;
    }
    double a = 0.1628071516752243;
    double b = 0.29665398597717285;
    double c = 0.5405388474464417;
    close(
        Functional.softmax(Tensor.of(data, 2, 3, 2).to(DType.FLOAT32), 1),
        a,
        a,
        b,
        b,
        c,
        c,
        a,
        a,
        b,
        b,
        c,
        c);
  }

  @Test
  void softmaxOfLargeLogitsDoesNotOverflow() {
    close(Functional.softmax(Tensor.of(1000.0, 1000.0), 0), 0.5, 0.5);
    assertThat(Functional.softmax(scalar(3).to(DType.FLOAT32), 0).get()).isEqualTo(1);
    assertThat(Functional.softmax(Tensor.zeros(DType.FLOAT32, 0, 3), 1).shape())
        .containsExactly(0, 3);
  }

  @Test
  void logSoftmax() {
    close(
        Functional.logSoftmax(LOGITS, -1),
        -2.5919857025146484,
        -4.341985702514648,
        -0.091985784471035,
        -0.7246109247207642,
        -0.7246109247207642,
        -3.4746108055114746);
  }

  @Test
  void aMissingDimensionIsAnError() {
    assertThatThrownBy(() -> Functional.softmax(LOGITS, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("dim is 2, expected -2 to 1 for shape [2, 3]");
    assertThatThrownBy(() -> Functional.logSoftmax(LOGITS, -3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void integersAreRejectedWherePyTorchRejectsThem() {
    Tensor integers = Tensor.of(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.softmax(integers, 0))
        .withMessage(
            "softmax computes in FLOAT32 or FLOAT64, input is INT64: convert it with to(FLOAT32)");
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.mseLoss(integers, integers));
  }

  @Test
  void argmaxReturnsTheFirstOfEqualValues() {
    assertThat(Functional.argmax(LOGITS, -1)).isEqualTo(Tensor.of(2, 0));
    assertThat(Functional.argmax(LOGITS, 0)).isEqualTo(Tensor.of(1, 1, 0));
    assertThat(Functional.argmax(Tensor.of(1f, Float.NaN, 3f), 0)).isEqualTo(scalar(1));
    assertThat(Functional.argmax(Tensor.of(4, 9, 2), -1)).isEqualTo(scalar(1));
    assertThatThrownBy(() -> Functional.argmax(LOGITS, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.argmax(Tensor.zeros(DType.FLOAT32, 0), 0))
        .withMessage("input has shape [0], expected at least one value along dim 0");
  }

  @Test
  void oneHotAddsADimension() {
    Tensor rows = Functional.oneHot(Tensor.of(new long[][] {{0, 2}, {1, 1}}), 3);
    assertThat(rows).isEqualTo(Tensor.of(new long[] {1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0}, 2, 2, 3));
  }

  @Test
  void oneHotRejectsInvalidClasses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.oneHot(Tensor.of(0, 3), 3))
        .withMessage(
            "classes holds the class 3 at position 1, expected 0 to 2: there are 3 classes");
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.oneHot(Tensor.of(-1), 3));
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.oneHot(Tensor.of(0), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Functional.oneHot(Tensor.of(1f), 3));
  }
}
