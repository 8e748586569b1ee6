package dev.gradpoet.processor.twin;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import java.util.List;

/** The source of a class that trains a network and asks it, by the methods of arrays, which are those that allocate nothing. */
final class Workload {

  /** What the class does, by its number. */
  enum Move {
    STEP,
    EVALUATE,
    FORWARD,
    ROW
  }

  private static final int ROWS = 32;

  /** Rows that fill no tile. */
  private static final int FEWER = 5;

  private Workload() {}

  static String qualifiedName(Net net) {
    return net.qualifiedName() + "Workload";
  }

  /** The class: a consumer of the numbers of {@link Move}s. */
  static String source(Net net) {
    boolean classes = net.loss() == Loss.CROSS_ENTROPY || net.loss() == Loss.NLL;
    String type = net.dtype() == DType.FLOAT64 ? "double" : "float";
    String array = net.dtype() == DType.FLOAT64 ? "toDoubleArray()" : "toFloatArray()";
    String network = net.name + "Network";
    String targets = classes
        ? "int[] y = g.randint(0, " + net.outputs() + ", " + ROWS + ").toIntArray();\n"
        : type + "[] y = g.rand(" + ROWS * net.outputs() + ").to(dev.gradpoet.DType." + net.dtype()
            + ")." + array + ";\n";
    return "package twin;\nimport dev.gradpoet.runtime.*;\n"
        + "public final class " + net.name
        + "Workload implements java.util.function.IntConsumer {\n"
        + "  private final Generator g = new Generator().manualSeed(1);\n"
        + "  private final " + network + " net = new " + network + "(g);\n"
        + "  private final " + network + ".Trainer trainer =\n"
        + "      net.trainer(" + optimizer(net) + ", " + ROWS + ");\n"
        + "  private final " + network + ".Predictor predictor = net.predictor();\n"
        + "  private final " + type + "[] x = g.randn(dev.gradpoet.DType." + net.dtype() + ", "
        + ROWS * net.width() + ")." + array + ";\n"
        + "  private final " + type + "[] row = java.util.Arrays.copyOf(x, " + net.width() + ");\n"
        + "  private final " + type + "[] out = new " + type + "[" + ROWS * net.outputs() + "];\n"
        + "  private final " + type + "[] outOfRow = new " + type + "[" + net.outputs() + "];\n"
        + "  private final " + targets
        + "  @Override public void accept(int move) {\n    switch (move) {\n"
        + "      case 0:\n" + (net.loss() == Loss.NONE ? moves() : steps()) + "        break;\n"
        + "      case 1:\n"
        + (net.loss() == Loss.NONE ? "" : "        trainer.evaluate(x, " + ROWS + ", y);\n")
        + "        break;\n"
        + "      case 2:\n        predictor.forward(x, out);\n        break;\n"
        + "      default:\n        predictor.forward(row, outOfRow);\n        break;\n"
        + "    }\n  }\n}\n";
  }

  /** One of all kinds, by the name of the network. */
  private static String optimizer(Net net) {
    List<String> optimizers = List.of(
        "Sgd.of(1e-6).momentum(0.9).weightDecay(0.1)",
        "Adam.of(1e-6).amsgrad(true).weightDecay(0.1)",
        "AdamW.of(1e-6)",
        "RmsProp.of(1e-6).centered(true).momentum(0.9)",
        "Adagrad.of(1e-6).weightDecay(0.1)");
    return optimizers.get(Math.floorMod(net.name.hashCode(), optimizers.size()));
  }

  private static String steps() {
    return "        trainer.step(x, y);\n        trainer.step(x, " + FEWER + ", y);\n";
  }

  private static String moves() {
    return "        trainer.zeroGrad();\n        trainer.forward(x);\n        trainer.backward(y);\n        trainer.update();\n";
  }
}
