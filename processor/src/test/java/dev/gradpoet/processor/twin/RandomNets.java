package dev.gradpoet.processor.twin;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Seeded random declarations: 1 to 6 layers with norms and element-wise layers between them, widths 1 to 70, any edges, activations, losses and options. */
final class RandomNets {

  private static final int MOST_LAYERS = 6;
  private static final int WIDEST = 70;

  /** The activations whose slope jumps at 0. */
  private static final Set<Activation> BENT =
      EnumSet.of(Activation.RELU, Activation.LEAKY_RELU, Activation.SELU, Activation.RELU6);

  private final Random random;

  /** Decides about norms, which come in between, so that the other layers are what they are without them. */
  private final Random norms;

  /** Decides about element-wise layers in the same way. */
  private final Random elementwise;

  /** Decides about batch norms in the same way. */
  private final Random batchNorms;

  private RandomNets(long seed) {
    random = new Random(seed);
    norms = new Random(~seed);
    elementwise = new Random(seed + 1);
    batchNorms = new Random(seed + 2);
  }

  static List<Net> of(int count, long seed) {
    RandomNets nets = new RandomNets(seed);
    List<Net> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(nets.net("Random" + i));
    }
    return all;
  }

  private Net net(String name) {
    Net net = Net.of(name, width());
    net.dtype(random.nextInt(3) == 0 ? DType.FLOAT32 : DType.FLOAT64);
    int layers = 1 + random.nextInt(MOST_LAYERS);
    // Every layer is read by the one after it, so none is lost; a merge may read any others beside
    // it.
    net.node(Net.Kind.LINEAR, List.of("input"), width(), random.nextBoolean(), activation());
    between(net);
    for (int others = 1; others < layers; others++) {
      layer(net);
      between(net);
    }
    Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
    if (loss == Loss.BCE) {
      net.linear(width(), Activation.SIGMOID);
    }
    return net.loss(formula(loss, net.outputs()));
  }

  private int width() {
    return 1 + random.nextInt(WIDEST);
  }

  private void layer(Net net) {
    String last = net.nodes.get(net.nodes.size() - 1).name();
    switch (random.nextInt(4)) {
      case 0 -> {
        List<String> equal = new ArrayList<>(List.of(last));
        for (String earlier : earlier(net)) {
          if (net.widthOf(earlier) == net.widthOf(last) && random.nextBoolean()) {
            equal.add(earlier);
          }
        }
        equal.add(last);
        net.node(Net.Kind.ADD, equal, net.widthOf(last), false, activation());
      }
      case 1 -> {
        List<String> joined = new ArrayList<>(List.of(last));
        List<String> all = earlier(net);
        joined.add(all.get(random.nextInt(all.size())));
        int width = joined.stream().mapToInt(net::widthOf).sum();
        net.node(Net.Kind.CONCAT, joined, width, false, activation());
      }
      default ->
        net.node(Net.Kind.LINEAR, List.of(last), width(), random.nextBoolean(), activation());
    }
  }

  private void between(Net net) {
    norm(net);
    elementwise(net);
    batchNorm(net);
  }

  private void elementwise(Net net) {
    Net.Node last = net.nodes.get(net.nodes.size() - 1);
    switch (elementwise.nextInt(8)) {
      case 0, 1 -> product(net, last);
      case 3 -> net.prelu(elementwise.nextBoolean(), anyOf(elementwise), last.name());
      case 2 -> net.activate(anyOf(elementwise), last.name());
      default -> {}
    }
  }

  /** At most one of two values a network: products of products are soon too large for a float. */
  private void product(Net net, Net.Node last) {
    if (net.nodes.stream().noneMatch(node -> node.kind() == Net.Kind.MUL)) {
      List<String> others = new ArrayList<>(List.of(last.name()));
      earlier(net).stream().filter(each -> net.widthOf(each) == last.width()).forEach(others::add);
      List<String> operands = List.of(last.name(), others.get(elementwise.nextInt(others.size())));
      net.node(Net.Kind.MUL, operands, last.width(), false, Net.Applied.of(anyOf(elementwise)));
    }
  }

  private static Activation anyOf(Random random) {
    return Activation.values()[random.nextInt(Activation.values().length)];
  }

  private void norm(Net net) {
    if (norms.nextInt(5) == 0) {
      Net.Node last = net.nodes.get(net.nodes.size() - 1);
      net.node(
          Net.Kind.LAYER_NORM,
          List.of(last.name()),
          last.width(),
          norms.nextBoolean(),
          Net.Applied.of(anyOf(norms)));
    }
  }

  /** A value that all samples share is normalized to 0 or, as means are rounded, to nearly 0: so no activation bends there. */
  private void batchNorm(Net net) {
    if (batchNorms.nextInt(6) == 0) {
      Net.Node last = net.nodes.get(net.nodes.size() - 1);
      boolean affine = batchNorms.nextBoolean();
      Activation activation = anyOf(batchNorms);
      net.batchNorm(
          affine, BENT.contains(activation) ? Activation.IDENTITY : activation, last.name());
    }
  }

  /** What a merge may read beside the last layer: all but norms. */
  private static List<String> earlier(Net net) {
    List<String> all = new ArrayList<>(List.of("input"));
    net.nodes.stream()
        .filter(node -> node.kind() != Net.Kind.LAYER_NORM && node.kind() != Net.Kind.BATCH_NORM)
        .forEach(node -> all.add(node.name()));
    return all;
  }

  private Net.Applied activation() {
    Activation function = anyOf(random);
    if (random.nextBoolean()) {
      return Net.Applied.of(function);
    }
    double number = 0.25 * (1 + random.nextInt(8));
    return switch (function) {
      case LEAKY_RELU, ELU, CELU ->
        new Net.Applied(function, number, Net.Applied.of(function).b());
      case HARD_TANH -> new Net.Applied(function, -number, 0.5 * number);
      case SOFTPLUS -> new Net.Applied(function, number, 5 * number);
      default -> Net.Applied.of(function);
    };
  }

  private LossFormula formula(Loss loss, int outputs) {
    Reduction[] reductions = Reduction.values();
    Reduction reduction = reductions[random.nextInt(loss == Loss.KL_DIV ? 4 : 3)];
    boolean classes = loss == Loss.CROSS_ENTROPY || loss == Loss.NLL;
    boolean binary = loss == Loss.BCE || loss == Loss.BCE_WITH_LOGITS;
    boolean sized = loss == Loss.SMOOTH_L1 || loss == Loss.HUBER;
    return new LossFormula(
        loss,
        reduction,
        loss == Loss.CROSS_ENTROPY && random.nextBoolean() ? 0.125 : 0,
        classes && random.nextBoolean() ? outputs : -100,
        classes && random.nextBoolean() ? weights(outputs) : null,
        binary && random.nextBoolean() ? weights(outputs) : null,
        loss == Loss.BCE_WITH_LOGITS && random.nextBoolean() ? weights(outputs) : null,
        sized ? 0.25 * (1 + random.nextInt(8)) : 1,
        loss == Loss.KL_DIV && random.nextBoolean());
  }

  private double[] weights(int outputs) {
    double[] weights = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      weights[o] = 0.25 * (1 + random.nextInt(8));
    }
    return weights;
  }
}
