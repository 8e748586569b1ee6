package dev.gradpoet.processor.twin;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Tensor;
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

  /** By layer: what it computes, before and after its activation, and the gradient of the latter; a row a sample. */
  private final Map<String, double[][]> before = new HashMap<>();

  private final Map<String, double[][]> values = new HashMap<>();
  private final Map<String, double[][]> gradients = new HashMap<>();

  /** The gradients of the parameters, row by row. */
  final Map<String, double[]> parameterGradients = new HashMap<>();

  Interpreter(Net net, Map<String, Tensor> parameters) {
    this.net = net;
    this.parameters = parameters;
  }

  double[][] forward(double[][] x) {
    values.put("input", x);
    for (Net.Node node : net.nodes) {
      double[][] z = new double[x.length][node.width()];
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
          case CONCAT -> {
            int at = 0;
            for (String from : node.from()) {
              for (double value : values.get(from)[r]) {
                z[r][at++] = value;
              }
            }
          }
        }
      }
      before.put(node.name(), z);
      double[][] y = new double[z.length][];
      for (int r = 0; r < z.length; r++) {
        y[r] = activate(node.activation(), z[r]);
      }
      values.put(node.name(), y);
    }
    return output();
  }

  private double[][] output() {
    return values.get(net.nodes.get(net.nodes.size() - 1).name());
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

  private static double[] activate(Activation activation, double[] z) {
    double[] y = new double[z.length];
    double sum = 0;
    for (double each : z) {
      sum += Math.exp(each);
    }
    for (int i = 0; i < z.length; i++) {
      y[i] = switch (activation) {
        case SOFTMAX -> Math.exp(z[i]) / sum;
        case LOG_SOFTMAX -> z[i] - Math.log(sum);
        default -> ActivationFormula.value(activation, z[i]);
      };
    }
    return y;
  }

  /** The derivative of output i by input j. */
  private static double derivative(Activation activation, double[] z, double[] y, int i, int j) {
    if (activation == Activation.SOFTMAX) {
      return y[i] * ((i == j ? 1 : 0) - y[j]);
    }
    if (activation == Activation.LOG_SOFTMAX) {
      return (i == j ? 1 : 0) - Math.exp(y[j]);
    }
    return i == j ? ActivationFormula.derivative(activation, z[i]) : 0;
  }

  /** The loss of the last forward; a class index is a row of probabilities that has a single 1. */
  double loss(double[][] t) {
    double sum = 0;
    for (int r = 0; r < t.length; r++) {
      double[] x = output()[r];
      double[] p = activate(Activation.SOFTMAX, x);
      for (int o = 0; o < x.length; o++) {
        sum += switch (net.loss()) {
          case NONE -> throw new IllegalStateException();
          case MSE -> (x[o] - t[r][o]) * (x[o] - t[r][o]);
          case BCE -> -t[r][o] * Math.log(x[o]) - (1 - t[r][o]) * Math.log(1 - x[o]);
          case BCE_WITH_LOGITS -> Math.log(1 + Math.exp(x[o])) - t[r][o] * x[o];
          case CROSS_ENTROPY -> -t[r][o] * Math.log(p[o]);
          case L1 -> Math.abs(x[o] - t[r][o]);
          case SMOOTH_L1, HUBER -> {
            double d = Math.abs(x[o] - t[r][o]);
            yield d < 1 ? d * d / 2 : d - 0.5;
          }
          case NLL -> -t[r][o] * x[o];
          case KL_DIV -> t[r][o] * (Math.log(t[r][o]) - x[o]);
        };
      }
    }
    return sum / divisor(t.length);
  }

  private double divisor(int rows) {
    if (net.reduction() == Reduction.SUM || net.reduction() == Reduction.NONE) {
      return 1;
    }
    boolean perRow = net.loss() == Loss.CROSS_ENTROPY || net.loss() == Loss.NLL;
    return perRow || net.reduction() == Reduction.BATCH_MEAN ? rows : rows * net.outputs();
  }

  /** The gradient of the loss by the outputs. */
  double[][] lossGradient(double[][] t) {
    double[][] g = new double[t.length][net.outputs()];
    for (int r = 0; r < t.length; r++) {
      double[] x = output()[r];
      double[] p = activate(Activation.SOFTMAX, x);
      for (int o = 0; o < x.length; o++) {
        double each = switch (net.loss()) {
          case NONE -> throw new IllegalStateException();
          case MSE -> 2 * (x[o] - t[r][o]);
          case BCE -> -t[r][o] / x[o] + (1 - t[r][o]) / (1 - x[o]);
          case BCE_WITH_LOGITS -> 1 / (1 + Math.exp(-x[o])) - t[r][o];
          case L1 -> Math.signum(x[o] - t[r][o]);
          case SMOOTH_L1, HUBER -> {
            double d = x[o] - t[r][o];
            yield Math.abs(d) < 1 ? d : Math.signum(d);
          }
          case NLL, KL_DIV -> -t[r][o];
          case CROSS_ENTROPY -> {
            double sum = 0;
            for (int c = 0; c < x.length; c++) {
              sum -= t[r][c] * ((c == o ? 1 : 0) - p[o]);
            }
            yield sum;
          }
        };
        g[r][o] = each / divisor(t.length);
      }
    }
    return g;
  }

  /** Takes the gradient of the outputs back to the parameters; gives that of the input. */
  double[][] backward(double[][] outputGradient) {
    int n = outputGradient.length;
    gradients.clear();
    gradients.put("input", new double[n][net.inputs]);
    net.nodes.forEach(node -> gradients.put(node.name(), new double[n][node.width()]));
    add(outputGradient, gradients.get(net.nodes.get(net.nodes.size() - 1).name()));
    List<Net.Node> nodes = net.nodes;
    for (int k = nodes.size() - 1; k >= 0; k--) {
      Net.Node node = nodes.get(k);
      double[][] g = throughActivation(node);
      switch (node.kind()) {
        case LINEAR -> throughLinear(node, g);
        case ADD -> node.from().forEach(from -> add(g, gradients.get(from)));
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
      }
    }
    return gradients.get("input");
  }

  private double[][] throughActivation(Net.Node node) {
    double[][] dy = gradients.get(node.name());
    double[][] dz = new double[dy.length][node.width()];
    for (int r = 0; r < dy.length; r++) {
      double[] z = before.get(node.name())[r];
      double[] y = values.get(node.name())[r];
      for (int j = 0; j < z.length; j++) {
        for (int i = 0; i < z.length; i++) {
          dz[r][j] += dy[r][i] * derivative(node.activation(), z, y, i, j);
        }
      }
    }
    return dz;
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

  private static void add(double[][] from, double[][] to) {
    for (int r = 0; r < from.length; r++) {
      for (int i = 0; i < from[r].length; i++) {
        to[r][i] += from[r][i];
      }
    }
  }
}
