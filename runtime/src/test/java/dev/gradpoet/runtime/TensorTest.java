package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import org.junit.jupiter.api.Test;

/** What a tensor holds: its dtype, shape and values, and their conversions. */
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
}
