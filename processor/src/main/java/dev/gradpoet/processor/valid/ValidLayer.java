package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.shape.Shape;
import java.util.List;

/** A layer with its shape and the names of its sources, which are inputs or earlier layers. */
public sealed interface ValidLayer {

  /** The method's name, or the number in the shorthand form. */
  String name();

  /** The shape of its output for one sample. */
  Shape shape();

  /** The number of values of its output for one sample. */
  default int width() {
    return shape().size();
  }

  /** The number of rows of a sample that it computes one by one: those of the last dimensions. */
  default int positions() {
    return 1;
  }

  /** The activation applied to its result. */
  ValidActivation activation();

  /** Whether it has trainable parameters. */
  default boolean isTrained() {
    return false;
  }

  /** Whether its output is its activation of what it reads, in inference. */
  default boolean passesOn() {
    return false;
  }

  /** Calls the case of this kind of layer. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of layer: a new kind does not compile until every caller handles it. */
  interface Cases<T> {
    T linear(LinearLayer layer);

    T add(AddLayer layer);

    T mul(MulLayer layer);

    T concat(ConcatLayer layer);

    T layerNorm(LayerNormLayer layer);

    T batchNorm(BatchNormLayer layer);

    T normalization(NormalizationLayer layer);

    T dropout(DropoutLayer layer);

    T flatten(FlattenLayer layer);

    T prelu(PReluLayer layer);

    T activate(ActivateLayer layer);

    T conv(ConvLayer layer);

    T pool(PoolLayer layer);

    T embedding(EmbeddingLayer layer);
  }

