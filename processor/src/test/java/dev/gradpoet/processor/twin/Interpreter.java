package dev.gradpoet.processor.twin;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slow and obvious way to compute a network and its gradients: node by node, value by value, in double, from the textbook's formulas. It
 * shares no code with what it checks.
 */
final class Interpreter {

  private final Net net;
  private final Map<String, Tensor> parameters;
  private final Generator generator;

  /** By layer: what it computes, before and after its activation, and the gradient of the latter; a row a sample. */
  private final Map<String, double[][]> before = new HashMap<>();

  private final Map<String, double[][]> values = new HashMap<>();
  private final Map<String, double[][]> gradients = new HashMap<>();

  /** By dropout: the factors of the last forward. */
  private final Map<String, double[][]> masks = new HashMap<>();

  /** The gradients of the parameters, row by row. */
  final Map<String, double[]> parameterGradients = new HashMap<>();

  /**
   * An interpreter of training.
   *
   * @param parameters and buffers, by PyTorch's names
   * @param generator what masks are drawn from
   */
  Interpreter(Net net, Map<String, Tensor> parameters, Generator generator) {
    this.net = net;
    this.generator = generator;
    this.parameters = parameters;
  }

  double[][] forward(List<double[][]> inputs) {
    double[][] x = inputs.get(0);
    for (int i = 0; i < inputs.size(); i++) {
      values.put(net.inputs.get(i).name(), inputs.get(i));
    }
    for (Net.Node node : net.nodes) {
      double[][] z = new double[x.length][node.width()];
      if (node.kind() == Net.Kind.DROPOUT) {
        masks.put(node.name(), mask(node, x.length));
      }
      for (int r = 0; r < x.length; r++) {
        switch (node.kind()) {
          case LINEAR -> linear(node, values.get(node.from().get(0))[r], z[r]);
          case ADD -> {
            for (String from : node.from()) {
              for (int i = 0; i < z[r].length; i++) {
                z[r][i] += values.get(from)[r][i];
              }
            }
          }
          case MUL -> {
            for (int i = 0; i < z[r].length; i++) {
              z[r][i] = product(node, r, i, -1);
            }
          }
          case DROPOUT -> {
            double[] from = values.get(node.from().get(0))[r];
            for (int i = 0; i < z[r].length; i++) {
              z[r][i] = from[i] * masks.get(node.name())[r][i];
            }
          }
          case CONCAT -> {
            int at = 0;
            for (String from : node.from()) {
              for (double value : values.get(from)[r]) {
                z[r][at++] = value;
              }
            }
          }
          case PRELU -> {
            double[] from = values.get(node.from().get(0))[r];
            for (int i = 0; i < z[r].length; i++) {
              z[r][i] = from[i] > 0 ? from[i] : slope(node, i) * from[i];
            }
          }
          case ACTIVATE, FLATTEN -> z[r] = values.get(node.from().get(0))[r].clone();
          case EMBEDDING -> embedding(node, values.get(node.from().get(0))[r], z[r]);
          case LAYER_NORM -> layerNorm(node, values.get(node.from().get(0))[r], z[r]);
          case NORMALIZATION -> {
            for (int i = 0; i < z[r].length; i++) {
              double value = values.get(node.from().get(0))[r][i];
              z[r][i] = (value - buffer(node, "mean", i)) / buffer(node, "std", i);
            }
          }
          case BATCH_NORM -> batchNorm(node, values.get(node.from().get(0)), r, z[r]);
        }
      }
      before.put(node.name(), z);
      double[][] y = new double[z.length][];
      for (int r = 0; r < z.length; r++) {
        y[r] = ActivationFormula.values(node.activation(), z[r]);
      }
      values.put(node.name(), y);
    }
    return output();
  }

