package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Compares the functions with PyTorch: the numbers printed in the notebook, and those of PyTorch 1.13. */
class FunctionalTest {

  private static final Tensor LOGITS = Tensor.of(new float[][] {{0.5f, -1.25f, 3}, {2, 2, -0.75f}});
  private static final Tensor TARGETS = Tensor.of(new float[][] {{0, 1, 0.5f}, {1, 0.25f, 0}});

  // The notebook's cells.

  @Test
  void cell1SigmoidOfAnInteger() {
    Tensor input = Tensor.of(new long[][] {{6}});
    assertThat(Functional.sigmoid(input)).hasToString("tensor([[0.9975]])");
    assertThat(Functional.sigmoid(input).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void cell3SoftmaxAlongTheLastDimension() {
    Tensor input = Tensor.of(new float[][] {{4.3f, 6.1f, 2.3f}});
    assertThat(Functional.softmax(input, -1)).hasToString("tensor([[0.1392, 0.8420, 0.0188]])");
  }

  @Test
  void cell4Sigmoid() {
    assertThat(Functional.sigmoid(Tensor.of(new float[][] {{2.4f}})))
        .hasToString("tensor([[0.9168]])");
  }

  @Test
  void cell5SoftmaxInScientificForm() {
    Tensor input = Tensor.of(new float[][] {{1.0f, -6.0f, 2.5f, -0.3f, 1.2f, 0.8f}});
    assertThat(Functional.softmax(input, -1))
        .hasToString(
            "tensor([[1.2828e-01, 1.1698e-04, 5.7492e-01, 3.4961e-02, 1.5669e-01, 1.0503e-01]])");
  }

  @Test
  void cell13OneHot() {
    assertThat(Functional.oneHot(scalar(0), 3)).hasToString("tensor([1, 0, 0])");
    assertThat(Functional.oneHot(scalar(1), 3)).hasToString("tensor([0, 1, 0])");
    assertThat(Functional.oneHot(scalar(2), 3)).hasToString("tensor([0, 0, 1])");
  }

  @Test
  void cell14CrossEntropyOfOneRowOfProbabilities() {
    Tensor scores = Tensor.of(-5.2f, 4.6f, 0.8f);
    Tensor target = Tensor.of(1, 0, 0);
    assertThat(Functional.crossEntropy(scores.to(DType.FLOAT64), target.to(DType.FLOAT64)))
        .hasToString("tensor(9.8222, dtype=torch.float64)");
  }

  @Test
  void cell16CrossEntropyOfAOneHotLabel() {
    Tensor scores = Tensor.of(new float[][] {{0.1f, 6.0f, -2.0f, 3.2f}});
    Tensor target = Functional.oneHot(Tensor.of(2), 4);
    assertThat(Functional.crossEntropy(scores.to(DType.FLOAT64), target.to(DType.FLOAT64)))
        .hasToString("tensor(8.0619, dtype=torch.float64)");
  }

  // Activations.

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

  // One-hot rows.

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

  // Losses.

  @Test
  void theMeanOfALossIsADividedSum() {
    close(Functional.mseLoss(LOGITS, TARGETS), 2.6979167461395264);
    close(Functional.mseLoss(LOGITS, TARGETS, Reduction.SUM), 16.1875);
    close(Functional.binaryCrossEntropyWithLogits(LOGITS, TARGETS), 1.0275534391403198);
    close(
        Functional.binaryCrossEntropyWithLogits(LOGITS, TARGETS, Reduction.SUM), 6.16532039642334);
    Tensor probabilities = Functional.sigmoid(LOGITS);
    close(Functional.binaryCrossEntropy(probabilities, TARGETS), 1.0275534391403198);
    close(Functional.binaryCrossEntropy(probabilities, TARGETS, Reduction.SUM), 6.16532039642334);
    close(Functional.crossEntropy(LOGITS, TARGETS), 2.6468710899353027);
    close(Functional.crossEntropy(LOGITS, TARGETS, Reduction.SUM), 5.2937421798706055);
    close(Functional.crossEntropy(LOGITS, Tensor.of(2, 0)), 0.4082983434200287);
    close(Functional.crossEntropy(LOGITS, Tensor.of(2, 0), Reduction.SUM), 0.8165966868400574);
  }

  @Test
  void aLossIsAScalarOfTheInputsDtype() {
    Tensor loss = Functional.mseLoss(LOGITS.to(DType.FLOAT64), TARGETS.to(DType.FLOAT64));
    assertThat(loss.shape()).isEmpty();
    assertThat(loss.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(Functional.crossEntropy(LOGITS, Tensor.of(2, 0)).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void theLogarithmsOfBinaryCrossEntropyAreClamped() {
    close(Functional.binaryCrossEntropy(Tensor.of(0f, 1f), Tensor.of(1f, 0f)), 100);
  }

  @Test
  void binaryCrossEntropyTakesProbabilitiesOnly() {
    for (float value : new float[] {-0.1f, 1.1f, Float.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Functional.binaryCrossEntropy(Tensor.of(value), Tensor.of(1f)));
    }
  }

  @Test
  void binaryCrossEntropyTakesTargetsThatAreProbabilitiesOnly() {
    Tensor half = Tensor.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, 2, 2);
    for (float value : new float[] {2, -0.5f, Float.NaN}) {
      Tensor target = Tensor.of(new float[] {0, 1, 1, value}, 2, 2);
      for (ThrowingCallable call : List.<ThrowingCallable>of(
          () -> Functional.binaryCrossEntropy(half, target),
          () -> Functional.binaryCrossEntropy(half, target, Reduction.SUM, Tensor.of(1f, 2f)))) {
        assertThatIllegalArgumentException()
            .isThrownBy(call)
            .withMessage(
                "target holds " + value
                    + " at row 1, column 1, expected probabilities from 0 to 1: pass 0 and 1, or values between them");
      }
    }
  }

  @Test
  void ignoreIndexAppliesOnlyToClassIndices() {
    Tensor logits = Tensor.of(new float[] {1, 2, 3}, 1, 3);
    Tensor dense = Tensor.of(new float[] {0.5f, 0.5f, 0}, 1, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.crossEntropy(logits, dense, Reduction.MEAN, null, 1, 0))
        .withMessage(
            "ignoreIndex is 1 with probability targets, expected a negative number: a class can be ignored only with class indices");
    assertThat(
            Functional.crossEntropy(logits, dense, Reduction.MEAN, null, -1, 0).get())
        .isPositive();
  }

  @Test
  void aMaskedClassIsReadWherePyTorchReadsIt() {
    Tensor masked = Tensor.of(new float[] {1, Float.NEGATIVE_INFINITY, 2}, 1, 3);
    close(Functional.crossEntropy(masked, Tensor.of(0L)), 1.31326162815094);
    Tensor dense = Tensor.of(new float[] {0.5f, 0, 0.5f}, 1, 3);
    assertThat(Functional.crossEntropy(masked, dense).get()).isNaN();
    assertThat(Functional.crossEntropy(masked, Tensor.of(1L)).get()).isInfinite();
  }

  @Test
  void binaryCrossEntropyWithLogitsDoesNotOverflow() {
    close(
        Functional.binaryCrossEntropyWithLogits(Tensor.of(-1000.0, 1000.0), Tensor.of(1.0, 1.0)),
        500);
  }

  @Test
  void crossEntropyOfOneRowTakesAScalarLabel() {
    close(Functional.crossEntropy(Tensor.of(0.5f, -1.25f, 3f), scalar(1)), 4.341985702514648);
  }

  @Test
  void anInfiniteLogitOfAnotherClassLeavesTheLossFinite() {
    Tensor logits = Tensor.of(new float[][] {{0.5f, Float.NEGATIVE_INFINITY, 3}});
    close(Functional.crossEntropy(logits, Tensor.of(2)), 0.07888974994421005);
  }

  @Test
  void aClassIndexOutOfRangeIsRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.crossEntropy(LOGITS, Tensor.of(0, 3)))
        .withMessage(
            "target holds the class 3 at position 1, expected 0 to 2: there are 3 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.crossEntropy(LOGITS, Tensor.of(-1, 0)));
  }

  @Test
  void differentShapesAreRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.mseLoss(LOGITS, TARGETS.t()))
        .withMessage("target has shape [3, 2], expected [2, 3] to go with the input");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.crossEntropy(LOGITS, Tensor.of(0, 1, 2)))
        .withMessage("target has shape [3], expected [2] to go with the input");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.crossEntropy(scalar(1).to(DType.FLOAT32), scalar(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Functional.crossEntropy(Tensor.zeros(DType.FLOAT32, 2, 0), Tensor.of(0, 0)));
  }

  @Test
  void differentDtypesAreRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.mseLoss(LOGITS, TARGETS.to(DType.FLOAT64)))
        .withMessage(
            "target is FLOAT64, expected FLOAT32 as the input: convert it with to(FLOAT32)");
  }

  private static Tensor scalar(long value) {
    return Tensor.of(new long[] {value}, new int[0]);
  }

  /** Within PyTorch's float32 rounding: 1e-6 relative. */
  @Test
  void softsignOfIntegersIsFloat() {
    assertThat(Functional.softsign(Tensor.of(-3, 0, 1))).isEqualTo(Tensor.of(-0.75f, 0f, 0.5f));
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
  void optionsOutOfRangeAreRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.huberLoss(LOGITS, TARGETS, Reduction.MEAN, 0))
        .withMessage("delta is 0.0, expected a number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.mseLoss(LOGITS, TARGETS, Reduction.BATCH_MEAN))
        .withMessage(
            "BATCH_MEAN is a reduction of klDiv alone, expected MEAN, SUM or NONE for mseLoss");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Functional.crossEntropy(LOGITS, TARGETS, Reduction.MEAN, Tensor.of(1f, 2f), -100, 0))
        .withMessage("weight has shape [2], expected [3] to go with the input");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.crossEntropy(LOGITS, TARGETS, Reduction.MEAN, null, -100, 2))
        .withMessage("labelSmoothing is 2.0, expected a number from 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Functional.gelu(Tensor.of(1, 2)))
        .withMessage(
            "gelu computes in FLOAT32 or FLOAT64, input is INT64: convert it with to(FLOAT32)");
  }

  private static void close(Tensor actual, double... expected) {
    double[] values = actual.toDoubleArray();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], Offset.offset(1e-6 * Math.abs(expected[i])));
    }
  }
}
