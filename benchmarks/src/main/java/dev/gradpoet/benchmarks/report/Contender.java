package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;

/** What is measured side by side. */
public enum Contender {
  /** Gradpoet with vector kernels. */
  GRADPOET("Gradpoet"),
  /** Gradpoet without the Vector API. */
  PLAIN("plain kernels"),
  /** The C twin of a stack of linear layers. */
  GCC("gcc"),
  /** ONNX Runtime. */
  ONNX_RUNTIME("ONNX Runtime"),
  /** DJL with PyTorch. */
  DJL("DJL + PyTorch"),
  /** The same, where MKL, which multiplies matrices for it, takes its slower code. */
  DJL_AVX512("DJL + PyTorch, AVX-512");

  /** The C twin computes row by row, which is fair for many rows only if they find the weights in the cache. */
  private static final int IN_THE_L1_CACHE = 8192;

  /** The weights of a stack whose time is that of its products. */
  private static final int WIDE = 100_000;

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** The name in tables. */
  public String title() {
    return title;
  }

  /** Whether this contender does a task. ONNX Runtime only infers, and DJL cannot read the models of others. */
  boolean does(Task task) {
    return switch (this) {
      case GRADPOET -> true;
      case PLAIN -> task.threads() == 1 && !task.isLarge();
      case GCC ->
        task.kind() != Kind.STEP
            && task.threads() == 1
            && weights(task.shape()) > 0
            && (task.kind() == Kind.ONE_ROW || weights(task.shape()) <= IN_THE_L1_CACHE);
      case ONNX_RUNTIME -> task.kind() != Kind.STEP;
      case DJL -> task.shape().model().isEmpty();
      case DJL_AVX512 -> task.kind() != Kind.ONE_ROW && weights(task.shape()) >= WIDE;
    };
  }

  /** Those of a stack of linear layers, 0 for another network. */
  private static int weights(Shape shape) {
    int weights = 0;
    for (int i = 1; i < shape.widths().size(); i++) {
      weights += shape.widths().get(i - 1) * shape.widths().get(i);
    }
    return weights;
  }
}
