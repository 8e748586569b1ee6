package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of one sample of an input or output, without the dimension of the batch, and the checks of tensors that hold such samples. A batch of n
 * samples is a tensor of shape {@code [n, shape...]}; where a tensor comes in, {@code [n, size]} is accepted, too.
 */
public final class SampleShape {

  private final int[] sizes;
  private final int size;

  private SampleShape(int[] sizes) {
    this.sizes = sizes;
    this.size = size(sizes);
  }

  /** The number of values of a shape. A loop: the first reduction of a stream costs a millisecond when a program starts. */
  static int size(int... sizes) {
    int size = 1;
    for (int each : sizes) {
      size = Math.multiplyExact(size, each);
    }
    return size;
  }

  /**
   * A shape.
   *
   * @param sizes of its dimensions in PyTorch's order: {@code [F]}, {@code [C, L]} or {@code [C, H, W]}
   */
  public static SampleShape of(int... sizes) {
    return new SampleShape(sizes.clone());
  }

  /** The number of values of a sample. */
  public int size() {
    return size;
  }

  /**
   * The number of samples in a batch.
   *
   * @param what the name of the argument
   * @throws IllegalArgumentException if the tensor has another dtype or shape, or no sample
   */
  public int batch(String what, Tensor t, DType dtype) {
    int[] shape = Objects.requireNonNull(t, what).shape();
    if (t.dtype() != dtype || !isBatch(shape)) {
      throw Check.wrongTensor(what, t, dtype + " of shape " + either("[n, ", "]"));
    }
    return shape[0];
  }

  /**
   * The number of samples in a batch, or 1 for a sample without the dimension of the batch.
   *
   * @param what the name of the argument
   * @throws IllegalArgumentException if the tensor has another dtype or shape, or no sample
   */
  public int batchOrSample(String what, Tensor t, DType dtype) {
    int[] shape = Objects.requireNonNull(t, what).shape();
    if (t.dtype() != dtype || !(isSample(shape) || isBatch(shape))) {
      throw Check.wrongTensor(
          what, t, dtype + " of shape " + either("[n, ", "]") + " or " + either("[", "]"));
    }
    return isSample(shape) ? 1 : shape[0];
  }

  /**
   * Checks that a tensor is one sample, with or without the dimension of the batch.
   *
   * @throws IllegalArgumentException if the tensor has another dtype or shape
   */
  public void oneSample(Tensor x, DType dtype) {
    if (batchOrSample("x", x, dtype) != 1) {
      throw Check.wrongTensor(
          "x",
          x,
          "one row, " + dtype + " of shape " + either("[", "]") + " or " + either("[1, ", "]")
              + ": predictClass takes one row, use predictClasses for several");
    }
  }

  /**
   * Checks that a tensor is a batch of exactly n samples.
   *
   * @param what the name of the argument
   * @throws IllegalArgumentException if the tensor has another dtype or shape
   */
  public void exactBatch(String what, Tensor t, DType dtype, int n) {
    int[] shape = Objects.requireNonNull(t, what).shape();
    if (t.dtype() != dtype || !isBatch(shape) || shape[0] != n) {
      throw Check.wrongTensor(what, t, dtype + " of shape " + either("[" + n + ", ", "]"));
    }
  }

  /** Whether a tensor of this shape is one sample, without the dimension of the batch. */
  public boolean isSample(Tensor t) {
    return isSample(t.shape());
  }

  private boolean isSample(int[] shape) {
    return Arrays.equals(shape, sizes) || shape.length == 1 && shape[0] == size;
  }

  private boolean isBatch(int[] shape) {
    boolean shaped = shape.length == sizes.length + 1
        && Arrays.equals(shape, 1, shape.length, sizes, 0, sizes.length);
    boolean flat = shape.length == 2 && shape[1] == size;
    return (shaped || flat) && shape[0] > 0;
  }

  /** The two ways of writing a shape, {@code [n, 1, 28, 28]} and {@code [n, 784]}, which of a vector are one. */
  private String either(String before, String after) {
    String flat = before + size + after;
    return sizes.length == 1
        ? flat
        : before
            + Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(", "))
            + after + " or " + flat;
  }

  /** The error of a call that needs classes, on a network whose output of this shape stands for none. */
  UnsupportedOperationException noClasses(Loss loss) {
    return sizes.length == 1
        ? Check.noClasses(loss.name())
        : new UnsupportedOperationException(
            "the output has the shape " + Arrays.toString(sizes)
                + ", and only the values of a vector stand for classes: call forward(x), or end the network with a @Flatten layer");
  }

  /** The shape of a batch of n samples. */
  public int[] ofBatch(int n) {
    return IntStream.concat(IntStream.of(n), Arrays.stream(sizes)).toArray();
  }

  /** A live view, shape {@code [n, shape...]}, of a matrix with a row for each sample. */
  public Tensor batch(Tensor rows) {
    return rows.unflatten(1, sizes);
  }

  /** Samples as a tensor without a copy: a batch of n, or one sample. */
  public Tensor view(float[] y, int n, boolean sample) {
    return sample ? Tensor.view(y, sizes) : Tensor.view(y, ofBatch(n));
  }

  /** As for {@code float}. */
  public Tensor view(double[] y, int n, boolean sample) {
    return sample ? Tensor.view(y, sizes) : Tensor.view(y, ofBatch(n));
  }
}
