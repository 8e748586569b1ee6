package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Shape;

/** A layer with its shape and the names of its sources, which are inputs or earlier layers. */
public sealed interface ValidLayer
    permits LinearLayers.LinearLayer,
        MergeLayers.AddLayer,
        MergeLayers.MulLayer,
        MergeLayers.ConcatLayer,
        NormLayers.LayerNormLayer,
        NormLayers.BatchNormLayer,
        NormLayers.NormalizationLayer,
        ElementLayers.DropoutLayer,
        CopyLayers.FlattenLayer,
        ElementLayers.PReluLayer,
        ElementLayers.ActivateLayer,
        MapLayers.ConvLayer,
        MapLayers.PoolLayer,
        CopyLayers.EmbeddingLayer {

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
    T linear(LinearLayers.LinearLayer layer);

    T add(MergeLayers.AddLayer layer);

    T mul(MergeLayers.MulLayer layer);

    T concat(MergeLayers.ConcatLayer layer);

    T layerNorm(NormLayers.LayerNormLayer layer);

    T batchNorm(NormLayers.BatchNormLayer layer);

    T normalization(NormLayers.NormalizationLayer layer);

    T dropout(ElementLayers.DropoutLayer layer);

    T flatten(CopyLayers.FlattenLayer layer);

    T prelu(ElementLayers.PReluLayer layer);

    T activate(ElementLayers.ActivateLayer layer);

    T conv(MapLayers.ConvLayer layer);

    T pool(MapLayers.PoolLayer layer);

    T embedding(CopyLayers.EmbeddingLayer layer);
  }
}
