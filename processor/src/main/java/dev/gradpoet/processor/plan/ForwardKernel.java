package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.Norms;
import dev.gradpoet.processor.graph.formula.PRelus;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A kernel of the forward pass: it computes the output of a layer. */
public sealed interface ForwardKernel extends Kernel {

  /** What it computes, before the activation. */
  Buffer output();

  /** The activation that it applies to each row. */
  Optional<Epilogue> epilogue();

  /** What inference has in its place, if anything; where it has nothing, what this reads first stands for what it writes. */
  default Optional<ForwardKernel> inference() {
    return Optional.of(this);
  }

  /** The buffers that it writes beside its output, for the backward pass. */
  default List<Buffer> keeps() {
    return List.of();
  }

  /** Whether it may read a row in whole vectors, beyond its last value. */
  default boolean readsPadding() {
    return false;
  }

  @Override
  default String layer() {
    return output().layer();
  }

  @Override
  default Optional<Buffer> writes() {
    return Optional.of(output());
  }

  /** The result for this kind of kernel. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of forward kernel. */
  interface Cases<T> {
    T linear(Linear kernel);

    T add(Add kernel);

    T mul(Mul kernel);

    T concat(Concat kernel);

    T layerNorm(LayerNorm kernel);

    T dropout(Dropout kernel);

    T prelu(PRelu kernel);

    T activation(Activation kernel);
  }

  private static List<Requirement> ofRow(Optional<Epilogue> epilogue) {
    return epilogue.map(next -> next.requirement(false)).stream().toList();
  }

  /** {@code y = f(x W^T + b)}. */
  record Linear(
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

    /** Whether its sums have their chains in lanes; else in blocks. */
    public boolean isInLanes() {
      return order.kind() == SumOrder.Kind.LANES;
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
      Requirement product =
          isInLanes() ? new Requirement.DotProducts() : new Requirement.Product(order, false);
      return Stream.concat(
              Stream.of(product), epilogue.map(next -> next.requirement(!isInLanes())).stream())
          .toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linear(this);
    }
  }

  /** {@code y = f(a + b + ...)}. */
  record Add(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Requirement> requires() {
      return ofRow(epilogue);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.add(this);
    }
  }

  /** {@code y = f(a * b * ...)}. */
  record Mul(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Requirement> requires() {
      return ofRow(epilogue);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mul(this);
    }
  }

  /** {@code y = f([a, b, ...])}. */
  record Concat(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Requirement> requires() {
      return ofRow(epilogue);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concat(this);
    }
  }

  /**
   * {@code y = f(normalized w + b)}, {@code normalized = (x - mean) scale}.
   *
   * @param weight none if it is not affine, nor a bias then
   */
  record LayerNorm(
      Optional<Parameter> weight,
      Optional<Parameter> bias,
      double eps,
      Buffer input,
      Buffer normalized,
      Buffer scale,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    /** What it does to a row, but for the activation. */
    public RowMethod program() {
      return Norms.layerNorm(weight.isPresent());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public List<Buffer> keeps() {
      return List.of(normalized, scale);
    }

    @Override
    public boolean readsPadding() {
      return true;
    }

    @Override
    public List<Requirement> requires() {
      return Stream.concat(Stream.of(new Requirement.Program(program())), ofRow(epilogue).stream())
          .toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNorm(this);
    }
  }

  /**
   * {@code y = f(x * mask)}, in training.
   *
   * @param p the probability that a value is dropped
   * @param mask the factors, which are drawn before the pass
   */
  record Dropout(double p, Buffer input, Buffer mask, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input, mask);
    }

    @Override
    public Optional<ForwardKernel> inference() {
      return epilogue.map(next -> new Activation(input, next.output(), epilogue));
    }

    @Override
    public List<Buffer> keeps() {
      return List.of(mask);
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropout(this);
    }
  }

  /** {@code y = f(x > 0 ? x : w x)}. */
  record PRelu(Parameter weight, Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    /** What it does to a row, but for the activation. */
    public RowMethod program() {
      return PRelus.prelu(weight.count() > 1);
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public boolean readsPadding() {
      return true;
    }

    @Override
    public List<Requirement> requires() {
      return Stream.concat(Stream.of(new Requirement.Program(program())), ofRow(epilogue).stream())
          .toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.prelu(this);
    }
  }

  /** {@code y = f(x)}: a layer that computes nothing but its activation; without one, a copy. */
  record Activation(Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public boolean readsPadding() {
      return epilogue.isPresent();
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activation(this);
    }
  }
}
