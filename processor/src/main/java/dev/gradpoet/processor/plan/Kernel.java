package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.Optional;

/** A piece of generated code that reads and writes buffers: one method. */
public sealed interface Kernel {

  /** The layer it comes from. */
  String layer();

  /** The buffers that it reads. */
  List<Buffer> reads();

  /** The buffer that it writes; none if it writes parameters' gradients or copies. */
  Optional<Buffer> writes();

  /** The derivative that it applies to each row of what it writes. */
  default Optional<Derivative> derivativeOfRows() {
    return Optional.empty();
  }

  /** The result for this kind of kernel. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of kernel. */
  interface Cases<T> {
    T product(Product kernel);

    T sum(Sum kernel);

    T join(Join kernel);

    T activationGradient(ActivationGradient kernel);

    T weightGradient(WeightGradient kernel);

    T biasGradient(BiasGradient kernel);

    T transpose(Transpose kernel);

    T inputGradient(InputGradient kernel);

    T sumGradient(SumGradient kernel);

    T joinGradient(JoinGradient kernel);
  }

  /**
   * An activation applied to each row as soon as it is computed.
   *
   * @param function the activation
   * @param output where it goes; the kernel's own output where nothing reads that again
   */
  record Epilogue(ActivationOp function, Buffer output) {}

  /**
   * The derivative of an activation applied to each row of a gradient as soon as it is complete.
   *
   * @param function the activation
   * @param kept the value that the derivative reads
   */
  record Derivative(ActivationOp function, Buffer kept) {}

  /** {@code y = f(x W^T + b)}. */
  record Product(
      LinearParameters parameters,
      SumOrder order,
      Buffer input,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements Kernel {
    @Override
    public String layer() {
      return parameters.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(output);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.product(this);
    }
  }

  /** {@code y = f(a + b + ...)}. */
  record Sum(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue) implements Kernel {
    @Override
    public String layer() {
      return output.layer();
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(output);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.sum(this);
    }
  }

  /** {@code y = f([a, b, ...])}. */
  record Join(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue) implements Kernel {
    @Override
    public String layer() {
      return output.layer();
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(output);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.join(this);
    }
  }

  /** {@code dx = f'(..) dy} in place, where the gradient comes from outside: the output of the network. */
  record ActivationGradient(Buffer gradient, Derivative derivative) implements Kernel {
    @Override
    public Optional<Derivative> derivativeOfRows() {
      return Optional.of(derivative);
    }

    @Override
    public String layer() {
      return gradient.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, derivative.kept());
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activationGradient(this);
    }
  }

  /**
   * {@code D = D + factor dy^T x}: for a gradient, D is that of the weight and factor 1; for plain stochastic gradient descent, which keeps no
   * gradient, D is the weight itself and factor the negative learning rate.
   */
  record WeightGradient(LinearParameters parameters, Buffer input, Buffer gradient)
      implements Kernel {
    @Override
    public String layer() {
      return parameters.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input, gradient);
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.empty();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.weightGradient(this);
    }
  }

  /** {@code D = D + factor sum dy}, as {@link WeightGradient} for the bias. */
  record BiasGradient(LinearParameters parameters, Buffer gradient) implements Kernel {
    @Override
    public String layer() {
      return parameters.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.empty();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.biasGradient(this);
    }
  }

  /** Refreshes the transposed copy of a weight, for the input gradient that follows. */
  record Transpose(LinearParameters parameters) implements Kernel {
    @Override
    public String layer() {
      return parameters.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of();
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.empty();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.transpose(this);
    }
  }

  /**
   * {@code dx = dy W}, set or added.
   *
   * @param first whether the gradient is set; else it is added to
   * @param transposed whether the transposed copy of the weight is read
   * @param derivative of the activation whose gradient is complete with this kernel
   */
  record InputGradient(
      LinearParameters parameters,
      SumOrder order,
      Buffer gradient,
      Buffer target,
      boolean first,
      boolean transposed,
      Optional<Derivative> derivative)
      implements Kernel {
    @Override
    public Optional<Derivative> derivativeOfRows() {
      return derivative;
    }

    @Override
    public String layer() {
      return parameters.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(target);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.inputGradient(this);
    }
  }

  /** {@code dx = dy} for an operand of a sum, set or added. */
  record SumGradient(Buffer gradient, Buffer target, boolean first, Optional<Derivative> derivative)
      implements Kernel {
    @Override
    public Optional<Derivative> derivativeOfRows() {
      return derivative;
    }

    @Override
    public String layer() {
      return gradient.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(target);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.sumGradient(this);
    }
  }

  /** {@code dx = dy[offset .. offset + width)} for an operand of a join, set or added. */
  record JoinGradient(
      Buffer gradient, int offset, Buffer target, boolean first, Optional<Derivative> derivative)
      implements Kernel {
    @Override
    public Optional<Derivative> derivativeOfRows() {
      return derivative;
    }

    @Override
    public String layer() {
      return gradient.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(target);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.joinGradient(this);
    }
  }
}
