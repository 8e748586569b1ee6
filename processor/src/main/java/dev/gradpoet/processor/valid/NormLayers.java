package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Shape;
import java.util.List;

/** Norms and normalizations. */
public final class NormLayers {

  private NormLayers() {}

  /**
   * {@code y = activation((x - mean) / sqrt(variance + eps) weight + bias)}, with the statistics of the last dimensions.
   *
   * @param from the name of what it reads
   * @param dims how many dimensions are normalized together
   * @param affine whether it has a weight and a bias
   */
  public record LayerNormLayer(
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
  public record BatchNormLayer(
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
  public record NormalizationLayer(
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
}
