package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Writes one tensor as {@code print(tensor)} does in PyTorch with its default options: lines of 80
 * columns, and only the edges of each dimension where there are more than 1000 values.
 */
final class TensorPrinter {

  private static final String PREFIX = "tensor(";
  private static final int LINE_WIDTH = 80;
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;
  /** Marks the indices that a summary leaves out. */
  private static final int GAP = -1;

  private final Storage storage;
  private final Layout layout;
  private final ValueFormat format;

  private TensorPrinter(Storage storage, Layout layout) {
    this.storage = storage;
    this.layout = layout;
    LongStream.Builder shown = LongStream.builder();
    collectShown(0, 0, shown);
    this.format = ValueFormat.of(storage, shown.build().toArray());
  }

  static String print(Storage storage, Layout layout) {
    if (layout.size() == 0) {
      return withSuffixes(PREFIX + "[]", suffixesOfEmpty(storage.dtype(), layout.shape()));
    }
    String values = new TensorPrinter(storage, layout).values(0, 0, PREFIX.length());
    // PyTorch omits the default dtypes of literals: 1.0 is float32, 1 is int64.
    boolean named = storage.dtype() == DType.FLOAT64;
    return withSuffixes(PREFIX + values, named ? List.of(dtypeSuffix(DType.FLOAT64)) : List.of());
  }

  /** Without values, neither the shape nor an integer dtype is visible, so both are printed. */
  private static List<String> suffixesOfEmpty(DType dtype, int[] shape) {
    List<String> suffixes = new ArrayList<>();
    if (shape.length != 1) {
      String sizes =
          IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
      suffixes.add("size=(" + sizes + ")");
    }
    if (dtype != DType.FLOAT32) {
      suffixes.add(dtypeSuffix(dtype));
    }
    return suffixes;
  }

  private static String dtypeSuffix(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "dtype=torch.float32";
      case FLOAT64 -> "dtype=torch.float64";
      case INT64 -> "dtype=torch.int64";
    };
  }

  /** The text, the suffixes and the closing parenthesis; a suffix that does not fit gets a line. */
  private static String withSuffixes(String text, List<String> suffixes) {
    StringBuilder out = new StringBuilder(text);
    // Two more than the length of the last line: PyTorch counts this way, and the line break
    // depends on it.
    int column = text.length() - text.lastIndexOf('\n') + 1;
    for (String suffix : suffixes) {
      if (column + suffix.length() + 2 > LINE_WIDTH) {
        out.append(",\n").append(" ".repeat(PREFIX.length())).append(suffix);
        column = PREFIX.length() + suffix.length();
      } else {
        out.append(", ").append(suffix);
        column += suffix.length() + 2;
      }
    }
    return out.append(')').toString();
  }

  /** The values from a dimension on; the address includes the earlier indices. */
  private String values(int dimension, long address, int indent) {
    int rank = layout.shape().length - dimension;
    if (rank == 0) {
      return format.format(storage, address);
    }
    if (rank == 1) {
      return vector(dimension, address, indent);
    }
    String separator = "," + "\n".repeat(rank - 1) + " ".repeat(indent + 1);
    long stride = layout.strides()[dimension];
    return Arrays.stream(shownIndices(dimension))
        .mapToObj(i -> i == GAP ? "..." : values(dimension + 1, address + i * stride, indent + 1))
        .collect(Collectors.joining(separator, "[", "]"));
  }

  /** The last dimension, broken into lines. */
  private String vector(int dimension, long address, int indent) {
    int[] indices = shownIndices(dimension);
    long stride = layout.strides()[dimension];
    int perLine = Math.max(1, (LINE_WIDTH - indent) / (format.width() + 2));
    StringBuilder out = new StringBuilder("[");
    for (int k = 0; k < indices.length; k++) {
      if (k > 0) {
        out.append(k % perLine == 0 ? ",\n" + " ".repeat(indent + 1) : ", ");
      }
      boolean gap = indices[k] == GAP;
      out.append(gap ? " ..." : format.format(storage, address + indices[k] * stride));
    }
    return out.append(']').toString();
  }

  private void collectShown(int dimension, long address, LongStream.Builder shown) {
    if (dimension == layout.shape().length) {
      shown.add(address);
      return;
    }
    for (int i : shownIndices(dimension)) {
      if (i != GAP) {
        collectShown(dimension + 1, address + i * layout.strides()[dimension], shown);
      }
    }
  }

  /** The indices of a dimension that are shown: all, or in a summary its edges and the gap. */
  private int[] shownIndices(int dimension) {
    int length = layout.shape()[dimension];
    if (layout.size() <= THRESHOLD || length <= 2 * EDGE) {
      return IntStream.range(0, length).toArray();
    }
    int[] edges = new int[2 * EDGE + 1];
    edges[EDGE] = GAP;
    for (int k = 0; k < EDGE; k++) {
      edges[k] = k;
      edges[EDGE + 1 + k] = length - EDGE + k;
    }
    return edges;
  }
}
