package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static final int[] ORDER = {9, 3, 5, 0, 3, 7};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 30})
  void rowsOfAnyWidthAreGatheredInOrder(int width) {
    float[] floats = new float[10 * width];
    double[] doubles = new double[10 * width];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = i;
      doubles[i] = i;
    }
    float[] rows = new float[4 * width];
    double[] same = new double[4 * width];

    new FloatValues("x", floats, List.of(), width).gather(ORDER, 1, 4, rows);
    new DoubleValues("x", doubles, List.of(), width).gather(ORDER, 1, 4, same);

    for (int i = 0; i < rows.length; i++) {
      assertThat(rows[i]).isEqualTo(ORDER[1 + i / width] * width + i % width);
      assertThat(same[i]).isEqualTo(rows[i]);
    }
  }
}
