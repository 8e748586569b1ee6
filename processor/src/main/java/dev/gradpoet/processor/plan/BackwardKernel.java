package dev.gradpoet.processor.plan;

import java.util.List;
import java.util.Optional;

/** A kernel of the backward pass. */
public sealed interface BackwardKernel extends Kernel
    permits BackwardKernel.InputGradient,
        BackwardKernel.OfWeight,
        LinearKernels.BiasGradient,
        MapKernels.ChannelGradient,
        MapKernels.ChannelsLast,
        ElementKernels.ActivationGradient {

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
    T activationGradient(ElementKernels.ActivationGradient kernel);

    T weightGradient(LinearKernels.WeightGradient kernel);

    T biasGradient(LinearKernels.BiasGradient kernel);

    T scaleGradient(NormKernels.ScaleGradient kernel);

    T mapScaleGradient(NormKernels.MapScaleGradient kernel);

    T transpose(LinearKernels.Transpose kernel);

    T linearGradient(LinearKernels.LinearGradient kernel);

    T addGradient(MergeKernels.AddGradient kernel);

    T mulGradient(MergeKernels.MulGradient kernel);

    T concatGradient(MergeKernels.ConcatGradient kernel);

    T layerNormGradient(NormKernels.LayerNormGradient kernel);

    T batchNormGradient(NormKernels.BatchNormGradient kernel);

    T normalizationGradient(NormKernels.NormalizationGradient kernel);

    T dropoutGradient(ElementKernels.DropoutGradient kernel);

    T reshapeGradient(CopyKernels.ReshapeGradient kernel);

    T windowGradient(MapKernels.WindowGradient kernel);

    T kernelGradient(MapKernels.KernelGradient kernel);

    T channelGradient(MapKernels.ChannelGradient kernel);

    T channelsLast(MapKernels.ChannelsLast kernel);

    T convolutionGradient(MapKernels.ConvolutionGradient kernel);

    T preluGradient(ElementKernels.PReluGradient kernel);

    T slopeGradient(ElementKernels.SlopeGradient kernel);

    T tableGradient(CopyKernels.TableGradient kernel);
  }

  /** A kernel that computes the gradient or the transposed copy of a weight. */
  sealed interface OfWeight extends BackwardKernel
      permits LinearKernels.WeightGradient,
          LinearKernels.Transpose,
          NormKernels.ScaleGradient,
          NormKernels.MapScaleGradient,
          MapKernels.KernelGradient,
          ElementKernels.SlopeGradient,
          CopyKernels.TableGradient {

    /** The weight. */
    Parameter weight();

    @Override
    default String layer() {
      return weight().layer();
    }
  }

  /** A kernel that contributes to the gradient of a value that a layer reads. */
  sealed interface InputGradient extends BackwardKernel
      permits LinearKernels.LinearGradient,
          MergeKernels.AddGradient,
          MergeKernels.MulGradient,
          MergeKernels.ConcatGradient,
          NormKernels.LayerNormGradient,
          NormKernels.BatchNormGradient,
          NormKernels.NormalizationGradient,
          MapKernels.ConvolutionGradient,
          MapKernels.WindowGradient,
          ElementKernels.DropoutGradient,
          ElementKernels.PReluGradient,
          CopyKernels.ReshapeGradient {

    /** The gradient of the layer's output. */
    Buffer gradient();

    /** The gradient that it contributes to. */
    Buffer target();

    /** Whether it sets that gradient; otherwise it adds to it. */
    boolean first();

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
}
