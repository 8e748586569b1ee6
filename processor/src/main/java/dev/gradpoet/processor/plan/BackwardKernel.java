package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A kernel of the backward pass. */
public sealed interface BackwardKernel extends Kernel {

  /** The derivative that it applies to each row of what it writes. */
  default Optional<Derivative> derivative() {
    return Optional.empty();
  }

  @Override
  default List<Requirement> requires() {
    return derivative().map(next -> next.requirement(false)).stream().toList();
  }

  @Override
  default Optional<Buffer> writes() {
    return Optional.empty();
  }

  /** The result for this kind of kernel. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of backward kernel. */
  interface Cases<T> {
    T activationGradient(ActivationGradient kernel);

    T weightGradient(WeightGradient kernel);

    T biasGradient(BiasGradient kernel);

    T transpose(Transpose kernel);

    T linearGradient(LinearGradient kernel);

    T addGradient(AddGradient kernel);

    T concatGradient(ConcatGradient kernel);

    T dropoutGradient(DropoutGradient kernel);
  }

  /** {@code dx = f'(..) dy} in place, where the gradient comes from outside: the output of the network. */
  record ActivationGradient(Buffer gradient, Derivative applied) implements BackwardKernel {
    @Override
    public Optional<Derivative> derivative() {
      return Optional.of(applied);
    }

    @Override
    public List<Requirement> requires() {
      return List.of(applied.requirement(true));
    }

    @Override
    public String layer() {
      return gradient.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, applied.kept());
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
  record WeightGradient(Parameter weight, Buffer input, Buffer gradient) implements BackwardKernel {
    @Override
    public String layer() {
      return weight.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.weightGradient(this);
    }
  }

  /** {@code D = D + factor sum dy}, as {@link WeightGradient} for the bias. */
  record BiasGradient(Parameter bias, Buffer gradient) implements BackwardKernel {
    @Override
    public String layer() {
      return bias.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.biasGradient(this);
    }
  }

  /** Refreshes the transposed copy of a weight, for the input gradient that follows. */
  record Transpose(Parameter weight) implements BackwardKernel {
    @Override
    public String layer() {
      return weight.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.transpose(this);
    }
  }

  /**
   * {@code dx = dy W}, set or accumulated.
   *
   * @param first whether the gradient is set; else it is accumulated
   * @param transposed whether the transposed copy of the weight is read
   * @param derivative of the activation whose gradient is complete with this kernel
   */
  record LinearGradient(
      Parameter weight,
      SumOrder order,
      Buffer gradient,
      Buffer target,
      boolean first,
      boolean transposed,
      Optional<Derivative> derivative)
      implements BackwardKernel {

    /** Whether its sums have their chains in lanes; else in blocks. */
    public boolean isInLanes() {
      return order.kind() == SumOrder.Kind.LANES;
    }

    @Override
    public Optional<SumOrder> sumOrder() {
      return Optional.of(order);
    }

    @Override
    public List<Requirement> requires() {
      Requirement product =
          isInLanes() ? new Requirement.DotProducts() : new Requirement.Product(order, !first);
      return Stream.concat(
              Stream.of(product), derivative.map(next -> next.requirement(!isInLanes())).stream())
          .toList();
    }

    @Override
    public String layer() {
      return weight.layer();
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
      return cases.linearGradient(this);
    }
  }

  /** {@code dx = dy} for an operand of an addition, set or accumulated. */
  record AddGradient(Buffer gradient, Buffer target, boolean first, Optional<Derivative> derivative)
      implements BackwardKernel {
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
      return cases.addGradient(this);
    }
  }

  /** {@code dx = dy[offset .. offset + width)} for an operand of a concatenation, set or accumulated. */
  record ConcatGradient(
      Buffer gradient, int offset, Buffer target, boolean first, Optional<Derivative> derivative)
      implements BackwardKernel {
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
      return cases.concatGradient(this);
    }
  }

  /** {@code dx = dy * mask}, set or accumulated. */
  record DropoutGradient(
      Buffer gradient, Buffer mask, Buffer target, boolean first, Optional<Derivative> derivative)
      implements BackwardKernel {
    @Override
    public String layer() {
      return gradient.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, mask);
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(target);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropoutGradient(this);
    }
  }
}