  private double[][] mask(Net.Node node, int rows) {
    Tensor draws = generator.rand(DType.FLOAT64, rows, node.width());
    double[][] mask = new double[rows][node.width()];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < node.width(); i++) {
        mask[r][i] = draws.get(r, i) < 1 - node.p() ? 1 / (1 - node.p()) : 0;
      }
    }
    return mask;
  }

  private double[][] output() {
    return values.get(net.nodes.get(net.nodes.size() - 1).name());
  }

  /** The product of all operands but one. */
  private double product(Net.Node node, int r, int i, int without) {
    double product = 1;
    for (int k = 0; k < node.from().size(); k++) {
      product *= k == without ? 1 : values.get(node.from().get(k))[r][i];
    }
    return product;
  }

  private void linear(Net.Node node, double[] x, double[] z) {
    Tensor w = parameters.get(node.name() + ".weight");
    for (int o = 0; o < z.length; o++) {
      z[o] = node.bias() ? parameters.get(node.name() + ".bias").get(o) : 0;
      for (int i = 0; i < x.length; i++) {
        z[o] += w.get(o, i) * x[i];
      }
    }
  }

  private void embedding(Net.Node node, double[] indices, double[] z) {
    Tensor w = parameters.get(node.name() + ".weight");
    int dim = z.length / indices.length;
    for (int i = 0; i < z.length; i++) {
      z[i] = w.get((int) indices[i / dim], i % dim);
    }
  }

  private void throughEmbedding(Net.Node node, double[][] g) {
    double[][] indices = values.get(node.from().get(0));
    int dim = (int) node.p();
    double[] dw = new double[parameters.get(node.name() + ".weight").size()];
    for (int r = 0; r < g.length; r++) {
      for (int i = 0; i < g[r].length; i++) {
        dw[(int) indices[r][i / dim] * dim + i % dim] += g[r][i];
      }
    }
    parameterGradients.put(node.name() + ".weight", dw);
  }

  private double slope(Net.Node node, int i) {
    return parameters.get(node.name() + ".weight").get(slopeIndex(node, i));
  }

  private static int slopeIndex(Net.Node node, int i) {
    return node.bias() ? channel(node, i) : 0;
  }

  /** The channel of a value of a layer. */
  private static int channel(Net.Node node, int i) {
    return i / (node.width() / node.channels());
  }

  private void layerNorm(Net.Node node, double[] x, double[] z) {
    double[] normalized = NormFormula.normalized(x);
    for (int i = 0; i < z.length; i++) {
      z[i] = parameter(node, "weight", i, 1) * normalized[i] + parameter(node, "bias", i, 0);
    }
  }

  private void batchNorm(Net.Node node, double[][] x, int r, double[] z) {
    int length = z.length / node.channels();
    for (int c = 0; c < node.channels(); c++) {
      double[] normalized = NormFormula.normalized(ofChannel(x, c, length));
      for (int p = 0; p < length; p++) {
        z[c * length + p] = parameter(node, "weight", c, 1) * normalized[r * length + p]
            + parameter(node, "bias", c, 0);
      }
    }
  }

  /** The values of a channel of all samples. */
  private static double[] ofChannel(double[][] x, int c, int length) {
    return Arrays.stream(x)
        .flatMapToDouble(row -> Arrays.stream(row, c * length, (c + 1) * length))
        .toArray();
  }

  private double buffer(Net.Node node, String name, int i) {
    return parameters.get(node.name() + "." + name).get(channel(node, i));
  }

  private double parameter(Net.Node node, String name, int i, double otherwise) {
    return node.bias() ? parameters.get(node.name() + "." + name).get(i) : otherwise;
  }

  /** The loss of the last forward. */
  double loss(Batch batch) {
    double sum = 0;
    for (int r = 0; r < batch.targets().length; r++) {
      sum += row(batch, r, new double[net.outputs()]);
    }
    return sum / divisor(batch);
  }

  /** The gradient of the loss by the outputs. */
  double[][] lossGradient(Batch batch) {
    double[][] g = new double[batch.targets().length][net.outputs()];
    for (int r = 0; r < g.length; r++) {
      row(batch, r, g[r]);
      for (int o = 0; o < g[r].length; o++) {
        g[r][o] /= divisor(batch);
      }
    }
    return g;
  }

  private double row(Batch batch, int r, double[] g) {
    Integer label = batch.labels() == null ? null : batch.labels()[r];
    return net.lossFormula().row(output()[r], batch.targets()[r], label, g);
  }

  private double divisor(Batch batch) {
    return net.lossFormula().divisor(batch.targets().length, net.outputs(), batch.labels());
  }

  /** Takes the gradient of the outputs back to the parameters; gives those of the inputs, by name. */
  Map<String, double[][]> backward(double[][] outputGradient) {
    int n = outputGradient.length;
    gradients.clear();
    net.inputs.forEach(input -> gradients.put(input.name(), new double[n][input.width()]));
    net.nodes.forEach(node -> gradients.put(node.name(), new double[n][node.width()]));
    add(outputGradient, gradients.get(net.nodes.get(net.nodes.size() - 1).name()));
    List<Net.Node> nodes = net.nodes;
    for (int k = nodes.size() - 1; k >= 0; k--) {
      Net.Node node = nodes.get(k);
      double[][] g = throughActivation(node);
      switch (node.kind()) {
        case LINEAR -> throughLinear(node, g);
        case EMBEDDING -> throughEmbedding(node, g);
        case ADD, ACTIVATE, FLATTEN -> node.from().forEach(from -> add(g, gradients.get(from)));
        case MUL -> throughMul(node, g);
        case PRELU -> throughPRelu(node, g);
        case DROPOUT -> {
          double[][] target = gradients.get(node.from().get(0));
          for (int r = 0; r < n; r++) {
            for (int i = 0; i < target[r].length; i++) {
              target[r][i] += g[r][i] * masks.get(node.name())[r][i];
            }
          }
        }
        case CONCAT -> {
          int at = 0;
          for (String from : node.from()) {
            double[][] target = gradients.get(from);
            for (int r = 0; r < n; r++) {
              for (int i = 0; i < target[r].length; i++) {
                target[r][i] += g[r][at + i];
              }
            }
            at += target[0].length;
          }
        }
        case LAYER_NORM -> throughLayerNorm(node, g);
        case BATCH_NORM -> throughBatchNorm(node, g);
        case NORMALIZATION -> {
          for (int r = 0; r < n; r++) {
            for (int i = 0; i < node.width(); i++) {
              gradients.get(node.from().get(0))[r][i] += g[r][i] / buffer(node, "std", i);
            }
          }
        }
      }
    }
    return gradients;
  }

  private double[][] throughActivation(Net.Node node) {
    double[][] dy = gradients.get(node.name());
    double[][] dz = new double[dy.length][node.width()];
    for (int r = 0; r < dy.length; r++) {
      double[] z = before.get(node.name())[r];
      double[] y = values.get(node.name())[r];
      for (int j = 0; j < z.length; j++) {
        for (int i = 0; i < z.length; i++) {
          dz[r][j] += dy[r][i] * ActivationFormula.derivative(node.activation(), z, y, i, j);
        }
      }
    }
    return dz;
  }

  private void throughMul(Net.Node node, double[][] g) {
    for (int k = 0; k < node.from().size(); k++) {
      double[][] dx = gradients.get(node.from().get(k));
      for (int r = 0; r < g.length; r++) {
        for (int i = 0; i < node.width(); i++) {
          dx[r][i] += g[r][i] * product(node, r, i, k);
        }
      }
    }
  }

  private void throughLinear(Net.Node node, double[][] g) {
    Tensor w = parameters.get(node.name() + ".weight");
    double[][] x = values.get(node.from().get(0));
    double[][] dx = gradients.get(node.from().get(0));
    int in = x[0].length;
    double[] dw = new double[node.width() * in];
    double[] db = new double[node.width()];
    for (int r = 0; r < g.length; r++) {
      for (int o = 0; o < node.width(); o++) {
        db[o] += g[r][o];
        for (int i = 0; i < in; i++) {
          dw[o * in + i] += g[r][o] * x[r][i];
          dx[r][i] += g[r][o] * w.get(o, i);
        }
      }
    }
    parameterGradients.put(node.name() + ".weight", dw);
    if (node.bias()) {
      parameterGradients.put(node.name() + ".bias", db);
    }
  }

  private void throughPRelu(Net.Node node, double[][] g) {
    double[][] x = values.get(node.from().get(0));
    double[][] dx = gradients.get(node.from().get(0));
    double[] dw = new double[node.bias() ? node.channels() : 1];
    for (int r = 0; r < g.length; r++) {
      for (int i = 0; i < node.width(); i++) {
        boolean above = x[r][i] > 0;
        dx[r][i] += above ? g[r][i] : slope(node, i) * g[r][i];
        dw[slopeIndex(node, i)] += above ? 0 : x[r][i] * g[r][i];
      }
    }
    parameterGradients.put(node.name() + ".weight", dw);
  }

  private void throughLayerNorm(Net.Node node, double[][] g) {
    double[][] x = values.get(node.from().get(0));
    double[][] dx = gradients.get(node.from().get(0));
    int n = node.width();
    double[] dw = new double[n];
    double[] db = new double[n];
    for (int r = 0; r < g.length; r++) {
      double[] normalized = NormFormula.normalized(x[r]);
      double[][] slopes = NormFormula.derivatives(x[r]);
      for (int j = 0; j < n; j++) {
        dw[j] += g[r][j] * normalized[j];
        db[j] += g[r][j];
        for (int i = 0; i < n; i++) {
          dx[r][i] += g[r][j] * parameter(node, "weight", j, 1) * slopes[j][i];
        }
      }
    }
    if (node.bias()) {
      parameterGradients.put(node.name() + ".weight", dw);
      parameterGradients.put(node.name() + ".bias", db);
    }
  }

  private void throughBatchNorm(Net.Node node, double[][] g) {
    double[][] x = values.get(node.from().get(0));
    double[][] dx = gradients.get(node.from().get(0));
    int length = node.width() / node.channels();
    double[] dw = new double[node.channels()];
    double[] db = new double[node.channels()];
    for (int c = 0; c < node.channels(); c++) {
      double[] of = ofChannel(x, c, length);
      double[] dy = ofChannel(g, c, length);
      double[] normalized = NormFormula.normalized(of);
      double[][] slopes = NormFormula.derivatives(of);
      for (int j = 0; j < of.length; j++) {
        dw[c] += dy[j] * normalized[j];
        db[c] += dy[j];
        for (int i = 0; i < of.length; i++) {
          dx[i / length][c * length + i % length] +=
              dy[j] * parameter(node, "weight", c, 1) * slopes[j][i];
        }
      }
    }
    if (node.bias()) {
      parameterGradients.put(node.name() + ".weight", dw);
      parameterGradients.put(node.name() + ".bias", db);
    }
  }

  private static void add(double[][] from, double[][] to) {
    for (int r = 0; r < from.length; r++) {
      for (int i = 0; i < from[r].length; i++) {
        to[r][i] += from[r][i];
      }
    }
  }
}
