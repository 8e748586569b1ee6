package dev.gradpoet.training.svg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A directed graph without circles, drawn from top to bottom: boxes in rows, edges that pass rows in lanes on the right. */
public final class GraphDrawing {

  private static final double BOX_WIDTH = 168;
  private static final double BOX_HEIGHT = 38;
  private static final double GAP_X = 16;
  private static final double GAP_Y = 22;
  private static final double MARGIN = 6;
  private static final double LANE = 12;
  private static final double ARROW = 4;
  private static final int TITLE = 24;
  private static final int DETAIL = 30;

  /**
   * A box.
   *
   * @param name by which others refer to it, and its first line
   * @param detail its second line
   * @param from the names of the boxes before it, which precede it
   * @param cssClass of its rectangle
   */
  public record Box(String name, String detail, List<String> from, String cssClass) {}

  private final List<Box> boxes;
  private final Map<String, Integer> rows = new HashMap<>();
  private final Map<String, Double> centers = new HashMap<>();
  private double width;

  /** A graph of boxes, each after those that it comes from. */
  public GraphDrawing(List<Box> boxes) {
    this.boxes = List.copyOf(boxes);
    place();
  }

  private void place() {
    List<List<String>> inRow = new ArrayList<>();
    for (Box box : boxes) {
      int row = 0;
      for (String source : box.from()) {
        row = Math.max(row, rows.get(source) + 1);
      }
      rows.put(box.name(), row);
      while (inRow.size() <= row) {
        inRow.add(new ArrayList<>());
      }
      inRow.get(row).add(box.name());
    }
    int widest = inRow.stream().mapToInt(List::size).max().orElse(1);
    width = widest * (BOX_WIDTH + GAP_X) - GAP_X;
    for (List<String> row : inRow) {
      double left = MARGIN + (width - row.size() * (BOX_WIDTH + GAP_X) + GAP_X) / 2;
      for (int i = 0; i < row.size(); i++) {
        centers.put(row.get(i), left + i * (BOX_WIDTH + GAP_X) + BOX_WIDTH / 2);
      }
    }
  }

  private double top(String name) {
    return MARGIN + rows.get(name) * (BOX_HEIGHT + GAP_Y);
  }

  /** The drawing, as wide as it is and no wider than what it is in. */
  public String svg() {
    StringBuilder edges = new StringBuilder();
    int lanes = 0;
    for (Box box : boxes) {
      for (String source : box.from()) {
        if (rows.get(box.name()) - rows.get(source) == 1) {
          edges.append(direct(source, box.name()));
        } else {
          lanes++;
          edges.append(through(lanes, source, box.name()));
        }
      }
    }
    double all = width + 2 * MARGIN + (lanes == 0 ? 0 : (lanes + 1) * LANE);
    int last = rows.values().stream().mapToInt(row -> row).max().orElse(0);
    double height = 2 * MARGIN + (last + 1) * (BOX_HEIGHT + GAP_Y) - GAP_Y;
    StringBuilder svg = new StringBuilder(Svg.open(all, height, "the graph of layers")
        .replace("<svg ", "<svg style=\"max-width:" + Svg.number(all) + "px\" "));
    svg.append(edges);
    for (Box box : boxes) {
      double x = centers.get(box.name());
      double y = top(box.name());
      svg.append("<g><title>")
          .append(Svg.escape(box.name() + ": " + box.detail()))
          .append("</title>");
      svg.append(Svg.box(x - BOX_WIDTH / 2, y, BOX_WIDTH, BOX_HEIGHT, 6, "box " + box.cssClass()));
      svg.append(Svg.text(x, y + 16, "name middle", shortened(box.name(), TITLE)));
      svg.append(Svg.text(x, y + 30, "detail middle", shortened(box.detail(), DETAIL)));
      svg.append("</g>");
    }
    return svg.append("</svg>").toString();
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "\u2026";
  }

  /** From the bottom of a box to the top of one in the next row. */
  private String direct(String source, String target) {
    double x1 = centers.get(source);
    double y1 = top(source) + BOX_HEIGHT;
    double x2 = centers.get(target);
    double y2 = top(target);
    double bend = (y1 + y2) / 2;
    String path =
        "M" + at(x1, y1) + "C" + at(x1, bend) + " " + at(x2, bend) + " " + at(x2, y2 - ARROW);
    return edge(path, x2, y2, 0, -ARROW);
  }

  /** From the right of a box through a lane to the right of another. */
  private String through(int lane, String source, String target) {
    double x = MARGIN + width + lane * LANE;
    double y1 = top(source) + BOX_HEIGHT / 2;
    double y2 = top(target) + BOX_HEIGHT / 2;
    double from = centers.get(source) + BOX_WIDTH / 2;
    double to = centers.get(target) + BOX_WIDTH / 2;
    String path = "M" + at(from, y1) + "H" + Svg.number(x) + "V" + Svg.number(y2) + "H"
        + Svg.number(to + ARROW);
    return edge(path, to, y2, ARROW, 0);
  }

  private static String edge(String path, double x, double y, double backX, double backY) {
    return "<path d=\"" + path + "\" class=\"edge\"/><path d=\"M" + at(x, y)
        + "L" + at(x + backX * 1.5 + backY, y + backY * 1.5 + backX)
        + "L" + at(x + backX * 1.5 - backY, y + backY * 1.5 - backX) + "Z\" class=\"arrow\"/>";
  }

  private static String at(double x, double y) {
    return Svg.number(x) + " " + Svg.number(y);
  }
}
