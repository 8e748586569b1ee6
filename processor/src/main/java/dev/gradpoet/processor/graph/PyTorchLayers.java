package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.valid.CopyLayers.EmbeddingLayer;
import dev.gradpoet.processor.valid.CopyLayers.FlattenLayer;
import dev.gradpoet.processor.valid.ElementLayers.ActivateLayer;
import dev.gradpoet.processor.valid.ElementLayers.DropoutLayer;
import dev.gradpoet.processor.valid.ElementLayers.PReluLayer;
import dev.gradpoet.processor.valid.LinearLayers.LinearLayer;
import dev.gradpoet.processor.valid.MapLayers.ConvLayer;
import dev.gradpoet.processor.valid.MapLayers.PoolLayer;
import dev.gradpoet.processor.valid.MergeLayers.AddLayer;
import dev.gradpoet.processor.valid.MergeLayers.ConcatLayer;
import dev.gradpoet.processor.valid.MergeLayers.MulLayer;
import dev.gradpoet.processor.valid.NormLayers.BatchNormLayer;
import dev.gradpoet.processor.valid.NormLayers.LayerNormLayer;
import dev.gradpoet.processor.valid.NormLayers.NormalizationLayer;
import dev.gradpoet.processor.valid.ValidLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Describes each kind of layer as PyTorch does: the name of its class and the arguments of its constructor; and its formula. */
final class PyTorchLayers implements ValidLayer.Cases<Layer> {

  @Override
  public Layer linear(LinearLayer layer) {
    return of(
        layer,
        "Linear",
        List.of(layer.from()),
        layer.from() + " W^T" + (layer.bias() ? " + b" : ""),
        Layer.text(layer.shape().withLast(layer.in())),
        arguments(layer));
  }

  @Override
  public Layer add(AddLayer layer) {
    String terms = String.join(" + ", layer.from());
    return of(layer, "Add", layer.from(), terms, Layer.text(layer.shape()), Map.of());
  }

  @Override
  public Layer mul(MulLayer layer) {
    String factors = String.join(" * ", layer.from());
    return of(layer, "Mul", layer.from(), factors, Layer.text(layer.shape()), Map.of());
  }

  @Override
  public Layer concat(ConcatLayer layer) {
    String parts = "[" + String.join(", ", layer.from()) + "]";
    return of(layer, "Concat", layer.from(), parts, "joined", Map.of());
  }

  @Override
  public Layer layerNorm(LayerNormLayer layer) {
    return of(
        layer,
        "LayerNorm",
        List.of(layer.from()),
        normalized(layer.from(), layer.affine()),
        Layer.text(layer.shape()),
        arguments(layer));
  }

  @Override
  public Layer batchNorm(BatchNormLayer layer) {
    return of(
        layer,
        layer.shape().sizes().size() == 3 ? "BatchNorm2d" : "BatchNorm1d",
        List.of(layer.from()),
        normalized(layer.from(), layer.affine()),
        Layer.text(layer.shape()),
        arguments(layer));
  }

  @Override
  public Layer normalization(NormalizationLayer layer) {
    return of(
        layer,
        "Normalization",
        List.of(layer.from()),
        "(" + layer.from() + " - mean) / std",
        Layer.text(layer.shape()),
        Map.of());
  }

  @Override
  public Layer dropout(DropoutLayer layer) {
    return of(
        layer,
        "Dropout",
        List.of(layer.from()),
        "dropout(" + layer.from() + ", " + layer.p() + ")",
        Layer.text(layer.shape()),
        Map.of("p", layer.p()));
  }

  @Override
  public Layer conv(ConvLayer layer) {
    return of(
        layer,
        "Conv" + layer.geometry().kernel().size() + "d",
        List.of(layer.from()),
        "conv(" + layer.from() + ", w, " + layer.geometry().describe()
            + (layer.groups() == 1 ? "" : ", groups " + layer.groups()) + ")"
            + (layer.bias() ? " + b" : ""),
        Layer.text(layer.geometry().input()),
        arguments(layer));
  }

