package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.shape.Convolving;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The kernels of layers that compute maps from the windows of maps. */
public final class MapKernels {

  /** The room behind a row of a plane for the vector that begins in its last value. */
  private static final int BEHIND_ROW = 16;

  private MapKernels() {}

  /** {@code y = f(x * weight + b)} of samples with their padding. */
  public record Convolution(
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

  /** {@code dx} of a convolution, of samples with their padding, set or accumulated. */
  public record ConvolutionGradient(
      Parameter weight, Convolving what, Buffer gradient, Buffer target, boolean first)
      implements BackwardKernel.InputGradient {
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
   * {@code D = D + factor sum dy x}, as {@link LinearKernels.WeightGradient} for the weight of a convolution, and {@code db = db + factor sum dy} for the
   * bias, whose sums alone would be a single chain for each channel, which keeps the units waiting.
   *
   * @param bias the bias, if there is one and no groups
   */
  public record KernelGradient(
      Parameter weight, Optional<Parameter> bias, Convolving what, Buffer input, Buffer gradient)
      implements BackwardKernel.OfWeight {
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
  public record ChannelsLast(Convolving what, Buffer gradient) implements BackwardKernel {

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
  public record ChannelGradient(Parameter bias, Convolving what, Buffer gradient)
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

  /** {@code y = f(x)} of maps. */
  public record Window(WindowOp what, Buffer input, Buffer output, Optional<Epilogue> epilogue)
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
   * {@code dx} of an operation on maps, set or accumulated.
   *
   * @param input what the operation read
   * @param result what it computed, if no activation has replaced that
   */
  public record WindowGradient(
      WindowOp what,
      Buffer gradient,
      Buffer input,
      Optional<Buffer> result,
      Buffer target,
      boolean first)
      implements BackwardKernel.InputGradient {

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
}
