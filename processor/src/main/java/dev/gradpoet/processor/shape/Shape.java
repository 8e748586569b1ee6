package dev.gradpoet.processor.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one sample, without the dimension of the batch, in PyTorch's order: {@code [F]}, {@code [C, L]} or {@code [C, H, W]}.
 *
 * @param sizes the size of each dimension, all above 0; there is at least one dimension
 */
public record Shape(List<Integer> sizes) {

  public Shape {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("a shape without dimensions");
    }
  }

  /** {@code [width]}. */
  public static Shape of(int width) {
    return new Shape(List.of(width));
  }

  /** The size of the first dimension: the width of a vector, the channels of anything else. */
  public int first() {
    return sizes.get(0);
  }

  /** The sizes of all dimensions but the first. */
  public List<Integer> rest() {
    return sizes.subList(1, sizes.size());
  }

  /** The size of the last dimension. */
  public int last() {
    return sizes.get(sizes.size() - 1);
  }

  /** The number of rows of the last dimension. */
  public int positions() {
    return size() / last();
  }

  /** The number of values of a channel. */
  public int area() {
    return size() / first();
  }

  /** The last dimensions of this shape. */
  public Shape last(int dims) {
    return new Shape(sizes.subList(sizes.size() - dims, sizes.size()));
  }

  /** This shape with another last dimension. */
  public Shape withLast(int size) {
    List<Integer> changed = new ArrayList<>(sizes);
    changed.set(changed.size() - 1, size);
    return new Shape(changed);
  }

  /** This shape with another first dimension. */
  public Shape withFirst(int size) {
    List<Integer> changed = new ArrayList<>(sizes);
    changed.set(0, size);
    return new Shape(changed);
  }

  /** Whether it has one dimension. */
  public boolean isVector() {
    return sizes.size() == 1;
  }

  /** The number of values: the product of the sizes, which validation has checked to be within int range. */
  public int size() {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  /** {@code [1, 28, 28]}. */
  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
