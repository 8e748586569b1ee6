package dev.gradpoet.training.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

  private static final double[][] EXTREMES = {
    {Double.NaN, Double.NaN},
    {Double.NaN, 1},
    {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY},
    {0, Double.MAX_VALUE},
    {-1e308, 1e308},
    {-1e300, 1e300},
    {0, Double.MIN_VALUE},
    {0, 1e-300},
    {1e17, 1e17 + 16}
  };

  @Test
  void whatCannotBeDrawnIsLeftOut() {
    for (double[] x : EXTREMES) {
      for (double[] y : EXTREMES) {
        for (Chart chart : List.of(
            new Chart("c", "x").line(x, y, "a"),
            new Chart("c", "x").points(x, y, "a"),
            new Chart("c", "x").bars(x, new double[] {3}, "a"))) {
          assertThat(chart.svg()).doesNotContain("NaN", "Infinity");
        }
      }
    }
  }

  /** A loss that is NaN has no place, but its epoch has. */
  @Test
  void anAxisHasTheRangeOfItsOwnCoordinates() {
    double[] nan = {Double.NaN, Double.NaN, Double.NaN};
    String svg = new Chart("loss", "epoch")
        .wholeX()
        .line(new double[] {1, 2, 3}, nan, "a")
        .mark(2, "mark")
        .svg();

    assertThat(svg).contains(">1</text>", ">2</text>", ">3</text>");
    // the middle of the axis, which is from 54 to 368
    assertThat(svg).contains("<line x1=\"211\" y1=\"10\" x2=\"211\" y2=\"190\" class=\"mark\"/>");
  }
}