  @Override
  public Layer pool(PoolLayer layer) {
    boolean max = layer.pooling() == PoolLayer.Pooling.MAX;
    String dims = layer.geometry().kernel().size() + "d";
    return of(
        layer,
        (layer.pooling() == PoolLayer.Pooling.GLOBAL_AVERAGE
                ? "AdaptiveAvgPool"
                : max ? "MaxPool" : "AvgPool")
            + dims,
        List.of(layer.from()),
        (max ? "maxPool" : "averagePool") + "(" + layer.from() + ", "
            + layer.geometry().describe() + ")",
        Layer.text(layer.geometry().input()),
        arguments(layer));
  }

  @Override
  public Layer embedding(EmbeddingLayer layer) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("num_embeddings", layer.classes());
    arguments.put("embedding_dim", layer.shape().last());
    return of(
        layer,
        "Embedding",
        List.of(layer.from()),
        "w[" + layer.from() + "]",
        String.valueOf(layer.shape().first()),
        arguments);
  }

  @Override
  public Layer flatten(FlattenLayer layer) {
    return of(
        layer,
        "Flatten",
        List.of(layer.from()),
        "flatten(" + layer.from() + ")",
        Layer.text(layer.input()),
        Map.of());
  }

  @Override
  public Layer prelu(PReluLayer layer) {
    return of(
        layer,
        "PReLU",
        List.of(layer.from()),
        "prelu(" + layer.from() + ")",
        String.valueOf(layer.width()),
        Map.of("num_parameters", layer.slopes()));
  }

  @Override
  public Layer activate(ActivateLayer layer) {
    return of(
        layer,
        Activations.type(layer.activation().function()),
        List.of(layer.from()),
        layer.from(),
        Layer.text(layer.shape()),
        Map.of());
  }

  private static String normalized(String from, boolean affine) {
    return "normalize(" + from + ")" + (affine ? " w + b" : "");
  }

  private static Layer of(
      ValidLayer layer,
      String type,
      List<String> from,
      String combined,
      String shapeRead,
      Map<String, Object> arguments) {
    Map<String, Object> options = new LinkedHashMap<>(arguments);
    options.putAll(layer.activation().options());
    return new Layer(
        layer.name(),
        type,
        from,
        combined,
        shapeRead,
        layer.shape(),
        layer.activation().function(),
        options,
        Activations.of(layer.activation()));
  }

  private static Map<String, Object> arguments(LinearLayer linear) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("in_features", linear.in());
    arguments.put("out_features", linear.out());
    arguments.put("bias", linear.bias());
    return arguments;
  }

  private static Map<String, Object> arguments(LayerNormLayer norm) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("normalized_shape", norm.normalized().sizes());
    arguments.put("eps", norm.eps());
    arguments.put("elementwise_affine", norm.affine());
    return arguments;
  }

  private static Map<String, Object> arguments(ConvLayer conv) {
    Geometry geometry = conv.geometry();
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("in_channels", geometry.input().first());
    arguments.put("out_channels", conv.out());
    arguments.put("kernel_size", geometry.kernel());
    arguments.put("stride", geometry.stride());
    arguments.put("padding", padding(geometry));
    arguments.put("dilation", geometry.dilation());
    arguments.put("groups", conv.groups());
    arguments.put("bias", conv.bias());
    return arguments;
  }

  private static Map<String, Object> arguments(PoolLayer pool) {
    if (pool.pooling() == PoolLayer.Pooling.GLOBAL_AVERAGE) {
      return Map.of("output_size", 1);
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("kernel_size", pool.geometry().kernel());
    arguments.put("stride", pool.geometry().stride());
    arguments.put("padding", padding(pool.geometry()));
    if (pool.pooling() != PoolLayer.Pooling.MAX) {
      arguments.put("count_include_pad", pool.pooling() == PoolLayer.Pooling.AVERAGE);
    }
    return arguments;
  }

  /** One number a dimension; where the two sides differ, all beginnings and then all ends. */
  private static List<Integer> padding(Geometry geometry) {
    return geometry.begin().equals(geometry.end())
        ? geometry.begin()
        : Stream.concat(geometry.begin().stream(), geometry.end().stream()).toList();
  }

  private static Map<String, Object> arguments(BatchNormLayer norm) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("num_features", norm.features());
    arguments.put("eps", norm.eps());
    arguments.put("momentum", norm.momentum());
    arguments.put("affine", norm.affine());
    return arguments;
  }
}
