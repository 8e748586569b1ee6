package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.WindowOp;
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

/** A kernel of the backward pass. */
public sealed interface BackwardKernel extends Kernel {

  /** The derivative that it applies to each row that it writes. */
  default Optional<Derivative> derivative() {
    return Optional.empty();
  }

  /** Whether each thread computes it for the rows of its part; otherwise all rows are summed, and each thread computes a part of the result. */
  default boolean isByRows() {
    return false;
  }

  /** Whether a kernel by rows reads the parameters of its layer. */
  default boolean readsParameters() {
    return isByRows();
  }

  /** Whether it reads the transposed copy of the weight of its layer. */
  default boolean readsCopy() {
    return false;
  }

  /** Whether it copies the parameters of its layer; other kernels that are not by rows may change them. */
  default boolean copies() {
    return false;
  }

  /** Whether the threads wait for each other in it, at its beginning and after what it sums. */
  default boolean waits() {
    return false;
  }

  /** A kernel that must run once before the first one that names it. */
  default Optional<BackwardKernel> preparation() {
    return Optional.empty();
  }

  /** Whether its vectors may read or write behind a row, where {@link Plan#stored} leaves room. */
  default boolean needsRoom() {
    return false;
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

    T scaleGradient(ScaleGradient kernel);

    T mapScaleGradient(MapScaleGradient kernel);

    T transpose(Transpose kernel);

    T linearGradient(LinearGradient kernel);

    T addGradient(AddGradient kernel);

    T mulGradient(MulGradient kernel);

    T concatGradient(ConcatGradient kernel);

    T layerNormGradient(LayerNormGradient kernel);

    T batchNormGradient(BatchNormGradient kernel);

    T normalizationGradient(NormalizationGradient kernel);

    T dropoutGradient(DropoutGradient kernel);

    T reshapeGradient(ReshapeGradient kernel);

    T windowGradient(WindowGradient kernel);

    T kernelGradient(KernelGradient kernel);

    T channelGradient(ChannelGradient kernel);

    T channelsLast(ChannelsLast kernel);

    T convolutionGradient(ConvolutionGradient kernel);

    T preluGradient(PReluGradient kernel);

    T slopeGradient(SlopeGradient kernel);

    T tableGradient(TableGradient kernel);
  }

  /** {@code dx = f'(..) dy} in place, for the gradient of the network's output, which no kernel computes. */
  record ActivationGradient(Buffer gradient, Derivative applied) implements BackwardKernel {
    @Override
    public boolean isByRows() {
      return true;
    }

    @Override
    public boolean readsParameters() {
      return false;
    }

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

  /** A kernel that computes the gradient or the transposed copy of a weight. */
  sealed interface OfWeight extends BackwardKernel {

    /** The weight. */
    Parameter weight();

    @Override
    default String layer() {
      return weight().layer();
    }
  }

  /**
   * {@code D = D + factor dy^T x}: D is the gradient of the weight and factor 1; or, for plain SGD, which needs no gradient, D is the weight itself
   * and factor the negative learning rate.
   */
  record WeightGradient(Parameter weight, Buffer input, Buffer gradient) implements OfWeight {
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

  /** {@code D = D + factor sum dy * normalized}, like {@link WeightGradient}, for the weight of a norm. */
  record ScaleGradient(Parameter weight, Buffer normalized, Buffer gradient) implements OfWeight {
    @Override
    public List<Buffer> reads() {
      return List.of(normalized, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.scaleGradient(this);
    }
  }

