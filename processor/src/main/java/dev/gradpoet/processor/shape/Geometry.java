package dev.gradpoet.processor.shape;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a kernel moves over the last dimensions of a sample {@code [C, L]} or {@code [C, H, W]}. Each list has an element for each of these dimensions.
 *
 * @param input the shape of the samples
 * @param kernel the size of the kernel
 * @param stride the distance between its positions
 * @param begin the padding before each dimension
 * @param end the padding after each dimension
 * @param dilation the distance between the values that it reads
 */
public record Geometry(
    Shape input,
    List<Integer> kernel,
    List<Integer> stride,
    List<Integer> begin,
    List<Integer> end,
    List<Integer> dilation) {

  public Geometry {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    begin = List.copyOf(begin);
    end = List.copyOf(end);
    dilation = List.copyOf(dilation);
  }

  /** A kernel of one position. */
  public static Geometry ofPositions(Shape input) {
    List<Integer> ones = input.rest().stream().map(size -> 1).toList();
    List<Integer> zeros = input.rest().stream().map(size -> 0).toList();
    return new Geometry(input, ones, ones, zeros, zeros, ones);
  }

  /** A kernel as large as a whole channel. */
  public static Geometry whole(Shape input) {
    List<Integer> ones = input.rest().stream().map(size -> 1).toList();
    List<Integer> zeros = input.rest().stream().map(size -> 0).toList();
    return new Geometry(input, input.rest(), ones, zeros, zeros, ones);
  }

  /** The size of a dimension with its padding. */
  public long padded(int dimension) {
    return (long) input.rest().get(dimension) + begin.get(dimension) + end.get(dimension);
  }

  /** Whether there is any padding. */
  public boolean isPadded() {
    return Stream.of(begin, end).flatMap(List::stream).anyMatch(size -> size > 0);
  }

  /** The number of positions of a sample with its padding. */
  public int paddedPositions() {
    return IntStream.range(0, kernel.size())
        .map(d -> Math.toIntExact(padded(d)))
        .reduce(1, Math::multiplyExact);
  }

  /** The size that the kernel covers in a dimension. */
  public long covered(int dimension) {
    return dilation.get(dimension) * (kernel.get(dimension) - 1L) + 1;
  }

  /** The sizes of the last dimensions of the output, which may be beyond int range. */
  public List<Long> outputs() {
    return IntStream.range(0, kernel.size())
        .mapToObj(d -> (padded(d) - covered(d)) / stride.get(d) + 1)
        .toList();
  }

  /** The sizes of the last dimensions of the output. */
  public List<Integer> output() {
    return outputs().stream().map(Math::toIntExact).toList();
  }

  /** The shape of an output with so many channels. */
  public Shape output(int channels) {
    return new Shape(Stream.concat(Stream.of(channels), output().stream()).toList());
  }

  /** The number of positions of the kernel. */
  public int positions() {
    return output().stream().reduce(1, Math::multiplyExact);
  }

  /** The number of values that a position of the kernel reads from all channels. */
  public int taps() {
    return kernel.stream().reduce(input.first(), Math::multiplyExact);
  }

  /** {@code 5 x 5, stride 2 x 2, padding 1 x 1}: the kernel, and what is not PyTorch's default. */
  public String describe() {
    StringBuilder text = new StringBuilder(times(kernel));
    if (stride.stream().anyMatch(size -> size != 1)) {
      text.append(", stride ").append(times(stride));
    }
    if (isPadded()) {
      text.append(", padding ").append(times(begin));
      text.append(begin.equals(end) ? "" : " before and " + times(end) + " after");
    }
    if (dilation.stream().anyMatch(size -> size != 1)) {
      text.append(", dilation ").append(times(dilation));
    }
    return text.toString();
  }

  private static String times(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }
}
