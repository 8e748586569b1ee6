package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.Optional;

/** The kernels of linear layers. */
public final class LinearKernels {

  private LinearKernels() {}

  /** {@code y = f(x W^T + b)}. */
  public record Linear(
      Parameter weight,
      Optional<Parameter> bias,
      SumOrder order,
      Buffer input,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    /** Whether the chains of its sums are lanes; otherwise they are blocks. */
    public boolean isInLanes() {
      return order.kind() == SumOrder.Kind.LANES;
    }

    @Override
    public long operations() {
      return (long) output.positions() * weight.count();
    }

    @Override
    public boolean readsPadding() {
      return isInLanes();
    }

    @Override
    public Optional<SumOrder> sumOrder() {
      return Optional.of(order);
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          List.of(
              isInLanes() ? new Requirement.DotProducts() : new Requirement.Product(order, false),
              new Requirement.Start(bias.isEmpty())),
          epilogue.map(next -> next.requirement(!isInLanes())));
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linear(this);
    }
  }

  /**
   * {@code dx = dy W}, set or accumulated, for a linear layer.
   *
   * @param first whether the gradient is set; otherwise it is accumulated
   * @param transposed whether the transposed copy of the weight is read
   * @param derivative the derivative of the activation whose gradient this kernel completes
   */
  public record LinearGradient(
      Parameter weight,
      SumOrder order,
      Buffer gradient,
      Buffer target,
      boolean first,
      boolean transposed,
      Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {

    /** Whether the chains of its sums are lanes; otherwise they are blocks. */
    public boolean isInLanes() {
      return order.kind() == SumOrder.Kind.LANES;
    }

    @Override
    public boolean readsParameters() {
      return !transposed;
    }

    @Override
    public boolean readsCopy() {
      return transposed;
    }

    @Override
    public Optional<SumOrder> sumOrder() {
      return Optional.of(order);
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          List.of(
              isInLanes() ? new Requirement.DotProducts() : new Requirement.Product(order, !first),
              new Requirement.Start(first)),
          derivative.map(next -> next.requirement(!isInLanes())));
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linearGradient(this);
    }
  }

  /**
   * {@code D = D + factor dy^T x}: D is the gradient of the weight and factor 1; or, for plain SGD, which needs no gradient, D is the weight itself
   * and factor the negative learning rate.
   */
  public record WeightGradient(Parameter weight, Buffer input, Buffer gradient)
      implements BackwardKernel.OfWeight {
    @Override
    public List<Buffer> reads() {
      return List.of(input, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.weightGradient(this);
    }
  }

  /** {@code D = D + factor sum dy}, like {@link WeightGradient}, for a bias. */
  public record BiasGradient(Parameter bias, Buffer gradient) implements BackwardKernel {
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
  public record Transpose(Parameter weight) implements BackwardKernel.OfWeight {
    @Override
    public boolean copies() {
      return true;
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
}