  /**
   * {@code y = activation(x W^T + b)}, on each row of the last dimension.
   *
   * @param from the name of its source
   * @param in the size of the last dimension of its source
   * @param shape the shape of its source, with another last dimension
   */
  record LinearLayer(
      String name, String from, int in, Shape shape, boolean bias, ValidActivation activation)
      implements ValidLayer {

    /** The size of the last dimension of its output. */
    public int out() {
      return shape.last();
    }

    @Override
    public int positions() {
      return shape.positions();
    }

    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linear(this);
    }
  }

  /** {@code y = activation(a + b + ...)}; names may repeat. */
  record AddLayer(String name, List<String> from, Shape shape, ValidActivation activation)
      implements ValidLayer {
    public AddLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.add(this);
    }
  }

  /** {@code y = activation(a * b * ...)}; names may repeat. */
  record MulLayer(String name, List<String> from, Shape shape, ValidActivation activation)
      implements ValidLayer {
    public MulLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mul(this);
    }
  }

  /** {@code y = activation([a, b, ...])}; names may repeat. */
  record ConcatLayer(String name, List<String> from, Shape shape, ValidActivation activation)
      implements ValidLayer {
    public ConcatLayer {
      from = List.copyOf(from);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concat(this);
    }
  }

  /**
   * {@code y = activation((x - mean) / sqrt(variance + eps) weight + bias)}, with the statistics of the last dimensions.
   *
   * @param from the name of what it reads
   * @param dims how many dimensions are normalized together
   * @param affine whether it has a weight and a bias
   */
  record LayerNormLayer(
      String name,
      String from,
      Shape shape,
      int dims,
      double eps,
      boolean affine,
      ValidActivation activation)
      implements ValidLayer {

    /** The shape of what is normalized together, and of the weight and the bias. */
    public Shape normalized() {
      return shape.last(dims);
    }

    @Override
    public int positions() {
      return shape.size() / normalized().size();
    }

    @Override
    public boolean isTrained() {
      return affine;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNorm(this);
    }
  }

  /**
   * {@code y = activation((x - mean) / sqrt(variance + eps) weight + bias)}, by the statistics of the batch in training, by the running ones in inference.
   *
   * @param from the name of what it reads
   * @param momentum the share of the running statistics that a batch replaces
   * @param affine whether it has a weight and a bias
   */
  record BatchNormLayer(
      String name,
      String from,
      Shape shape,
      double eps,
      double momentum,
      boolean affine,
      ValidActivation activation)
      implements ValidLayer {

    /** The number of means: one for each value of a vector and each channel of any other shape. */
    public int features() {
      return shape.first();
    }

    @Override
    public boolean isTrained() {
      return affine;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.batchNorm(this);
    }
  }

  /**
   * {@code y = activation((x - mean) / std)}, of the input.
   *
   * @param from the name of what it reads
   * @param mean the initial means, one for each value of a vector and each channel of any other shape; empty for zeros
   * @param std the initial deviations; empty for ones
   */
  record NormalizationLayer(
      String name,
      String from,
      Shape shape,
      List<Double> mean,
      List<Double> std,
      ValidActivation activation)
      implements ValidLayer {
    public NormalizationLayer {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.normalization(this);
    }
  }

  /** {@code y = activation(x * mask)} in training, {@code y = activation(x)} in inference. */
  record DropoutLayer(String name, String from, double p, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropout(this);
    }

    @Override
    public boolean passesOn() {
      return true;
    }
  }

  /** {@code y = activation(x)}, with the values of x in row-major order as a vector. */
  record FlattenLayer(
      String name, String from, Shape input, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.flatten(this);
    }

    @Override
    public boolean passesOn() {
      return true;
    }
  }

  /**
   * {@code y = activation(x > 0 ? x : weight x)}.
   *
   * @param from the name of what it reads
   * @param slopes how many values the weight has: one for all values of a sample, or one for each value of a vector and each channel of any other shape
   */
  record PReluLayer(String name, String from, Shape shape, int slopes, ValidActivation activation)
      implements ValidLayer {
    /** The channels one by one, if each has a slope. */
    @Override
    public int positions() {
      return shape.isVector() ? 1 : slopes;
    }

    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.prelu(this);
    }
  }

  /** {@code y = activation(x)}. */
  record ActivateLayer(String name, String from, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activate(this);
    }

    @Override
    public boolean passesOn() {
      return true;
    }
  }

  /**
   * {@code y = activation(x * weight + bias)}, a convolution.
   *
   * @param from the name of what it reads
   * @param geometry how the kernel moves over its source
   * @param out the channels of its output
   * @param groups the number of groups of channels
   */
  record ConvLayer(
      String name,
      String from,
      Geometry geometry,
      int out,
      int groups,
      boolean bias,
      ValidActivation activation)
      implements ValidLayer {
    @Override
    public Shape shape() {
      return geometry.output(out);
    }

    /** Whether it is a product of a sample with the weight: it has one position, and the values of a window are the sample in row-major order. */
    public boolean isLinear() {
      boolean inOrder = geometry.input().first() == 1 || geometry.input().area() == 1;
      return groups == 1
          && !geometry.isPadded()
          && geometry.positions() == 1
          && geometry.taps() == geometry.input().size()
          && inOrder;
    }

    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.conv(this);
    }
  }

  /**
   * The largest value or the average of each window.
   *
   * @param from the name of what it reads
   * @param pooling what it makes of a window
   */
  record PoolLayer(
      String name, String from, Geometry geometry, Pooling pooling, ValidActivation activation)
      implements ValidLayer {

    /** What a pooling makes of a window. */
    public enum Pooling {
      MAX,
      /** The average of a window with its padding. */
      AVERAGE,
      /** The average of the values of a window that are not padding. */
      AVERAGE_WITHOUT_PADDING,
      /** The average of a whole channel, whatever its size. */
      GLOBAL_AVERAGE
    }

    @Override
    public Shape shape() {
      return geometry.output(geometry.input().first());
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.pool(this);
    }
  }

  /**
   * {@code y[j] = activation(weight[x[j]])}.
   *
   * @param from the name of the input of class indices that it reads
   * @param classes the number of classes
   * @param shape the number of indices of a sample, and that of the values for each
   */
  record EmbeddingLayer(
      String name, String from, int classes, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.embedding(this);
    }
  }
}