  /**
   * {@code D = D + factor sum dy * normalized} and {@code D = D + factor sum dy}, as {@link WeightGradient} for the weight and the bias of a norm of maps.
   *
   * @param kept what the norm keeps of the batch, with rows for the sums
   */
  record MapScaleGradient(
      Parameter weight,
      Parameter bias,
      LaidOut map,
      Buffer normalized,
      Buffer kept,
      Buffer gradient)
      implements OfWeight {
    @Override
    public boolean waits() {
      return true;
    }

    @Override
    public List<Buffer> reads() {
      return List.of(normalized, kept, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mapScaleGradient(this);
    }
  }

  /** Refreshes the transposed copy of a weight, for the input gradient that follows. */
  record Transpose(Parameter weight) implements OfWeight {
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

  /** A kernel that contributes to the gradient of a value that a layer reads. */
  sealed interface InputGradient extends BackwardKernel {

    /** The gradient of the layer's output. */
    Buffer gradient();

    /** The gradient that it contributes to. */
    Buffer target();

    @Override
    default boolean isByRows() {
      return true;
    }

    @Override
    default String layer() {
      return gradient().layer();
    }

    @Override
    default List<Buffer> reads() {
      return List.of(gradient());
    }

    @Override
    default Optional<Buffer> writes() {
      return Optional.of(target());
    }
  }

  /**
   * {@code dx = dy W}, set or accumulated, for a linear layer.
   *
   * @param first whether the gradient is set; otherwise it is accumulated
   * @param transposed whether the transposed copy of the weight is read
   * @param derivative the derivative of the activation whose gradient this kernel completes
   */
  record LinearGradient(
      Parameter weight,
      SumOrder order,
      Buffer gradient,
      Buffer target,
      boolean first,
      boolean transposed,
      Optional<Derivative> derivative)
      implements InputGradient {

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

  /** {@code dx = dy} for an operand of an addition or of an activation alone, set or accumulated. */
  record AddGradient(Buffer gradient, Buffer target, boolean first, Optional<Derivative> derivative)
      implements InputGradient {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.addGradient(this);
    }
  }

  /**
   * {@code dx = dy} times the other operands, for an operand of a product, set or accumulated.
   *
   * @param operands all operands, in order
   * @param operand the index of the one whose gradient it is
   */
  record MulGradient(
      Buffer gradient,
      List<Buffer> operands,
      int operand,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements InputGradient {
    @Override
    public List<Buffer> reads() {
      List<Buffer> reads = new ArrayList<>(operands);
      reads.set(operand, gradient);
      return reads;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mulGradient(this);
    }
  }

  /** {@code dx = dy[offset .. offset + width)} for an operand of a concatenation, set or accumulated. */
  record ConcatGradient(
      Buffer gradient, int offset, Buffer target, boolean first, Optional<Derivative> derivative)
      implements InputGradient {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concatGradient(this);
    }
  }

  /**
   * {@code dx = scale (p - mean p - normalized mean(p normalized))}, with {@code p = dy w}, set or accumulated.
   *
   * @param weight none if the norm is not affine: {@code p = dy}
   */
  record LayerNormGradient(
      Optional<Parameter> weight,
      Buffer gradient,
      Buffer normalized,
      Buffer scale,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements InputGradient {

    /** The program that it applies to a row before the derivative. */
    public RowMethod program() {
      return Norms.layerNormGradient(weight.isPresent(), first);
    }

    @Override
    public OptionalInt scratch() {
      return weight.isPresent() ? OptionalInt.of(target.width()) : OptionalInt.empty();
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          List.of(new Requirement.Program(program())),
          derivative.map(next -> next.requirement(false)));
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, normalized, scale);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNormGradient(this);
    }
  }

  /**
   * {@code dx = scale w (dy - mean dy - normalized mean(dy normalized))}, the means over the samples, and of a channel over its positions, set or accumulated.
   *
   * @param weight none if the norm is not affine
   * @param map the map whose channels are normalized, if it is one
   * @param kept what the norm keeps of the batch, with rows for the means
   */
  record BatchNormGradient(
      Optional<Parameter> weight,
      Optional<LaidOut> map,
      Buffer gradient,
      Buffer normalized,
      Buffer kept,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements InputGradient {
    @Override
    public boolean waits() {
      return true;
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, normalized, kept);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.batchNormGradient(this);
    }
  }

  /** {@code dx = dy / std}, set or accumulated. */
  record NormalizationGradient(
      Statistic std, Buffer gradient, Buffer target, boolean first, Optional<Derivative> derivative)
      implements InputGradient {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.normalizationGradient(this);
    }
  }

  /** {@code dx = dy * mask}, set or accumulated. */
  record DropoutGradient(
      Buffer gradient, Buffer mask, Buffer target, boolean first, Optional<Derivative> derivative)
      implements InputGradient {
    @Override
    public List<Buffer> reads() {
      return List.of(gradient, mask);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropoutGradient(this);
    }
  }

  /** {@code dx = dy}, in another number of rows a sample, set or accumulated. */
  record ReshapeGradient(Buffer gradient, Buffer target, boolean first) implements InputGradient {

    /** The larger number of rows a sample. */
    public int positions() {
      return Math.max(gradient.positions(), target.positions());
    }

    /** The width of these rows. */
    public int width() {
      return Math.min(gradient.width(), target.width());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.reshapeGradient(this);
    }
  }

  /** {@code dx = dy} where x is above 0, else {@code w dy}, set or accumulated. */
  record PReluGradient(
      Parameter weight,
      Buffer gradient,
      Buffer input,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements InputGradient {

    /** Whether each value of a row has a slope; otherwise a row has one. */
    public boolean perValue() {
      return weight.count() > 1 && input.positions() == 1;
    }

    /** What it does to a row, except for the derivative. */
    public RowMethod program() {
      return PRelus.inputGradient(perValue(), first);
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          List.of(new Requirement.Program(program())),
          derivative.map(next -> next.requirement(false)));
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, input);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.preluGradient(this);
    }
  }

