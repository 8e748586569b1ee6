package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Views of arrays, rows and panels share their memory and leave the rest of it alone. */
class TensorViewTest {

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
  void onlyMatricesAreTransposed() {
    assertThatThrownBy(() -> Tensor.of(1f, 2f).t())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a tensor of shape [2] cannot be transposed: t() takes a matrix, two dimensions");
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

  /** All values at once, along the rows and down the columns of panels, are what each value is. */
  @Test
  void arraysOfPanelsAreRowMajorInBothDirections() {
    float[][] floats = {new float[3 * 4], new float[3 * 4], new float[3 * 2]};
    double[][] doubles = {new double[3 * 4], new double[3 * 4], new double[3 * 2]};
    Tensor[] tensors = {
      Tensor.view(floats, 3, 5, 2),
      Tensor.view(floats, 3, 5, 2).t(),
      Tensor.view(doubles, 3, 5, 2),
      Tensor.view(doubles, 3, 5, 2).t()
    };
    for (Tensor tensor : tensors) {
      float[] values = new float[15];
      double[] same = new double[15];
      for (int i = 0; i < 15; i++) {
        values[i] = i + 0.5f;
        same[i] = -i - 0.5;
      }
      tensor.copyFrom(values);
      assertThat(tensor.toFloatArray()).isEqualTo(values);
      requireRowMajor(tensor, 0.5, 1);
      tensor.copyFrom(same);
      assertThat(tensor.toDoubleArray()).isEqualTo(same);
      requireRowMajor(tensor, -0.5, -1);
    }
    // the padding of the wider panels
    assertThat(floats[0]).endsWith(0, 0);
    assertThat(doubles[1]).endsWith(0, 0);
  }

  private static void requireRowMajor(Tensor tensor, double first, double step) {
    int width = tensor.shape()[1];
    for (int i = 0; i < 15; i++) {
      assertThat(tensor.get(i / width, i % width)).isEqualTo(first + i * step);
    }
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
}
