package dev.gradpoet.processor.graph;

import static dev.gradpoet.processor.graph.Expr.Variable.G;
import static dev.gradpoet.processor.graph.Expr.Variable.X;
import static dev.gradpoet.processor.graph.Expr.Variable.Y;
import static dev.gradpoet.processor.graph.Expr.number;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.graph.Expr.Call;
import dev.gradpoet.processor.graph.Expr.Function;
import dev.gradpoet.processor.graph.Expr.IfNotPositive;
import java.util.Optional;

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

  /** The operation of an activation; none for the identity. */
  static Optional<ActivationOp> of(Activation activation) {
    return switch (activation) {
      case IDENTITY -> Optional.empty();
      case RELU ->
        elementwise("relu", X.max(number(0)), Reads.OUTPUT, new IfNotPositive(Y, number(0), G));
      case SIGMOID ->
        elementwise(
            "sigmoid",
            new Call(Function.SIGMOID, X),
            Reads.OUTPUT,
            G.times(number(1).minus(Y)).times(Y));
      case TANH ->
        elementwise(
            "tanh", new Call(Function.TANH, X), Reads.OUTPUT, G.times(number(1).minus(Y.times(Y))));
      case SOFTMAX -> Optional.of(new Softmax());
    };
  }

  private static Optional<ActivationOp> elementwise(
      String name, Expr value, Reads reads, Expr gradient) {
    return Optional.of(new Elementwise(name, value, reads, gradient));
  }
}
