package dev.gradpoet.runtime;

import static dev.gradpoet.runtime.PyTorchNumbers.LOGITS;
import static dev.gradpoet.runtime.PyTorchNumbers.TARGETS;
import static dev.gradpoet.runtime.PyTorchNumbers.close;
import static dev.gradpoet.runtime.PyTorchNumbers.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The losses, compared with PyTorch 1.13. */
class FunctionalLossTest {

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
            "target is FLOAT64, expected FLOAT32, the dtype of the input: convert it with to(FLOAT32)");
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

  @Test
  void theMessageForFloatingPointClassIndicesExplainsTheConversion() {
    Tensor logits = Tensor.of(new float[2][3]);
    assertThatThrownBy(() -> Functional.crossEntropy(logits, Tensor.of(0f, 1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "target is FLOAT32 of shape [2], expected INT64 class indices of this shape, or FLOAT32 of shape [2, 3]: convert class indices with to(INT64)");
  }
}
