package dev.gradpoet.processor.twin;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The networks that twins compare, and the way to their generated classes. */
final class Nets {

  private static final Activation[] ACTIVATIONS = Activation.values();

  /** Around each unroll, chain and padding edge. */
  private static final int[] EDGES = {
    1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129
  };

  private Nets() {}

  /** Compiles them all at once. */
  static ClassLoader compile(List<Net> nets) {
    Map<String, String> sources = new LinkedHashMap<>();
    nets.forEach(net -> sources.put(net.qualifiedName(), net.source()));
    return SourceCompiler.process(sources);
  }

  static Model load(ClassLoader loader, Net net, long seed) {
    try {
      return (Model) loader
          .loadClass(net.qualifiedName() + "Network")
          .getConstructor(long.class)
          .newInstance(seed);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Every edge as a number of inputs and of outputs, each beside two others, in both dtypes by turns. */
  static List<Net> edges() {
    List<Net> nets = new ArrayList<>();
    int count = EDGES.length;
    for (int i = 0; i < count; i++) {
      for (int shift : new int[] {0, 3, 11}) {
        int out = EDGES[(i + shift) % count];
        nets.add(Net.of("Edge" + nets.size(), EDGES[i])
            .linear(out, ACTIVATIONS[(i + shift) % ACTIVATIONS.length])
            .linearFrom("l0", EDGES[(i * 7 + shift) % count], i % 2 == 0, Activation.IDENTITY)
            .loss(Loss.MSE, Reduction.MEAN)
            .dtype((i + shift) % 3 == 0 ? DType.FLOAT64 : DType.FLOAT32));
      }
    }
    return nets;
  }

  /** Residuals, branches and joins, each in both dtypes. */
  static List<Net> graphs() {
    List<Net> nets = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      String tag = dtype == DType.FLOAT32 ? "F" : "D";
      nets.add(Net.of("Residual" + tag, 17)
          .linear(17, Activation.RELU)
          .linear(17, Activation.IDENTITY)
          .add(Activation.TANH, "l1", "input")
          .linear(17, Activation.SIGMOID)
          .add(Activation.IDENTITY, "l3", "l2")
          .linear(4, Activation.IDENTITY));
      nets.add(Net.of("Branches" + tag, 9)
          .linear(12, Activation.TANH)
          .linearFrom("l0", 5, true, Activation.RELU)
          .linearFrom("l0", 5, false, Activation.SIGMOID)
          .linearFrom("input", 5, true, Activation.SOFTMAX)
          .add(Activation.IDENTITY, "l1", "l2", "l3")
          .concat(Activation.TANH, "l4", "l0", "input", "l4")
          .linear(3, Activation.IDENTITY));
      nets.add(Net.of("Twice" + tag, 6)
          .linear(8, Activation.SIGMOID)
          .add(Activation.RELU, "l0", "l0")
          .concat(Activation.SOFTMAX, "l1", "l1", "input")
          .linear(2, Activation.IDENTITY));
      nets.add(Net.of("MergedInput" + tag, 5)
          .add(Activation.TANH, "input", "input", "input")
          .concat(Activation.IDENTITY, "l0", "input")
          .linear(4, Activation.TANH));
      nets.add(Net.of("MergeLast" + tag, 7)
          .linear(6, Activation.RELU)
          .linearFrom("input", 6, true, Activation.TANH)
          .add(Activation.SOFTMAX, "l0", "l1"));
      nets.add(Net.of("ConcatLast" + tag, 7)
          .linear(3, Activation.TANH)
          .linearFrom("l0", 4, true, Activation.IDENTITY)
          .concat(Activation.SIGMOID, "l0", "l1", "input"));
      // norms of the input and of the output, one that another contribution accumulates onto
      nets.add(Net.of("Norms" + tag, 19)
          .layerNorm(true, Activation.IDENTITY)
          .linear(19, Activation.GELU)
          .layerNorm(true, Activation.TANH)
          .add(Activation.IDENTITY, "l2", "l1", "l0")
          .layerNorm(false, Activation.SILU)
          .linear(70, Activation.RELU)
          .layerNorm(true, Activation.IDENTITY));
      // no product but one onto what is there, few outputs of several widths
      nets.add(Net.of("OntoOnly" + tag, 64)
          .linear(1, Activation.IDENTITY)
          .concat(Activation.IDENTITY, "l0", "input"));
      nets.add(Net.of("FewAndFew" + tag, 9)
          .linear(4, Activation.GELU)
          .linear(1, Activation.IDENTITY)
          .linear(3, Activation.SOFTMAX));
      Net deep = Net.of("Deep" + tag, 4);
      for (int i = 0; i < 12; i++) {
        deep.linear(4 + i % 3, ACTIVATIONS[i % ACTIVATIONS.length]);
      }
      nets.add(deep.linear(3, Activation.IDENTITY));
      nets.forEach(net -> net.loss(Loss.MSE, Reduction.SUM));
      // the rounding of a sum over that many outputs would drown the slopes
      nets.stream()
          .filter(net -> net.name.matches("(OntoOnly|Norms).*"))
          .forEach(net -> net.loss(Loss.MSE, Reduction.MEAN));
      nets.stream().filter(net -> net.name.endsWith(tag)).forEach(net -> net.dtype(dtype));
    }
    return nets;
  }

  /** Networks of the layers with kernels of their own, kind by kind: dropouts, elementwise layers, batch norms, several inputs with embeddings, normalizations. */
  static List<List<Net>> kindsOfLayers() {
    return List.of(dropouts(), elementwise(), batchNorms(), severalInputs(), normalizations());
  }

  /** The same in one list. */
  static List<Net> layers() {
    return kindsOfLayers().stream().flatMap(List::stream).toList();
  }

  /** Dropout of the input, of a value that is read twice, before an activation, behind a dropout and at the end, in both dtypes. */
  static List<Net> dropouts() {
    List<Net> nets = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      String tag = dtype == DType.FLOAT32 ? "F" : "D";
      nets.add(Net.of("Dropout" + tag, 17)
          .dropout(0.2, Activation.IDENTITY, "input")
          .linear(17, Activation.SIGMOID)
          .dropout(0.4, Activation.GELU, "l1")
          .dropout(0.5, Activation.TANH, "l2")
          .add(Activation.IDENTITY, "l3", "l1", "input")
          .dropout(0.1, Activation.SOFTMAX, "l4")
          .linear(4, Activation.IDENTITY));
      nets.add(Net.of("DropoutLast" + tag, 784)
          .linear(3, Activation.TANH)
          .dropout(0.3, Activation.IDENTITY, "l0"));
      // functions read a row beyond its last value, too
      nets.add(Net.of("DropoutActivated" + tag, 17)
          .dropout(0.3, Activation.TANH, "input")
          .linear(3, Activation.IDENTITY));
      // lanes that read a row beyond its last value, behind a dropout of the input
      nets.add(Net.of("DropoutLanes" + tag, 50)
          .dropout(0.3, Activation.IDENTITY, "input")
          .linear(1, Activation.IDENTITY));
      nets.stream().filter(net -> net.name.endsWith(tag)).forEach(net -> net.dtype(dtype));
    }
    nets.forEach(net -> net.loss(Loss.MSE, Reduction.SUM));
    return nets;
  }

