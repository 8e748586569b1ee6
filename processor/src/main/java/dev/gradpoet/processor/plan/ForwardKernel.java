package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.graph.formula.Norms;
import dev.gradpoet.processor.graph.formula.PRelus;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.LaidOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A kernel of the forward pass: it computes the output of a layer. */
public sealed interface ForwardKernel extends Kernel {

  /** The buffer of its result, before the activation. */
  Buffer output();

  /** The activation that it applies to each row. */
  Optional<Epilogue> epilogue();

  /** The kernel that replaces it in inference. If empty, the first buffer that it reads replaces its output. */
  default Optional<ForwardKernel> inference() {
    return Optional.of(this);
  }

  /** The buffers besides its output that are kept for the backward pass. */
  default List<Buffer> keeps() {
    return List.of();
  }

  /** The buffers of its layer in PyTorch's sense, in PyTorch's order. */
  default List<Statistic> statistics() {
    return List.of();
  }

  /** Whether its vectors may read or write behind a row, where {@link Plan#stored} leaves room. */
  default boolean needsRoom() {
    return false;
  }

  /** What it takes for a sample, in multiply-adds of a product; of other values, a few for each. */
  default long operations() {
    return (long) OPERATIONS_OF_VALUE * output().positions() * output().width();
  }

  /** Whether it may read beyond the last value of a row, in whole vectors; not of kernels that {@link #needsRoom}. */
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

    T batchNorm(BatchNorm kernel);

    T runningNorm(RunningNorm kernel);

    T normalization(Normalization kernel);

    T dropout(Dropout kernel);

    T reshape(Reshape kernel);

    T window(Window kernel);

    T convolution(Convolution kernel);

    T prelu(PRelu kernel);

    T embedding(Embedding kernel);

