package dev.gradpoet.processor.plan;

import java.util.List;
import java.util.Optional;

/** A kernel of the forward pass: it computes the output of a layer. */
public sealed interface ForwardKernel extends Kernel
    permits LinearKernels.Linear,
        MergeKernels.Add,
        MergeKernels.Mul,
        MergeKernels.Concat,
        NormKernels.LayerNorm,
        NormKernels.BatchNorm,
        NormKernels.RunningNorm,
        NormKernels.Normalization,
        MapKernels.Convolution,
        MapKernels.Window,
        ElementKernels.Activation,
        ElementKernels.Dropout,
        ElementKernels.PRelu,
        CopyKernels.Reshape,
        CopyKernels.Embedding {

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
  default List<Requirement> requires() {
    return epilogue().map(next -> next.requirement(false)).stream().toList();
  }

  @Override
  default Optional<Buffer> writes() {
    return Optional.of(output());
  }

  /** The result for this kind of kernel. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of forward kernel. */
  interface Cases<T> {
    T linear(LinearKernels.Linear kernel);

    T add(MergeKernels.Add kernel);

    T mul(MergeKernels.Mul kernel);

    T concat(MergeKernels.Concat kernel);

    T layerNorm(NormKernels.LayerNorm kernel);

    T batchNorm(NormKernels.BatchNorm kernel);

    T runningNorm(NormKernels.RunningNorm kernel);

    T normalization(NormKernels.Normalization kernel);

    T dropout(ElementKernels.Dropout kernel);

    T reshape(CopyKernels.Reshape kernel);

    T window(MapKernels.Window kernel);

    T convolution(MapKernels.Convolution kernel);

    T prelu(ElementKernels.PRelu kernel);

    T embedding(CopyKernels.Embedding kernel);

    T activation(ElementKernels.Activation kernel);
  }

  /** The multiply-adds in the time that a value takes which is no sum. */
  int OPERATIONS_OF_VALUE = 4;
}
