package dev.gradpoet.processor.twin;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Seeded rows for a network: inputs, and targets that suit its loss; labels are null where these are dense. */
record Batch(List<double[][]> inputs, double[][] targets, int[] labels, Tensor target) {

  private static final Set<Loss> PROBABILITIES =
      EnumSet.of(Loss.BCE, Loss.BCE_WITH_LOGITS, Loss.CROSS_ENTROPY, Loss.KL_DIV);

  /** Dense targets: any numbers, or probabilities where the loss wants them. */
  static Batch dense(Net net, int rows, long seed) {
    Random random = new Random(seed);
    List<double[][]> x = inputs(net, random, rows);
    double[][] t = gaussian(random, rows, net.outputs());
    if (PROBABILITIES.contains(net.loss()) && !net.lossFormula().logTarget()) {
      for (double[] row : t) {
        double sum = 0;
        for (int o = 0; o < row.length; o++) {
          row[o] = random.nextDouble();
          sum += row[o];
        }
        for (int o = 0; o < row.length; o++) {
          row[o] = round(
              net.dtype(),
              net.loss() == Loss.CROSS_ENTROPY || net.loss() == Loss.KL_DIV
                  ? row[o] / sum
                  : row[o]);
        }
      }
    }
    return new Batch(x, rounded(net.dtype(), t), null, tensor(net.dtype(), t));
  }

  /** Class indices. */
  static Batch classes(Net net, int rows, long seed) {
    Random random = new Random(seed);
    List<double[][]> x = inputs(net, random, rows);
    double[][] t = new double[rows][net.outputs()];
    int[] labels = new int[rows];
    int ignored = net.lossFormula().ignoreIndex();
    for (int r = 0; r < rows; r++) {
      labels[r] = random.nextInt(net.outputs());
      if (r > 0 && random.nextInt(5) == 0) {
        labels[r] = ignored;
      }
      if (labels[r] != ignored) {
        t[r][labels[r]] = 1;
      }
    }
    long[] wide = Arrays.stream(labels).asLongStream().toArray();
    return new Batch(x, t, labels, Tensor.of(wide));
  }

  private static List<double[][]> inputs(Net net, Random random, int rows) {
    List<double[][]> inputs = new ArrayList<>();
    for (Net.Input input : net.inputs) {
      inputs.add(
          input.isDense()
              ? rounded(net.dtype(), gaussian(random, rows, input.width()))
              : indices(random, rows, input));
    }
    return inputs;
  }

  private static double[][] indices(Random random, int rows, Net.Input input) {
    double[][] values = new double[rows][input.width()];
    for (double[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(input.classes());
      }
    }
    return values;
  }

  /** The number of rows. */
  int rows() {
    return targets.length;
  }

  /** A tensor for each input. */
  Tensor[] tensors(Net net) {
    Tensor[] tensors = new Tensor[inputs.size()];
    for (int i = 0; i < tensors.length; i++) {
      DType dtype = net.inputs.get(i).isDense() ? net.dtype() : DType.INT64;
      tensors[i] = tensor(dtype, inputs.get(i));
    }
    return tensors;
  }

  static Tensor tensor(DType dtype, double[][] rows) {
    return Tensor.of(rows).to(dtype);
  }

  private static double[][] gaussian(Random random, int rows, int width) {
    double[][] values = new double[rows][width];
    for (double[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return values;
  }

  private static double[][] rounded(DType dtype, double[][] values) {
    for (double[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = round(dtype, row[i]);
      }
    }
    return values;
  }

  private static double round(DType dtype, double value) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }
}