    T activation(Activation kernel);
  }

  /** The multiply-adds in the time that a value takes which is no sum. */
  int OPERATIONS_OF_VALUE = 4;

  /** The room behind a row of a plane for the vector that begins in its last value. */
  int BEHIND_ROW = 16;

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
   * @param weight none if it is not affine; then it has no bias either
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

    /** The program that it applies to a row before the activation. */
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
      return Kernel.requirements(
          List.of(new Requirement.Program(program())),
          epilogue.map(next -> next.requirement(false)));
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNorm(this);
    }
  }

  /**
   * {@code y = f(normalized w + b)}, {@code normalized = (x - mean) scale} with the mean and the scale of the batch, in training.
   *
   * @param weight none if it is not affine, nor a bias then
   * @param momentum the share of the running statistics that it replaces
   * @param map the map whose channels it normalizes, if it is one
   * @param kept the mean and the scale
   */
  record BatchNorm(
      Optional<Parameter> weight,
      Optional<Parameter> bias,
      Optional<LaidOut> map,
      double eps,
      double momentum,
      RunningStatistics running,
      Buffer input,
      Buffer normalized,
      Buffer kept,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    /** Whether a sample has one value of each channel, so that a single sample has no variance. */
    public boolean needsTwoRows() {
      return map.filter(of -> of.shape().area() > 1).isEmpty();
    }

    @Override
    public Optional<ForwardKernel> inference() {
      return Optional.of(
          new RunningNorm(weight, bias, map, eps, running, input, kept, output, epilogue));
    }

    @Override
    public List<Buffer> keeps() {
      return List.of(normalized, kept);
    }

    @Override
    public List<Statistic> statistics() {
      return running.all();
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.batchNorm(this);
    }
  }

  /**
   * {@code y = f((x - mean) / sqrt(variance + eps) w + b)} with the running statistics: a batch norm in inference.
   *
   * @param weight none if it is not affine, nor a bias then
   * @param map the map whose channels it normalizes, if it is one
   * @param spread what it writes a number for each channel to, for each value of a map
   */
  record RunningNorm(
      Optional<Parameter> weight,
      Optional<Parameter> bias,
      Optional<LaidOut> map,
      double eps,
      RunningStatistics running,
      Buffer input,
      Buffer spread,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public OptionalInt scratch() {
      return map.isPresent() ? OptionalInt.empty() : OptionalInt.of(output.width());
    }

    @Override
    public List<Buffer> keeps() {
      return map.isPresent() ? List.of(spread) : List.of();
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.runningNorm(this);
    }
  }

  /** {@code y = f((x - mean) / std)}, of samples that are one row in row-major order; each channel of a map has a mean. */
  record Normalization(
      Statistic mean, Statistic std, Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {
    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public List<Statistic> statistics() {
      return List.of(mean, std);
    }

    @Override
    public List<Requirement> requires() {
      return ofRow(epilogue);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.normalization(this);
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

    /** Whether each value of a row has a slope; otherwise a row has one. */
    public boolean perValue() {
      return weight.count() > 1 && input.positions() == 1;
    }

    /** What it does to a row, except for the activation. */
    public RowMethod program() {
      return PRelus.prelu(perValue());
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
      return Kernel.requirements(
          List.of(new Requirement.Program(program())),
          epilogue.map(next -> next.requirement(false)));
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

  /**
   * {@code y = f(x)}, in another number of rows a sample, of which one is 1.
   *
   * @param epilogue none if y is one row a sample
   */
  record Reshape(Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    /** The larger number of rows a sample. */
    public int positions() {
      return Math.max(input.positions(), output.positions());
    }

    /** The width of these rows. */
    public int width() {
      return Math.min(input.width(), output.width());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public List<Requirement> requires() {
      return ofRow(epilogue);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.reshape(this);
    }
  }

  /** {@code y = f(x * weight + b)} of samples with their padding. */
  record Convolution(
      Parameter weight,
      Optional<Parameter> bias,
      Convolving what,
      Buffer input,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public long operations() {
      return (long) what.positions() * what.taps() * what.out();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public OptionalInt scratch() {
      return OptionalInt.of(what.planes() ? what.columns() : what.out());
    }

    @Override
    public List<Requirement> requires() {
      List<Requirement> made = new ArrayList<>();
      if (what.planes()) {
        made.add(new Requirement.PlaneProducts(what.out()));
      } else if (what.groups() == 1) {
        made.add(new Requirement.WindowProducts(what.out()));
      } else if (what.isDepthwise()) {
        made.add(new Requirement.DepthwiseProducts());
      }
      made.add(new Requirement.Start(bias.isEmpty()));
      return Kernel.requirements(
          made, epilogue.filter(next -> !endsInRelu()).map(next -> next.requirement(true)));
    }

    /** Whether the products themselves end in the relu: those of a depthwise convolution are few, so another pass over them takes a quarter of the time. */
    public boolean endsInRelu() {
      return what.isDepthwise()
          && epilogue
              .filter(next ->
                  next.function().equals(Activations.relu()) && next.output().equals(output))
              .isPresent();
    }

    @Override
    public boolean needsRoom() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.convolution(this);
    }
  }

  /** {@code y = f(x)} of maps. */
  record Window(WindowOp what, Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    /** The primitive that it calls, which families implement. */
    private Optional<Requirement> primitive() {
      return what.maxPool()
          .filter(WindowOp.MaxPool::isPrimitive)
          .<Requirement>map(pool -> new Requirement.MaxPool(pool.ofPlanes()))
          .or(() -> what.averagePool()
              .filter(WindowOp.AveragePool::isPrimitive)
              .map(pool -> new Requirement.AveragePool()));
    }

    @Override
    public OptionalInt scratch() {
      return what.maxPool()
          .filter(pool -> pool.ofPlanes() && pool.isPrimitive())
          .map(pool -> OptionalInt.of(pool.geometry().input().last() + BEHIND_ROW))
          .orElse(OptionalInt.empty());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          primitive().stream().toList(), epilogue.map(next -> next.requirement(true)));
    }

    @Override
    public boolean needsRoom() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.window(this);
    }
  }

  /**
   * {@code y[j] = f(w[x[j]])}: a row of the weight for each index.
   *
   * @param dim the number of values in a row of the weight
   */
  record Embedding(
      Parameter weight, Buffer indices, int dim, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(indices);
    }

    @Override
    public List<Requirement> requires() {
      return ofRow(epilogue);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.embedding(this);
    }
  }
}
