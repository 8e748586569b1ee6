package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The table that <a href="https://github.com/TylerYep/torchinfo">torchinfo</a> prints of a network for one input row, with {@code
 * row_settings=("var_names", "depth")} and units that fit the numbers. A row stands for a layer of the declaration, its activation
 * included.
 */
final class Summary {

  private static final int COLUMN = 25;
  private static final int NARROWEST_TITLE = 40;

  /** torchinfo widens the first column by whole steps of its indent. */
  private static final int INDENT = 5;

  private record Row(String title, String shape, String parameters) {}

  private final List<Row> rows = new ArrayList<>();
  private final long inputs;
  private final int bytes;
  private long parameters;
  private long multAdds;
  private long outputsOfParameterLayers;

  private Summary(Architecture network) {
    this.inputs =
        network.inputs().stream().mapToLong(input -> values(input.shape())).sum();
    this.bytes = network.dtype() == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
  }

  /**
   * The table of a network.
   * @return lines that end in {@code \n}, but for the last
   */
  static String of(Architecture network) {
    Summary summary = new Summary(network);
    String name = network.name();
    summary.rows.add(new Row(title(name, name), shape(network.outputShape()), "--"));
    for (int i = 0; i < network.layers().size(); i++) {
      summary.add(i + 1, network.layers().get(i));
    }
    return summary.table();
  }

  private void add(int index, Layer layer) {
    long count = layer.parameters().values().stream().mapToLong(Tensor::size).sum();
    if (count > 0) {
      parameters += count;
      multAdds += count * positions(layer);
      outputsOfParameterLayers += values(layer.shape());
    }
    rows.add(new Row(
        "├─" + title(layer.type(), layer.name()) + ": 1-" + index,
        shape(layer.shape()),
        count == 0 ? "--" : grouped(count)));
  }

  /** How often a sample is multiplied with a parameter: at each position of a kernel; torchinfo counts all other layers once. */
  private static long positions(Layer layer) {
    return layer.type().startsWith("Conv") ? values(layer.shape()) / layer.shape()[0] : 1;
  }

  private static long values(int[] sample) {
    return Arrays.stream(sample).asLongStream().reduce(1, (a, b) -> a * b);
  }

  private static String title(String type, String name) {
    return type + " (" + name + ")";
  }

  /** {@code [1, 32]}, for a batch of one row. */
  private static String shape(int[] sample) {
    return Arrays.toString(sample).replace("[", "[1, ");
  }

  private String table() {
    int title = titleWidth();
    String divider = "=".repeat(title + 2 * COLUMN) + "\n";
    StringBuilder text = new StringBuilder(divider);
    line(text, title, new Row("Layer (type (var_name):depth-idx)", "Output Shape", "Param #"));
    text.append(divider);
    rows.forEach(row -> line(text, title, row));
    // The pass keeps each output and its gradient.
    long pass = 2 * outputsOfParameterLayers * bytes;
    long input = inputs * bytes;
    long size = parameters * bytes;
    text.append(divider)
        .append("Total params: ")
        .append(grouped(parameters))
        .append('\n')
        .append("Trainable params: ")
        .append(grouped(parameters))
        .append('\n')
        .append("Non-trainable params: 0\n")
        .append("Total mult-adds")
        .append(scaled(multAdds, ""))
        .append('\n')
        .append(divider)
        .append("Input size")
        .append(scaled(input, "B"))
        .append('\n')
        .append("Forward/backward pass size")
        .append(scaled(pass, "B"))
        .append('\n')
        .append("Params size")
        .append(scaled(size, "B"))
        .append('\n')
        .append("Estimated Total Size")
        .append(scaled(input + pass + size, "B"))
        .append('\n')
        .append(divider.stripTrailing());
    return text.toString();
  }

  private int titleWidth() {
    int longest = 0;
    for (int i = 0; i < rows.size(); i++) {
      // The marks in front of a layer count as the indent of its depth.
      int length =
          i == 0 ? rows.get(i).title().length() + 1 : rows.get(i).title().length() - 2 + INDENT + 1;
      longest = Math.max(longest, length);
    }
    return longest < NARROWEST_TITLE ? NARROWEST_TITLE : (longest + INDENT - 1) / INDENT * INDENT;
  }

  private static void line(StringBuilder text, int title, Row row) {
    String line =
        padded(row.title(), title) + " " + padded(row.shape(), COLUMN) + " " + row.parameters();
    text.append(line.stripTrailing()).append('\n');
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** The end of a line: {@code ": 256"}, {@code " (kB): 9.64"}, {@code " (M): 3"}. */
  static String scaled(long number, String unit) {
    String[] prefixes = {"", "k", "M", "G", "T"};
    int power = 0;
    double scale = 1;
    while (power < prefixes.length - 1 && number >= scale * 1000) {
      power++;
      scale *= 1000;
    }
    double value = number / scale;
    String printed = value == Math.rint(value)
        ? grouped((long) value)
        : String.format(Locale.ROOT, "%,.2f", value);
    return (power == 0 ? "" : " (" + prefixes[power] + unit + ")") + ": " + printed;
  }
}
