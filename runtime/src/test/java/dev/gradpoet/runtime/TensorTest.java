package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorTest {

  private static final long ODD_BEYOND_DOUBLE = (1L << 53) + 1;

  @Test
  void theDtypeIsThatOfTheJavaType() {
    assertThat(Tensor.of(1f, 2f).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.of(1.0, 2.0).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(Tensor.of(1, 2).dtype()).isEqualTo(DType.INT64);
    assertThat(Tensor.of(new float[2][3]).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.of(new double[2][3]).dtype()).isEqualTo(DType.FLOAT64);
    assertThat(Tensor.of(new long[2][3]).dtype()).isEqualTo(DType.INT64);
  }

  @Test
  void ofCopiesItsArgument() {
    float[] data = {1, 2};
    float[][] rows = {{1, 2}};
    Tensor vector = Tensor.of(data);
    Tensor matrix = Tensor.of(rows);
    data[0] = 9;
    rows[0][0] = 9;
    assertThat(vector.get(0)).isEqualTo(1);
    assertThat(matrix.get(0, 0)).isEqualTo(1);
  }

  @Test
  void theShapeCannotBeChangedFromOutside() {
    int[] shape = {2, 3};
    Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
    shape[0] = 7;
    tensor.shape()[1] = 7;
    assertThat(tensor.shape()).containsExactly(2, 3);
  }

  @Test
  void aScalarHasOneValueAndNoIndex() {
    Tensor scalar = Tensor.zeros(DType.FLOAT64);
    scalar.set(2.5);
    assertThat(scalar.shape()).isEmpty();
    assertThat(scalar.size()).isEqualTo(1);
    assertThat(scalar.get()).isEqualTo(2.5);
    assertThat(Tensor.of(new double[] {2.5}, new int[0])).isEqualTo(scalar);
  }

  @Test
  void dimensionsOfSizeZeroHaveNoValues() {
    assertThat(Tensor.of(new float[0]).shape()).containsExactly(0);
    assertThat(Tensor.of(new float[0][]).shape()).containsExactly(0, 0);
    assertThat(Tensor.of(new float[2][0]).shape()).containsExactly(2, 0);
    assertThat(Tensor.zeros(DType.INT64, 70_000, 70_000, 0).size()).isZero();
    assertThat(Tensor.view(new float[3][4], 0, 4).t().toFloatArray()).isEmpty();
  }

  @Test
  void valuesAreInRowMajorOrder() {
    Tensor tensor = Tensor.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 2, 3, 2);
    assertThat(tensor.get(1, 0, 1)).isEqualTo(7);
    tensor.set(-1, 1, 2, 0);
    assertThat(tensor.toDoubleArray()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 11);
  }

  @Test
  void aViewOfAnArrayIsLiveAndDoesNotTouchTheRest() {
    float[] data = {1, 2, 3, 4, 5};
    Tensor view = Tensor.view(data, 2, 2);
    data[1] = 20;
    view.set(30, 1, 0);
    assertThat(view.get(0, 1)).isEqualTo(20);
    assertThat(data).containsExactly(1, 20, 30, 4, 5);
    view.copyFrom(new float[] {6, 7, 8, 9});
    assertThat(data).containsExactly(6, 7, 8, 9, 5);
    assertThat(Tensor.view(data).shape()).containsExactly(5);
  }

  @Test
  void aViewOfRowsIsLiveAndDoesNotTouchThePadding() {
    for (int width : new int[] {1, 2, 3, 4, 5, 8, 9}) {
      float[][] rows = new float[4][16];
      Tensor view = Tensor.view(rows, 3, width);
      float[] values = new float[3 * width];
      IntStream.range(0, values.length).forEach(i -> values[i] = i + 1);
      view.copyFrom(values);
      assertThat(view.shape()).containsExactly(3, width);
      assertThat(view.toFloatArray()).containsExactly(values);
      assertThat(rows[2][width - 1]).isEqualTo(3f * width);
      assertThat(rows[0][width]).isZero();
      assertThat(rows[3]).containsOnly(0);
      rows[1][0] = -1;
      assertThat(view.get(1, 0)).isEqualTo(-1);
    }
  }

  @Test
  void aTransposedViewReadsAndWritesTheSameMemory() {
    double[][] byInput = {{1, 2, 3, 0}, {4, 5, 6, 0}};
    Tensor weight = Tensor.view(byInput, 2, 3).t();
    assertThat(weight.shape()).containsExactly(3, 2);
    assertThat(weight.toDoubleArray()).containsExactly(1, 4, 2, 5, 3, 6);
    weight.set(50, 1, 1);
    assertThat(byInput[1][1]).isEqualTo(50);
    weight.copyFrom(new double[] {10, 40, 20, 50, 30, 60});
    assertThat(byInput[0]).containsExactly(10, 20, 30, 0);
    assertThat(byInput[1]).containsExactly(40, 50, 60, 0);
    assertThat(weight.t()).isEqualTo(Tensor.of(new double[][] {{10, 20, 30}, {40, 50, 60}}));
  }

  @Test
  void aMatrixCanBeCopiedFromItsOwnTranspose() {
    Tensor flat = Tensor.view(new float[] {1, 2, 3, 4}, 2, 2);
    flat.copyFrom(flat.t());
    assertThat(flat.toFloatArray()).containsExactly(1, 3, 2, 4);
    Tensor rows = Tensor.view(new float[][] {{1, 2}, {3, 4}}, 2, 2);
    rows.t().copyFrom(rows);
    assertThat(rows.toFloatArray()).containsExactly(1, 3, 2, 4);
  }

  @Test
  void copyFromConvertsToTheDtype() {
    Tensor floats = Tensor.zeros(DType.FLOAT32, 1);
    floats.copyFrom(new double[] {0.1});
    assertThat(floats.get(0)).isEqualTo(0.1f);
    Tensor doubles = Tensor.zeros(DType.FLOAT64, 1);
    doubles.copyFrom(new float[] {0.1f});
    assertThat(doubles.get(0)).isEqualTo(0.1f);
    Tensor longs = Tensor.zeros(DType.INT64, 1);
    longs.copyFrom(new double[] {-3});
    assertThat(longs.getLong(0)).isEqualTo(-3);
    longs.copyFrom(Tensor.of(ODD_BEYOND_DOUBLE));
    assertThat(longs.getLong(0)).isEqualTo(ODD_BEYOND_DOUBLE);
    floats.copyFrom(Tensor.of(7));
    assertThat(floats.get(0)).isEqualTo(7);
  }

  @Test
  void aLongIsRoundedToFloatOnlyOnce() {
    long aboveTheTie = (1L << 60) + (1L << 36) + 1; // As a double, it would be exactly the tie.
    assertThat(Tensor.of(aboveTheTie).toFloatArray()).containsExactly((float) aboveTheTie);
    assertThat(Tensor.of(aboveTheTie).to(DType.FLOAT32).get(0)).isEqualTo((float) aboveTheTie);
    assertThat((float) aboveTheTie).isNotEqualTo((float) (double) aboveTheTie);
  }

  @Test
  void toConvertsAndTruncatesTowardsZero() {
    Tensor tensor = Tensor.of(1.75, -1.75, 0.1);
    assertThat(tensor.to(DType.INT64)).isEqualTo(Tensor.of(1, -1, 0));
    assertThat(tensor.to(DType.FLOAT32)).isEqualTo(Tensor.of(1.75f, -1.75f, 0.1f));
    Tensor copy = tensor.to(DType.FLOAT64);
    copy.set(9, 0);
    assertThat(tensor.get(0)).isEqualTo(1.75);
  }

  @Test
  void integersAreExactBeyondTheRangeOfDoubles() {
    Tensor tensor = Tensor.of(ODD_BEYOND_DOUBLE);
    assertThat(tensor.getLong(0)).isEqualTo(ODD_BEYOND_DOUBLE);
    assertThat(tensor.get(0)).isEqualTo(0x1p53);
    assertThat(tensor).isNotEqualTo(Tensor.of(ODD_BEYOND_DOUBLE - 1));
  }

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
          .withMessage(value
              + " is no INT64 value: round it first, or keep it in a FLOAT32 or FLOAT64 tensor");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.copyFrom(new float[] {7, 0.5f}));
    assertThatIllegalArgumentException().isThrownBy(() -> tensor.copyFrom(Tensor.of(7, 0.5)));
    assertThat(tensor).isEqualTo(Tensor.of(1, 2));
  }

  @Test
  void equalityIsByDtypeShapeAndValues() {
    Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Tensor padded = Tensor.view(new float[][] {{1, 3, 9}, {2, 4, 9}}, 2, 2).t();
    assertThat(tensor).isEqualTo(padded).hasSameHashCodeAs(padded);
    assertThat(tensor)
        .isNotEqualTo(Tensor.of(1f, 2f, 3f, 4f))
        .isNotEqualTo(tensor.to(DType.FLOAT64))
        .isNotEqualTo(tensor.t())
        .isNotEqualTo("tensor");
  }

  @Test
  void zerosOfEitherSignAreEqualAndSoAreNaNs() {
    Tensor tensor = Tensor.of(0.0, -0.0, Double.NaN);
    Tensor other = Tensor.of(-0.0, 0.0, Double.NaN);
    assertThat(tensor).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(tensor.get(1)).isEqualTo(-0.0);
  }

  @Test
  void panelsFormOneMatrix() {
    float[][] panels = {{1, 2, 4, 5}, {3, 9, 6, 9}};
    Tensor matrix = Tensor.view(panels, 2, 3, 2);
    assertThat(matrix).isEqualTo(Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}));
    matrix.t().set(7, 2, 1);
    assertThat(panels[1]).containsExactly(3, 9, 7, 9);
    double[][] wide = {{1, 2, 4, 5}, {3, 6}};
    assertThat(Tensor.view(wide, 2, 3, 2)).isEqualTo(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}
    }));
  }

  @Test
  void inconsistentPanelsAreRejected() {
    assertThatThrownBy(() -> Tensor.view(new float[3][4], 2, 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 3 panels of 2 columns, expected 2 for a width of 3");
    assertThatThrownBy(() -> Tensor.view(new float[][] {{1, 2, 3, 4}, {5}}, 2, 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("panels[1] has the length 1, expected at least 2");
    assertThatThrownBy(() -> Tensor.view(new double[1][4], 2, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("panels have the height 2 and 0 columns, expected at least 1 each");
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
  void onlyMatricesAreTransposed() {
    assertThatThrownBy(() -> Tensor.of(1f, 2f).t())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a tensor of shape [2] cannot be transposed: t() takes a matrix, two dimensions");
  }

  @Test
  void classIndicesAreInts() {
    assertThat(Tensor.of(new int[] {3, 0, -1})).isEqualTo(Tensor.of(3L, 0L, -1L));
    assertThat(Tensor.of(new int[] {1, 2, 3, 4}, 2, 2)).isEqualTo(Tensor.of(new long[][] {
      {1, 2}, {3, 4}
    }));
    assertThat(Tensor.of(new int[][] {{1, 2}, {3, 4}})).isEqualTo(Tensor.of(new long[][] {
      {1, 2}, {3, 4}
    }));
    assertThatThrownBy(() -> Tensor.of(new int[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rows[1] has 1 values, expected 2");
    assertThat(Functional.crossEntropy(Tensor.of(new float[][] {{1, 2}}), Tensor.of(1))
            .get())
        .isBetween(0.31, 0.32);
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

  @Test
  void theMessageForFloatingPointClassIndicesExplainsTheConversion() {
    Tensor logits = Tensor.of(new float[2][3]);
    assertThatThrownBy(() -> Functional.crossEntropy(logits, Tensor.of(0f, 1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "target is FLOAT32 of shape [2], expected INT64 class indices of this shape, or FLOAT32 of shape [2, 3]: convert class indices with to(INT64)");
  }
}
