package dev.gradpoet.training.svg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A chart of lines, points or bars over two axes. Not by org.knowm.xchart, which draws through AWT and writes each colour into its SVG: these shapes have
 * classes, to which the style sheet of the page gives the colours of the light and the dark theme.
 */
public final class Chart {

  private static final double WIDTH = 380;
  private static final double HEIGHT = 230;
  private static final double LEFT = 54;
  private static final double RIGHT = 12;
  private static final double TOP = 10;
  private static final double BOTTOM = 40;
  private static final int MOST_POINTS = 300;
  private static final double LARGEST = 1e300;

  private final String label;
  private final String xLabel;
  private final List<String> shapes = new ArrayList<>();
  private final List<Runnable> drawing = new ArrayList<>();
  private double leastX = Double.POSITIVE_INFINITY;
  private double mostX = Double.NEGATIVE_INFINITY;
  private double leastY = Double.POSITIVE_INFINITY;
  private double mostY = Double.NEGATIVE_INFINITY;
  private boolean wholeX;
  private Axis xAxis;
  private Axis yAxis;

  /**
   * An empty chart.
   *
   * @param label what it shows, for those who do not see it
   * @param xLabel under the axis
   */
  public Chart(String label, String xLabel) {
    this.label = label;
    this.xLabel = xLabel;
  }

  /** The x axis counts: its ticks are whole numbers. */
  public Chart wholeX() {
    wholeX = true;
    return this;
  }

  /** Includes a point in the axes; a coordinate that is NaN or infinite in none. */
  public Chart include(double x, double y) {
    if (isDrawn(x)) {
      leastX = Math.min(leastX, x);
      mostX = Math.max(mostX, x);
    }
    if (isDrawn(y)) {
      leastY = Math.min(leastY, y);
      mostY = Math.max(mostY, y);
    }
    return this;
  }

  /** Whether a number has a place on an axis: it is finite, and so is a range of such numbers. */
  private static boolean isDrawn(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /** A line through points; one that is not finite interrupts it. */
  public Chart line(double[] x, double[] y, String cssClass) {
    includeAll(x, y);
    drawing.add(() -> drawLine(x, y, cssClass));
    return this;
  }

  /** Separate points. */
  public Chart points(double[] x, double[] y, String cssClass) {
    includeAll(x, y);
    drawing.add(() -> {
      for (int i = 0; i < x.length; i++) {
        if (isDrawn(x[i]) && isDrawn(y[i])) {
          shapes.add("<circle cx=\"" + Svg.number(px(x[i])) + "\" cy=\"" + Svg.number(py(y[i]))
              + "\" r=\"2.2\" class=\"" + cssClass + "\"/>");
        }
      }
    });
    return this;
  }

  /** Bars from 0, each between two of the edges, of which there is one more; none if an edge is NaN or infinite. */
  public Chart bars(double[] edges, double[] heights, String cssClass) {
    if (!Arrays.stream(edges).allMatch(Chart::isDrawn)) {
      return this;
    }
    for (int i = 0; i < heights.length; i++) {
      include(edges[i], 0);
      include(edges[i + 1], heights[i]);
    }
    drawing.add(() -> {
      for (int i = 0; i < heights.length; i++) {
        double left = px(edges[i]);
        shapes.add(Svg.box(
            left + 0.5,
            py(heights[i]),
            Math.max(0.5, px(edges[i + 1]) - left - 1),
            py(0) - py(heights[i]),
            0,
            cssClass));
      }
    });
    return this;
  }

  /** A vertical line. */
  public Chart mark(double x, String cssClass) {
    drawing.add(() -> shapes.add(Svg.line(px(x), TOP, px(x), HEIGHT - BOTTOM, cssClass)));
    return this;
  }

  private void includeAll(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      include(x[i], y[i]);
    }
  }

  private void drawLine(double[] x, double[] y, String cssClass) {
    int step = Math.max(1, x.length / MOST_POINTS);
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    int last = x.length - 1;
    for (int i = 0; i <= last; i = i == last ? x.length : Math.min(i + step, last)) {
      boolean drawn = isDrawn(x[i]) && isDrawn(y[i]);
      if (drawn) {
        path.append(pen ? 'L' : 'M').append(Svg.number(px(x[i])));
        path.append(' ').append(Svg.number(py(y[i])));
      }
      pen = drawn;
    }
    shapes.add("<path d=\"" + path + "\" class=\"" + cssClass + "\"/>");
    if (x.length == 1 && pen) {
      shapes.add("<circle cx=\"" + Svg.number(px(x[0])) + "\" cy=\"" + Svg.number(py(y[0]))
          + "\" r=\"3\" class=\"dot " + cssClass + "\"/>");
    }
  }

  private double px(double x) {
    return LEFT + xAxis.place(x) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double y) {
    return HEIGHT - BOTTOM - yAxis.place(y) * (HEIGHT - TOP - BOTTOM);
  }

  /** The drawing. */
  public String svg() {
    xAxis = wholeX ? Axis.whole((int) leastX, (int) mostX) : Axis.of(leastX, mostX);
    yAxis = Axis.of(leastY, mostY);
    StringBuilder svg = new StringBuilder(Svg.open(WIDTH, HEIGHT, label));
    for (double tick : yAxis.ticks()) {
      svg.append(Svg.line(LEFT, py(tick), WIDTH - RIGHT, py(tick), "grid"));
      svg.append(Svg.text(LEFT - 6, py(tick) + 4, "tick end", yAxis.label(tick)));
    }
    for (double tick : xAxis.ticks()) {
      svg.append(Svg.line(px(tick), HEIGHT - BOTTOM, px(tick), HEIGHT - BOTTOM + 4, "axis"));
      svg.append(Svg.text(px(tick), HEIGHT - BOTTOM + 17, "tick middle", xAxis.label(tick)));
    }
    svg.append(Svg.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "axis"));
    svg.append(Svg.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "tick middle", xLabel));
    drawing.forEach(Runnable::run);
    shapes.forEach(svg::append);
    return svg.append("</svg>").toString();
  }
}