  /** Batch norms of the input, of a value that is read twice, before activations, behind a dropout and at the end, in both dtypes. */
  static List<Net> batchNorms() {
    List<Net> nets = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      String tag = dtype == DType.FLOAT32 ? "F" : "D";
      nets.add(Net.of("BatchNorms" + tag, 17)
          .batchNorm(false, Activation.IDENTITY, "input")
          .linear(17, Activation.GELU)
          .batchNorm(true, Activation.SILU, "l1")
          .add(Activation.IDENTITY, "l2", "l1", "input")
          .dropout(0.2, Activation.IDENTITY, "l3")
          .batchNorm(true, Activation.SOFTMAX, "l4")
          // without a bias, whose gradient is 0 before a batch norm: all of it would be rounding
          .linearFrom("l5", 70, false, Activation.IDENTITY)
          .batchNorm(true, Activation.IDENTITY, "l6"));
      nets.add(Net.of("BatchNormFirst" + tag, 50)
          .batchNorm(true, Activation.TANH, "input")
          .linear(1, Activation.IDENTITY));
      nets.add(Net.of("BatchNormTwice" + tag, 5)
          .linear(16, Activation.IDENTITY)
          .batchNorm(false, Activation.IDENTITY, "l0")
          .batchNorm(false, Activation.SIGMOID, "l1")
          .mul(Activation.IDENTITY, "l1", "l2", "l0"));
      // of signals: of the input, of a value that is read in both orders, of another norm, at the
      // end
      nets.add(Net.ofSignals("BatchNormsOfSignals" + tag, 3, 7)
          .batchNorm(true, Activation.GELU, "input")
          .batchNorm(false, Activation.TANH, "l0")
          .prelu(true, Activation.IDENTITY, "l1")
          .dropout(0.2, Activation.IDENTITY, "l2")
          .batchNorm(true, Activation.SIGMOID, "l3")
          .add(Activation.IDENTITY, "l4", "l0", "input")
          .concat(Activation.IDENTITY, "l5", "l1")
          .batchNorm(true, Activation.SILU, "l6"));
      nets.add(Net.ofSignals("BatchNormsOfWideSignals" + tag, 19, 2)
          .batchNorm(false, Activation.MISH, "input")
          .activate(Activation.SOFTSIGN, "l0")
          .batchNorm(true, Activation.IDENTITY, "l1")
          .flatten("l2")
          .linear(3, Activation.IDENTITY));
      nets.add(Net.ofSignals("BatchNormsOfPoints" + tag, 4, 1)
          .batchNorm(true, Activation.TANH, "input")
          .flatten("l0")
          .linear(2, Activation.IDENTITY));
      nets.stream().filter(net -> net.name.endsWith(tag)).forEach(net -> net.dtype(dtype));
    }
    nets.forEach(net -> net.loss(Loss.MSE, Reduction.MEAN));
    return nets;
  }

  /** Inputs of numbers and of class indices, which one or more layers read, first or later, and one of class indices alone, in both dtypes. */
  static List<Net> severalInputs() {
    List<Net> nets = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      String tag = dtype == DType.FLOAT32 ? "F" : "D";
      nets.add(Net.several("TwoDense" + tag)
          .dense("left", 17)
          .dense("right", 50)
          .linearFrom("left", 33, true, Activation.GELU)
          .linearFrom("right", 1, false, Activation.IDENTITY)
          .activate(Activation.TANH, "right")
          .concat(Activation.IDENTITY, "l0", "l1", "l2", "left")
          .linear(17, Activation.SILU)
          .mul(Activation.IDENTITY, "l4", "left")
          .linear(3, Activation.IDENTITY));
      // few classes, so that each occurs several times
      nets.add(Net.several("NumbersAndClasses" + tag)
          .dense("numbers", 5)
          .indices("categories", 3, 4)
          .indices("regions", 1, 6)
          .embedding(7, Activation.TANH, "categories")
          .flatten(Activation.IDENTITY, "l0")
          .embedding(1, Activation.IDENTITY, "regions")
          .flatten(Activation.GELU, "l2")
          .embedding(18, Activation.IDENTITY, "categories")
          .flatten(Activation.IDENTITY, "l4")
          .concat(Activation.IDENTITY, "l1", "numbers", "l3", "l5", "l1")
          .linear(17, Activation.SOFTMAX)
          .dropout(0.2, Activation.IDENTITY, "l7")
          .linear(2, Activation.IDENTITY));
      nets.add(Net.several("ClassesAlone" + tag)
          .indices("tokens", 5, 3)
          .embedding(16, Activation.SIGMOID, "tokens")
          .flatten(Activation.IDENTITY, "l0")
          .linear(3, Activation.TANH)
          .linear(3, Activation.IDENTITY));
      nets.add(Net.several("DroppedInputs" + tag)
          .dense("a", 20)
          .dense("b", 20)
          .dropout(0.3, Activation.IDENTITY, "a")
          .dropout(0.3, Activation.MISH, "b")
          .add(Activation.IDENTITY, "l0", "l1", "a", "b")
          .batchNorm(true, Activation.IDENTITY, "l2")
          .linear(2, Activation.IDENTITY));
      nets.add(Net.several("NormalizedInputs" + tag)
          .dense("a", 20)
          .indices("categories", 2, 3)
          .dense("b", 5)
          .embedding(4, Activation.IDENTITY, "categories")
          .flatten(Activation.IDENTITY, "l0")
          .normalization(Activation.IDENTITY, "b")
          .normalization(Activation.TANH, "a")
          .concat(Activation.IDENTITY, "l1", "l2", "l3", "a")
          .linear(2, Activation.IDENTITY));
      nets.add(Net.several("SignalsBeside" + tag)
          .signals("signal", 3, 5)
          .dense("numbers", 4)
          .indices("tokens", 5, 3)
          .embedding(3, Activation.IDENTITY, "tokens")
          .batchNorm(true, Activation.TANH, "l0")
          .flatten("l1")
          .normalization(Activation.IDENTITY, "numbers")
          .normalization(Activation.SILU, "signal")
          .batchNorm(false, Activation.IDENTITY, "signal")
          .add(Activation.GELU, "l4", "l5", "signal")
          .flatten("l6")
          .concat(Activation.IDENTITY, "l2", "l3", "l7", "numbers")
          .linear(3, Activation.IDENTITY));
      nets.stream().filter(net -> net.name.endsWith(tag)).forEach(net -> net.dtype(dtype));
    }
    nets.forEach(net -> net.loss(Loss.MSE, Reduction.MEAN));
    return nets;
  }

  /** Normalizations, of an input that other layers read too, of vectors and of signals, in both dtypes. */
  static List<Net> normalizations() {
    List<Net> nets = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      String tag = dtype == DType.FLOAT32 ? "F" : "D";
      nets.add(Net.of("Normalizations" + tag, 17)
          .normalization(Activation.IDENTITY)
          .normalization(Activation.GELU)
          .add(Activation.TANH, "l0", "l1", "input")
          .linear(5, Activation.IDENTITY));
      nets.add(Net.ofSignals("NormalizationsOfSignals" + tag, 3, 6)
          .normalization(Activation.SILU)
          .add(Activation.IDENTITY, "l0", "input")
          .flatten("l1")
          .linear(5, Activation.IDENTITY));
      nets.stream().filter(net -> net.name.endsWith(tag)).forEach(net -> net.dtype(dtype));
    }
    nets.forEach(net -> net.loss(Loss.MSE, Reduction.MEAN));
    return nets;
  }

  /** The parameters and buffers of a network, by PyTorch's names. */
  static Map<String, Tensor> tensors(Model model) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(model.parameters());
    model
        .architecture()
        .layers()
        .forEach(layer ->
            layer.buffers().forEach((name, view) -> tensors.put(layer.name() + "." + name, view)));
    return tensors;
  }

  /** Layers that work value by value: of the input, of values that are read twice, before activations and at the end, in both dtypes. */
  static List<Net> elementwise() {
    List<Net> nets = new ArrayList<>();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      String tag = dtype == DType.FLOAT32 ? "F" : "D";
      nets.add(Net.of("Products" + tag, 17)
          .mul(Activation.TANH, "input", "input", "input")
          .linear(17, Activation.GELU)
          .linearFrom("l0", 17, false, Activation.SIGMOID)
          .mul(Activation.IDENTITY, "l1", "l2")
          .mul(Activation.SILU, "l3", "l0", "l1", "l3")
          .add(Activation.IDENTITY, "l4", "l1", "l0")
          .linear(70, Activation.SOFTSIGN)
          .mul(Activation.SOFTMAX, "l6", "l6"));
      // of functions whose derivatives read what goes in, and of those that read what comes out
      nets.add(Net.of("Activations" + tag, 17)
          .activate(Activation.GELU, "input")
          .activate(Activation.TANH, "l0")
          .linear(18, Activation.SILU)
          .activate(Activation.SOFTMAX, "l2")
          .activate(Activation.IDENTITY, "l2")
          .activate(Activation.SOFTPLUS, "l2")
          .add(Activation.IDENTITY, "l3", "l4", "l5", "l2")
          .linear(33, Activation.IDENTITY)
          .activate(Activation.MISH, "l7"));
      nets.add(Net.of("ActivationsFirstAndLast" + tag, 5)
          .activate(Activation.SIGMOID, "input")
          .linearFrom("input", 5, true, Activation.IDENTITY)
          .add(Activation.GELU, "l0", "l1", "input")
          .activate(Activation.IDENTITY, "l2"));
      nets.add(Net.of("Slopes" + tag, 17)
          .prelu(true, Activation.IDENTITY, "input")
          .linear(17, Activation.IDENTITY)
          .prelu(false, Activation.TANH, "l1")
          .prelu(true, Activation.GELU, "l1")
          .add(Activation.IDENTITY, "l2", "l3", "l1", "l0")
          .linear(70, Activation.TANH)
          .prelu(true, Activation.IDENTITY, "l5")
          .linear(1, Activation.IDENTITY)
          .prelu(true, Activation.IDENTITY, "l7")
          .prelu(false, Activation.IDENTITY, "input")
          .concat(Activation.IDENTITY, "l6", "l8", "l9")
          .prelu(false, Activation.IDENTITY, "l10"));
      nets.stream().filter(net -> net.name.endsWith(tag)).forEach(net -> net.dtype(dtype));
    }
    nets.forEach(net -> net.loss(Loss.MSE, Reduction.MEAN));
    return nets;
  }

  /** Every activation at the output, before every loss that its values suit, with every reduction. */
  static List<Net> losses(DType dtype) {
    List<Net> nets = new ArrayList<>();
    for (Loss loss : Loss.values()) {
      for (Activation activation : ACTIVATIONS) {
        if (!suits(loss, activation)) {
          continue;
        }
        for (Reduction reduction : reductions(loss)) {
          nets.add(Net.of("Loss" + loss + activation + reduction + dtype, 5)
              .linear(6, activation)
              .linear(3, activation)
              .loss(loss, reduction)
              .dtype(dtype));
        }
      }
    }
    return nets;
  }

  /** The same, with the reductions and dtypes by turns. */
  static List<Net> lossesByTurns() {
    List<Net> nets = new ArrayList<>();
    List<Net> singles = losses(DType.FLOAT32);
    List<Net> doubles = losses(DType.FLOAT64);
    for (int i = 0; i < singles.size(); i += 2) {
      nets.add(i % 4 == 0 ? singles.get(i) : doubles.get(i));
    }
    return nets;
  }

  private static boolean suits(Loss loss, Activation activation) {
    return switch (loss) {
      case NONE -> false;
      case BCE ->
        activation == Activation.SIGMOID
            || activation == Activation.SOFTMAX
            || activation == Activation.HARD_SIGMOID;
      case MSE, L1, SMOOTH_L1, HUBER, BCE_WITH_LOGITS, CROSS_ENTROPY, NLL, KL_DIV -> true;
    };
  }

  private static List<Reduction> reductions(Loss loss) {
    List<Reduction> all = new ArrayList<>(List.of(Reduction.values()));
    if (loss != Loss.KL_DIV) {
      all.remove(Reduction.BATCH_MEAN);
    }
    return all;
  }
}
