package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.MapLayout;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.CopyLayers;
import dev.gradpoet.processor.valid.ElementLayers;
import dev.gradpoet.processor.valid.LinearLayers;
import dev.gradpoet.processor.valid.MapLayers;
import dev.gradpoet.processor.valid.MergeLayers;
import dev.gradpoet.processor.valid.NormLayers;
import dev.gradpoet.processor.valid.ValidLayer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The layout in which a layer computes a map; none if it computes row-major order. A layer that works on each value alone keeps the layout of what it
 * reads.
 *
 * @param ofSource the layout of what a layer reads, if that is a map in a layout of its own
 */
record LayoutOfLayer(Function<String, Optional<MapLayout>> ofSource)
    implements ValidLayer.Cases<Optional<MapLayout>> {

  @Override
  public Optional<MapLayout> conv(MapLayers.ConvLayer conv) {
    if (conv.isLinear()) {
      return Optional.empty();
    }
    Shape input = conv.geometry().input();
    MapLayout from = ofSource.apply(conv.from()).orElse(MapLayout.rowMajor(input.area()));
    return Optional.of(
        Convolving.of(conv.geometry(), from, conv.groups(), conv.out()).to());
  }

  @Override
  public Optional<MapLayout> pool(MapLayers.PoolLayer pool) {
    return Optional.of(MapLayout.channelsLast(pool.geometry().input().first()));
  }

  @Override
  public Optional<MapLayout> activate(ElementLayers.ActivateLayer activate) {
    return ofSource.apply(activate.from());
  }

  @Override
  public Optional<MapLayout> add(MergeLayers.AddLayer add) {
    return common(add.from());
  }

  @Override
  public Optional<MapLayout> mul(MergeLayers.MulLayer mul) {
    return common(mul.from());
  }

  private Optional<MapLayout> common(List<String> sources) {
    Set<Optional<MapLayout>> layouts = sources.stream().map(ofSource).collect(Collectors.toSet());
    return layouts.size() == 1 ? layouts.iterator().next() : Optional.empty();
  }

  @Override
  public Optional<MapLayout> linear(LinearLayers.LinearLayer linear) {
    return Optional.empty();
  }

  @Override
  public Optional<MapLayout> concat(MergeLayers.ConcatLayer concat) {
    return Optional.empty();
  }

  @Override
  public Optional<MapLayout> layerNorm(NormLayers.LayerNormLayer norm) {
    return Optional.empty();
  }

  @Override
  public Optional<MapLayout> batchNorm(NormLayers.BatchNormLayer norm) {
    return ofSource.apply(norm.from());
  }

  @Override
  public Optional<MapLayout> normalization(NormLayers.NormalizationLayer normalization) {
    return Optional.empty();
  }

  @Override
  public Optional<MapLayout> dropout(ElementLayers.DropoutLayer dropout) {
    return Optional.empty();
  }

  @Override
  public Optional<MapLayout> prelu(ElementLayers.PReluLayer prelu) {
    return Optional.empty();
  }

  @Override
  public Optional<MapLayout> embedding(CopyLayers.EmbeddingLayer embedding) {
    return Optional.empty();
  }

  @Override
  public Optional<MapLayout> flatten(CopyLayers.FlattenLayer flatten) {
    return Optional.empty();
  }
}