  /** {@code D = D + factor sum dy x} where x is not above 0, as {@link WeightGradient} for the slopes of a PReLU. */
  record SlopeGradient(Parameter weight, Buffer input, Buffer gradient) implements OfWeight {

    /** Whether each value of a row has a slope; otherwise a row has one. */
    public boolean perValue() {
      return weight.count() > 1 && input.positions() == 1;
    }

    /** What it adds to the sums of a row. */
    public RowMethod program() {
      return PRelus.slopeGradient();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input, gradient);
    }

    @Override
    public OptionalInt scratch() {
      return OptionalInt.of(gradient.width());
    }

    @Override
    public List<Requirement> requires() {
      return List.of(new Requirement.Program(program()));
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.slopeGradient(this);
    }
  }

  /**
   * {@code D = D + factor sum dy x}, as {@link WeightGradient} for the weight of a convolution, and {@code db = db + factor sum dy} for the bias. Its sums
   * for a channel would be one chain, which takes as long as all others side by side.
   *
   * @param bias the bias, if there is one and no groups
   */
  record KernelGradient(
      Parameter weight, Optional<Parameter> bias, Convolving what, Buffer input, Buffer gradient)
      implements OfWeight {
    @Override
    public List<Buffer> reads() {
      return List.of(input, gradient);
    }

    @Override
    public Optional<BackwardKernel> preparation() {
      return ChannelsLast.of(what, gradient);
    }

    @Override
    public List<Requirement> requires() {
      return what.groups() == 1 ? List.of(new Requirement.WindowGradients(what.out())) : List.of();
    }

    @Override
    public boolean needsRoom() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.kernelGradient(this);
    }
  }

  /** Rearranges the gradient of an output in planes, in place: what reads it wants the channels last. */
  record ChannelsLast(Convolving what, Buffer gradient) implements BackwardKernel {

    private static Optional<BackwardKernel> of(Convolving what, Buffer gradient) {
      return what.planes() ? Optional.of(new ChannelsLast(what, gradient)) : Optional.empty();
    }

    @Override
    public boolean isByRows() {
      return true;
    }

    @Override
    public boolean readsParameters() {
      return false;
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
      return Optional.of(gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.channelsLast(this);
    }
  }

  /** {@code D = D + factor sum dy} for each channel: the bias of a convolution in groups. */
  record ChannelGradient(Parameter bias, Convolving what, Buffer gradient)
      implements BackwardKernel {
    @Override
    public String layer() {
      return bias.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public OptionalInt scratch() {
      return OptionalInt.of(what.out());
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.channelGradient(this);
    }
  }

  /** {@code dx} of a convolution, of samples with their padding, set or accumulated. */
  record ConvolutionGradient(
      Parameter weight, Convolving what, Buffer gradient, Buffer target, boolean first)
      implements InputGradient {
    @Override
    public Optional<BackwardKernel> preparation() {
      return ChannelsLast.of(what, gradient);
    }

    @Override
    public boolean readsParameters() {
      return !readsCopy();
    }

    @Override
    public boolean readsCopy() {
      return what.groups() == 1;
    }

    @Override
    public OptionalInt scratch() {
      return what.groups() == 1 ? OptionalInt.of(what.taps()) : OptionalInt.empty();
    }

    @Override
    public List<Requirement> requires() {
      return what.groups() == 1
          ? List.of(new Requirement.WindowProducts(what.taps()), new Requirement.Start(true))
          : List.of();
    }

    @Override
    public boolean needsRoom() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.convolutionGradient(this);
    }
  }

  /**
   * {@code dx} of an operation on maps, set or accumulated.
   *
   * @param input what the operation read
   * @param result what it computed, if no activation has replaced that
   */
  record WindowGradient(
      WindowOp what,
      Buffer gradient,
      Buffer input,
      Optional<Buffer> result,
      Buffer target,
      boolean first)
      implements InputGradient {

    /** Whether it reads the input. */
    public boolean readsInput() {
      return what.gradientReadsInput();
    }

    @Override
    public List<Buffer> reads() {
      List<Buffer> reads = new ArrayList<>(List.of(gradient));
      if (readsInput()) {
        reads.add(input);
        result.ifPresent(reads::add);
      }
      return reads;
    }

    @Override
    public boolean needsRoom() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.windowGradient(this);
    }
  }

  /**
   * {@code D[x[j]] = D[x[j]] + factor dy[j]}, like {@link WeightGradient}, for the weight of an embedding.
   *
   * @param dim the number of values in a row of the weight
   */
  record TableGradient(Parameter weight, Buffer indices, int dim, Buffer gradient)
      implements OfWeight {
    @Override
    public List<Buffer> reads() {
      return List.of(indices, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.tableGradient(this);
    }
  }
}
