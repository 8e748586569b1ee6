package dev.gradpoet.processor.graph.formula;

/** An activation function: its value and its derivative, declared side by side. */
public sealed interface ActivationOp {

  /** Its name in formulas. */
  String name();

  /** Which of its values the derivative reads. */
  Reads reads();

  /** The result for this kind of activation. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of activation. */
  interface Cases<T> {
    T elementwise(Elementwise op);

    T softmax(Softmax op);

    T logSoftmax(LogSoftmax op);
  }

  /** What a derivative reads: it decides which values are kept for the way back. */
  enum Reads {
    INPUT,
    OUTPUT
  }

  /**
   * A function of each value on its own.
   *
   * @param value {@code y}, from {@code X}
   * @param gradient the gradient with respect to x, from {@code G} and from {@code X} or {@code Y}, as {@code reads} says
   */
  record Elementwise(String name, Expr value, Reads reads, Expr gradient) implements ActivationOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.elementwise(this);
    }
  }

  /** {@code y_i = e^(x_i - max x) / sum_j e^(x_j - max x)}, {@code dx_i = y_i (g_i - sum_j g_j y_j)}. */
  record Softmax() implements ActivationOp {
    @Override
    public String name() {
      return "softmax";
    }

    @Override
    public Reads reads() {
      return Reads.OUTPUT;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.softmax(this);
    }
  }

  /** {@code y_i = x_i - max x - log sum_j e^(x_j - max x)}, {@code dx_i = g_i - e^(y_i) sum_j g_j}. */
  record LogSoftmax() implements ActivationOp {
    @Override
    public String name() {
      return "logSoftmax";
    }

    @Override
    public Reads reads() {
      return Reads.OUTPUT;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.logSoftmax(this);
    }
  }
}
