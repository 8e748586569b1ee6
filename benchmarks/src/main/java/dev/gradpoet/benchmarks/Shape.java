package dev.gradpoet.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The shapes that are measured, each with the rows of its training step. */
public enum Shape {
  /** 4-16-3. */
  N4_16_3(32, 4, 16, 3),
  /** 11-64-32-16-1. */
  N11_64_32_16_1(32, 11, 64, 32, 16, 1),
  /** 64-32-10. */
  N64_32_10(32, 64, 32, 10),
  /** 784-128-10. */
  N784_128_10(64, 784, 128, 10),
  /** 784-512-512-10. */
  N784_512_512_10(128, 784, 512, 512, 10),
  /** 1024-1024-1024-10. */
  N1024_1024_1024_10(256, 1024, 1024, 1024, 10),
  /** 8-8-2. */
  N8_8_2(32, 8, 8, 2),
  /** 16-16-4. */
  N16_16_4(32, 16, 16, 4),
  /** 32-32-8. */
  N32_32_8(32, 32, 32, 8),
  /** 64-64-16. */
  N64_64_16(32, 64, 64, 16),
  /** 10-40-40-10. */
  N10_40_40_10(32, 10, 40, 40, 10),
  /** 10-41-41-10. */
  N10_41_41_10(32, 10, 41, 41, 10),
  /** 10-42-42-10. */
  N10_42_42_10(32, 10, 42, 42, 10),
  /** 10-43-43-10. */
  N10_43_43_10(32, 10, 43, 43, 10),
  /** 10-44-44-10. */
  N10_44_44_10(32, 10, 44, 44, 10),
  /** 10-45-45-10. */
  N10_45_45_10(32, 10, 45, 45, 10),
  /** 10-46-46-10. */
  N10_46_46_10(32, 10, 46, 46, 10),
  /** 10-47-47-10. */
  N10_47_47_10(32, 10, 47, 47, 10),
  /** 10-48-48-10. */
  N10_48_48_10(32, 10, 48, 48, 10),
  /** 10-49-49-10. */
  N10_49_49_10(32, 10, 49, 49, 10),
  /** 10-50-50-10. */
  N10_50_50_10(32, 10, 50, 50, 10);

  private final int batch;
  private final int[] widths;

  Shape(int batch, int... widths) {
    this.batch = batch;
    this.widths = widths;
  }

  /** The width of the input, then that of each layer. */
  public List<Integer> widths() {
    return Arrays.stream(widths).boxed().toList();
  }

  /** The values of an input row. */
  public int inputs() {
    return widths[0];
  }

  /** The values of an output row. */
  public int outputs() {
    return widths[widths.length - 1];
  }

  /** The rows of a training step. */
  public int batch() {
    return batch;
  }

  /** Whether the target is a class index; otherwise it is a row of values, and the loss is the mean squared error. */
  public boolean classifies() {
    return outputs() > 1;
  }

  /** The floating-point operations of the matrix products for one row: two for each weight. */
  public long forwardFlops() {
    long flops = 0;
    for (int i = 1; i < widths.length; i++) {
      flops += 2L * widths[i - 1] * widths[i];
    }
    return flops;
  }

  /** Those of one row of a step: the forward pass, the gradient of each weight, and the gradient of the input of each layer except the first. */
  public long stepFlops() {
    return 3 * forwardFlops() - 2L * widths[0] * widths[1];
  }

  /** The name of the declaration. */
  public String declaration() {
    return "Networks." + name();
  }

  /** {@code 64-32-10}. */
  public String title() {
    return Arrays.stream(widths).mapToObj(String::valueOf).collect(Collectors.joining("-"));
  }
}
