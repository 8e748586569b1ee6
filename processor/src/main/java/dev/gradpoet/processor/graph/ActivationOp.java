package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.validate.ValidActivation;
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

  /** The operation of an activation; none for the identity. */
  static Optional<ActivationOp> of(ValidActivation activation) {
    return switch (activation.function()) {
      case IDENTITY -> Optional.empty();
      case RELU -> Optional.of(Activations.relu());
      case LEAKY_RELU -> Optional.of(Activations.leakyRelu(activation.negativeSlope()));
      case ELU -> Optional.of(Activations.elu(activation.alpha()));
      case SELU -> Optional.of(Activations.selu());
      case CELU -> Optional.of(Activations.celu(activation.alpha()));
      case GELU -> Optional.of(Activations.gelu());
      case GELU_TANH -> Optional.of(Activations.geluTanh());
      case SILU -> Optional.of(Activations.silu());
      case MISH -> Optional.of(Activations.mish());
      case SIGMOID -> Optional.of(Activations.sigmoid());
      case LOG_SIGMOID -> Optional.of(Activations.logSigmoid());
      case HARD_SIGMOID -> Optional.of(Activations.hardSigmoid());
      case HARD_SWISH -> Optional.of(Activations.hardSwish());
      case HARD_TANH ->
        Optional.of(Activations.hardTanh("hardTanh", activation.minVal(), activation.maxVal()));
      case RELU6 -> Optional.of(Activations.hardTanh("relu6", 0, 6));
      case SOFTPLUS -> Optional.of(Activations.softplus(activation.beta(), activation.threshold()));
      case SOFTSIGN -> Optional.of(Activations.softsign());
      case TANH -> Optional.of(Activations.tanh());
      case SOFTMAX -> Optional.of(new Softmax());
      case LOG_SOFTMAX -> Optional.of(new LogSoftmax());
    };
  }
}
