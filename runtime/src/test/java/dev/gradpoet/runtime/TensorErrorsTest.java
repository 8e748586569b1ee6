package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Arguments that tensors reject: indices, lengths, shapes, values, sizes. */
class TensorErrorsTest {

  @Test
  void toIntArrayRejectsValuesOutOfRange() {
    assertThat(Tensor.of(3, -4).toIntArray()).containsExactly(3, -4);
    assertThatThrownBy(() -> Tensor.of(3_000_000_000L).toIntArray())
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("3000000000 is outside the range of int: use toLongArray");
  }

  @Test
  void longsAreReadFromIntegersOnly() {
    Tensor tensor = Tensor.of(1f);
    String message =
        " reads INT64, this tensor is FLOAT32: use to(INT64) first, or read it as floating point";
    assertThatThrownBy(() -> tensor.getLong(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("getLong" + message);
    assertThatThrownBy(tensor::toLongArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(tensor::toIntArray).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFractionIsRejectedByIntegersAndNothingChanges() {
    Tensor tensor = Tensor.of(1, 2);
    for (double value : new double[] {0.5, Double.NaN, Double.POSITIVE_INFINITY, 0x1p63}) {
      assertThatIllegalArgumentException().isThrownBy(() -> tensor.set(value, 0));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tensor.copyFrom(new double[] {7, value}))
          .withMessage(
              value
                  + " is not an INT64 value: round it first, or keep it in a FLOAT32 or FLOAT64 tensor");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.copyFrom(new float[] {7, 0.5f}));
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.copyFrom(Tensor.of(7, 0.5)));
    assertThat(tensor).isEqualTo(Tensor.of(1, 2));
  }

  @Test
  void anIndexOutOfRangeIsRejected() {
    Tensor matrix = Tensor.zeros(DType.FLOAT32, 2, 3);
    assertThatThrownBy(() -> matrix.get(1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "index [1, 3] is outside shape [2, 3]: dimension 1 has size 3, indices count from 0");
    assertThatThrownBy(() -> matrix.set(1, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> matrix.get(1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("index [1] has 1 numbers, expected 2, one for each dimension of shape [2, 3]");
    assertThatThrownBy(() -> Tensor.view(new float[2][16], 2, 3).t().get(3, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void dataThatDoesNotMatchTheShapeIsRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new float[5], 2, 3))
        .withMessage(
            "data has 5 values, expected 6 for shape [2, 3]: pass as many as the product of the"
                + " shape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.view(new float[5], 2, 3))
        .withMessage(
            "data has the length 5, expected at least 6: pass a longer array or view less of it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.view(new double[2][3], 3, 3))
        .withMessageStartingWith("rows has the length 2, expected at least 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.view(new float[][] {{1, 2}, {3}}, 2, 2))
        .withMessageStartingWith("rows[1] has the length 1, expected at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new long[][] {{1, 2}, {3}}))
        .withMessage("rows[1] has 1 values, expected 2 as in rows[0]: pad the short rows");
  }

  @Test
  void invalidShapesAreRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.zeros(DType.FLOAT32, 2, -1))
        .withMessage("shape [2, -1] has the size -1, expected 0 or more in each dimension");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.zeros(DType.FLOAT32, 1 << 16, 1 << 16))
        .withMessageStartingWith("shape [65536, 65536] has more than 2147483647 values");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.view(new float[2][2], 2, -1));
  }

  @Test
  void copyFromAnotherLengthOrShapeIsRejected() {
    Tensor matrix = Tensor.zeros(DType.FLOAT32, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.copyFrom(new float[5]))
        .withMessage("values has the length 5, expected 6, the size of shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.copyFrom(Tensor.zeros(DType.FLOAT32, 3, 2)))
        .withMessage(
            "source has shape [3, 2], expected [2, 3], the shape of the tensor that it is copied"
                + " to");
  }

  @Test
  void sizesBeyondTheHeapAreRejectedBeforeAllocation() {
    // as long, four times the heap; and more than the maximum length of an array
    int tooMany = (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2);
    List<ThrowingCallable> calls = List.of(
        () -> Tensor.zeros(DType.INT64, tooMany),
        () -> Tensor.zeros(DType.FLOAT32, Integer.MAX_VALUE),
        () -> Tensor.zeros(DType.FLOAT64, tooMany / 2, 2),
        () -> Functional.oneHot(Tensor.of(1), tooMany),
        () -> Functional.oneHot(Tensor.zeros(DType.INT64, 1000), Integer.MAX_VALUE / 999),
        () -> new Generator().randperm(tooMany),
        () -> new Generator().randint(0, 9, tooMany),
        () -> new Generator().rand(DType.FLOAT64, tooMany),
        () -> new Generator().rand(Integer.MAX_VALUE),
        () -> new Generator().randn(tooMany));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected at most ");
    }
    assertThatThrownBy(() -> Tensor.zeros(DType.INT64, Integer.MAX_VALUE))
        .hasMessage(
            "a tensor of INT64 takes 2147483647 values, expected at most 2147483639, the maximum array length: split it");
  }
}
