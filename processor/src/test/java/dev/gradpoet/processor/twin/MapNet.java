package dev.gradpoet.processor.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network of one convolution and, perhaps, a pooling, of random shape, with a twin that is slow and obvious: an image is {@code double[C][H][W]}. A
 * signal is an image of height 1.
 */
record MapNet(
    String name,
    int[] input,
    Window conv,
    int out,
    int groups,
    boolean bias,
    Pool pool,
    Window poolWindow) {

  /** The kinds of poolings. */
  enum Pool {
    NONE,
    MAX,
    AVERAGE,
    AVERAGE_WITHOUT_PADDING,
    GLOBAL
  }

  /** A window: for each of height and width, the kernel, the stride, the padding before and after, and the dilation. */
  record Window(int[] kernel, int[] stride, int[] begin, int[] end, int[] dilation) {

    int size(int dimension, int size) {
      int covered = dilation[dimension] * (kernel[dimension] - 1) + 1;
      return (begin[dimension] + size + end[dimension] - covered) / stride[dimension] + 1;
    }

    private String members(boolean signal) {
      return "kernel = " + list(signal, kernel) + ", stride = " + list(signal, stride)
          + ", padding = " + list(signal, begin, end);
    }

    private static String list(boolean signal, int[]... numbers) {
      List<Integer> all = new ArrayList<>();
      for (int[] each : numbers) {
        IntStream.of(each).skip(signal ? 1 : 0).forEach(all::add);
      }
      return all.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /** A network that fits. */
  static MapNet random(String name, Random random) {
    boolean signal = random.nextInt(3) == 0;
    int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
    int[] input = {
      groups * (1 + random.nextInt(4)), signal ? 1 : 1 + random.nextInt(8), 1 + random.nextInt(20)
    };
    int[][] sizes = new int[5][2];
    for (int d = 0; d < 2; d++) {
      boolean flat = signal && d == 0;
      sizes[0][d] = flat ? 1 : 1 + random.nextInt(Math.min(4, input[d + 1]));
      sizes[1][d] = flat ? 1 : 1 + random.nextInt(2);
      sizes[2][d] = flat ? 0 : random.nextInt(3);
      sizes[3][d] = flat ? 0 : random.nextInt(3);
      sizes[4][d] = flat || 2 * (sizes[0][d] - 1) + 1 > input[d + 1] ? 1 : 1 + random.nextInt(2);
    }
    Window conv = new Window(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
    boolean depthwise = random.nextInt(4) == 0;
    int out = depthwise
        ? input[0]
        : groups * (1 + random.nextInt(random.nextBoolean() ? 8 : 70) / groups);
    Pool pool = Pool.values()[random.nextInt(Pool.values().length)];
    int padding = random.nextInt(2);
    Window poolWindow = new Window(
        new int[] {1, Math.min(2, conv.size(1, input[2]) + padding)},
        new int[] {1, 1 + random.nextInt(2)},
        new int[] {0, padding},
        new int[] {0, 0},
        new int[] {1, 1});
    return new MapNet(
        name,
        input,
        conv,
        out,
        depthwise ? input[0] : groups,
        random.nextBoolean(),
        pool,
        poolWindow);
  }

  /** A network whose images are one pixel, with or without padding around it. */
  static MapNet ofOnePixel(String name, int padding, int groups, Pool pool) {
    int[] ones = {1, 1};
    int[] zeros = {0, 0};
    int[] around = {padding, padding};
    Window conv = new Window(ones, ones, around, around, ones);
    Window poolWindow = new Window(new int[] {1, 2}, ones, new int[] {0, 1}, zeros, ones);
    return new MapNet(name, new int[] {4, 1, 1}, conv, 4, groups, true, pool, poolWindow);
  }

  /** A network whose kernel has as many values as its image, with only one position: among its values is padding, because its stride is large. */
  static MapNet ofOnePosition(String name, int[] input, int... kernel) {
    int[] ones = {1, 1};
    Window conv = new Window(kernel, new int[] {9, 9}, new int[] {1, 2}, new int[] {2, 1}, ones);
    return new MapNet(
        name,
        input,
        conv,
        input[0] == 1 ? 1 : 5,
        1,
        true,
        Pool.NONE,
        new Window(ones, ones, ones, ones, ones));
  }

  private boolean isSignal() {
    return input[1] == 1 && conv.kernel()[0] == 1 && conv.begin()[0] + conv.end()[0] == 0;
  }

  /** Some depthwise convolutions, whose kernel ends in it. In others, one of many outputs is often so close to 0 that there is no slope. */
  private boolean isRelu() {
    return groups == input[0] && out % 2 == 0;
  }

  /** The declaration, with a loss of all values. */
  String declaration(String dtype) {
    boolean signal = isSignal();
    String d = signal ? "1d" : "2d";
    String shape =
        signal ? input[0] + ", " + input[2] : input[0] + ", " + input[1] + ", " + input[2];
    String pooling = switch (pool) {
      case NONE -> "";
      case MAX -> "@MaxPool" + d + "(" + poolWindow.members(signal) + ") Layer pool();";
      case AVERAGE -> "@AvgPool" + d + "(" + poolWindow.members(signal) + ") Layer pool();";
      case AVERAGE_WITHOUT_PADDING ->
        "@AvgPool" + d + "(countIncludePad = false, " + poolWindow.members(signal)
            + ") Layer pool();";
      case GLOBAL -> "@GlobalAvgPool Layer pool();";
    };
    return """
        @Network(input = {%s}, loss = Loss.MSE, dtype = DType.%s)
        public interface %s {
          @Conv%s(out = %d, groups = %d, bias = %s, dilation = %s, %s, activation = Activation.%s) Layer conv();
          %s
        }
        """.formatted(
            shape,
            dtype,
            name,
            d,
            out,
            groups,
            bias,
            Window.list(signal, conv.dilation()),
            conv.members(signal),
            isRelu() ? "RELU" : "TANH",
            pooling);
  }

  /** The output of one sample, in row-major order. */
  double[] forward(double[] x, double[] weight, double[] b) {
    double[][][] map = convolve(map(x), weight, b);
    double[][][] result = switch (pool) {
      case NONE -> map;
      case GLOBAL -> global(map);
      case MAX, AVERAGE, AVERAGE_WITHOUT_PADDING -> pooled(map);
    };
    return IntStream.range(0, result.length)
        .boxed()
        .flatMap(c -> IntStream.range(0, result[c].length).mapToObj(h -> result[c][h]))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private double[][][] map(double[] x) {
    double[][][] map = new double[input[0]][input[1]][input[2]];
    for (int i = 0; i < x.length; i++) {
      map[i / (input[1] * input[2])][i / input[2] % input[1]][i % input[2]] = x[i];
    }
    return map;
  }

  private double[][][] convolve(double[][][] x, double[] weight, double[] b) {
    int channels = input[0] / groups;
    int[] k = conv.kernel();
    double[][][] y = new double[out][conv.size(0, input[1])][conv.size(1, input[2])];
    for (int o = 0; o < out; o++) {
      int first = o / (out / groups) * channels;
      for (int oy = 0; oy < y[o].length; oy++) {
        for (int ox = 0; ox < y[o][oy].length; ox++) {
          double sum = bias ? b[o] : 0;
          for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < k[0]; ky++) {
              for (int kx = 0; kx < k[1]; kx++) {
                int iy = oy * conv.stride()[0] - conv.begin()[0] + ky * conv.dilation()[0];
                int ix = ox * conv.stride()[1] - conv.begin()[1] + kx * conv.dilation()[1];
                if (iy >= 0 && iy < input[1] && ix >= 0 && ix < input[2]) {
                  sum +=
                      x[first + c][iy][ix] * weight[((o * channels + c) * k[0] + ky) * k[1] + kx];
                }
              }
            }
          }
          y[o][oy][ox] = isRelu() ? Math.max(sum, 0) : Math.tanh(sum);
        }
      }
    }
    return y;
  }

  private double[][][] global(double[][][] x) {
    double[][][] y = new double[x.length][1][1];
    for (int c = 0; c < x.length; c++) {
      y[c][0][0] = Arrays.stream(x[c]).flatMapToDouble(Arrays::stream).average().orElseThrow();
    }
    return y;
  }

  private double[][][] pooled(double[][][] x) {
    int height = x[0].length;
    int width = x[0][0].length;
    double[][][] y = new double[x.length][poolWindow.size(0, height)][poolWindow.size(1, width)];
    for (int c = 0; c < x.length; c++) {
      for (int oy = 0; oy < y[c].length; oy++) {
        for (int ox = 0; ox < y[c][oy].length; ox++) {
          double sum = 0;
          double max = Double.NEGATIVE_INFINITY;
          int inside = 0;
          for (int kx = 0; kx < poolWindow.kernel()[1]; kx++) {
            int ix = ox * poolWindow.stride()[1] - poolWindow.begin()[1] + kx;
            if (ix >= 0 && ix < width) {
              sum += x[c][oy][ix];
              max = Math.max(max, x[c][oy][ix]);
              inside++;
            }
          }
          y[c][oy][ox] = pool == Pool.MAX
              ? max
              : sum / (pool == Pool.AVERAGE ? poolWindow.kernel()[1] : inside);
        }
      }
    }
    return y;
  }
}
