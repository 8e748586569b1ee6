package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.Value.Form;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.LaidOut;
import dev.gradpoet.processor.shape.MapLayout;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.CopyLayers;
import dev.gradpoet.processor.valid.ElementLayers;
import dev.gradpoet.processor.valid.LinearLayers;
import dev.gradpoet.processor.valid.MapLayers;
import dev.gradpoet.processor.valid.MapLayers.PoolLayer.Pooling;
import dev.gradpoet.processor.valid.MergeLayers;
import dev.gradpoet.processor.valid.NormLayers;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the forward graph of a declaration: one operation for each layer, and another for its activation. Values are one row a sample; a layer
 * that works on rows of the last dimensions reads and computes values of several rows a sample, which are made where a layer reads them. A convolution
 * or a pooling computes a map in a layout of its own; a layer that needs row-major order reads a copy.
 */
public final class GraphBuilder {

  private final List<Op> ops = new ArrayList<>();

  private final Outputs outputs = new Outputs(ops);

  private GraphBuilder() {}

  /** The forward graph of a declaration. */
  public static Graph build(ValidSpec spec) {
    GraphBuilder builder = new GraphBuilder();
    List<Value> inputs = spec.inputs().stream().map(builder::input).toList();
    spec.layers().forEach(builder::add);
    String last = spec.layers().get(spec.layers().size() - 1).name();
    Value output = builder.outputs.sample(last);
    return new Graph(Network.of(spec), inputs, builder.ops, output);
  }

  private Value input(ValidInput input) {
    Form form = input.classes().isEmpty() ? Form.SAMPLE : Form.INDICES;
    Value value = outputs.value(input.name(), form, 1, input.shape().size());
    outputs.put(input.name(), value);
    return value;
  }

  private void add(ValidLayer layer) {
    Optional<ActivationOp> function = Activations.of(layer.activation());
    int positions = layer.positions();
    Optional<MapLayout> layout = layout(layer);
    boolean inOtherRows = function.filter(ActivationOp::mixesRow).isPresent()
        && (layout.isPresent() || layer.shape().positions() != positions);
    Form form = layout.isPresent()
        ? Form.MAP
        : positions > 1 ? Form.ROWS : inOtherRows ? Form.UNACTIVATED : Form.SAMPLE;
    int width = layout
        .map(in -> in.width(layer.shape().first(), layer.shape().area()))
        .orElse(layer.width() / positions);
    Value combined = outputs.value(layer.name(), form, positions, width);
    Op op = layer.match(new ValidLayer.Cases<Op>() {
      @Override
      public Op linear(LinearLayers.LinearLayer linear) {
        return new Op.Linear(
            outputs.rows(linear.from(), linear.positions(), linear.name()),
            combined,
            new Shape(List.of(linear.out(), linear.in())),
            linear.bias());
      }

      @Override
      public Op add(MergeLayers.AddLayer add) {
        return new Op.Add(outputs.read(add.from(), layout), combined);
      }

      @Override
      public Op mul(MergeLayers.MulLayer mul) {
        return new Op.Mul(outputs.read(mul.from(), layout), combined);
      }

      @Override
      public Op concat(MergeLayers.ConcatLayer concat) {
        return new Op.Concat(outputs.read(concat.from(), layout), combined);
      }

      @Override
      public Op layerNorm(NormLayers.LayerNormLayer norm) {
        return new Op.LayerNorm(
            outputs.rows(norm.from(), norm.positions(), norm.name()),
            combined,
            norm.normalized(),
            norm.eps(),
            norm.affine());
      }

      @Override
      public Op batchNorm(NormLayers.BatchNormLayer norm) {
        Outputs.Held from = outputs.held(norm.from(), norm.shape());
        Optional<LaidOut> map = Optional.of(new LaidOut(norm.shape(), from.layout()))
            .filter(held -> layout.isPresent() || norm.shape().area() > 1);
        return new Op.BatchNorm(
            from.value(), combined, map, norm.eps(), norm.momentum(), norm.affine());
      }

      @Override
      public Op normalization(NormLayers.NormalizationLayer layer) {
        return new Op.Normalization(
            outputs.sample(layer.from()),
            combined,
            layer.shape().first(),
            layer.mean(),
            layer.std());
      }

      @Override
      public Op dropout(ElementLayers.DropoutLayer dropout) {
        return new Op.Dropout(dropout.p(), outputs.sample(dropout.from()), combined);
      }

      @Override
      public Op prelu(ElementLayers.PReluLayer prelu) {
        return new Op.PRelu(
            outputs.rows(prelu.from(), prelu.positions(), prelu.name()), combined, prelu.slopes());
      }

      @Override
      public Op activate(ElementLayers.ActivateLayer activate) {
        return new Op.Identity(outputs.read(List.of(activate.from()), layout).get(0), combined);
      }

      @Override
      public Op conv(MapLayers.ConvLayer conv) {
        return convolution(conv, combined);
      }

      @Override
      public Op pool(MapLayers.PoolLayer pool) {
        Outputs.Held from = outputs.held(pool.from(), pool.geometry().input());
        WindowOp what = pool.pooling() == Pooling.MAX
            ? new WindowOp.MaxPool(pool.geometry(), from.layout())
            : new WindowOp.AveragePool(
                pool.geometry(), from.layout(), pool.pooling() != Pooling.AVERAGE_WITHOUT_PADDING);
        return new Op.Window(what, from.value(), combined);
      }

      @Override
      public Op embedding(CopyLayers.EmbeddingLayer embedding) {
        return new Op.Embedding(
            outputs.sample(embedding.from()),
            combined,
            embedding.classes(),
            embedding.shape().last());
      }

      @Override
      public Op flatten(CopyLayers.FlattenLayer flatten) {
        return new Op.Identity(outputs.sample(flatten.from()), combined);
      }
    });
    if (function.isEmpty() && op.unchanged().isPresent()) {
      outputs.put(layer, op.unchanged().get(), layout);
      return;
    }
    if (inOtherRows) {
      activateRows(layer, op, function.get(), layout);
      return;
    }
    ops.add(op);
    Value result = combined;
    if (function.isPresent()) {
      result = outputs.value(layer.name(), form, positions, combined.width());
      ops.add(new Op.Activate(function.get(), combined, result));
    }
    outputs.put(layer, result, layout);
  }

  /** The layout of what a layer computes, if that is a map that is not in row-major order. */
  private Optional<MapLayout> layout(ValidLayer layer) {
    return layer
        .match(new LayoutOfLayer(outputs::layout))
        .filter(layout -> !layout.isRowMajor(layer.shape()));
  }

  /** The convolution of a sample, of which a copy is padded first if there is any padding. */
  private Op convolution(MapLayers.ConvLayer conv, Value output) {
    List<Integer> weight =
        new ArrayList<>(List.of(conv.out(), conv.geometry().input().first() / conv.groups()));
    weight.addAll(conv.geometry().kernel());
    if (conv.isLinear()) {
      return new Op.Linear(outputs.sample(conv.from()), output, new Shape(weight), conv.bias());
    }
    Outputs.Held from = outputs.held(conv.from(), conv.geometry().input());
    Convolving what = Convolving.of(conv.geometry(), from.layout(), conv.groups(), conv.out());
    Value input = from.value();
    if (conv.geometry().isPadded()) {
      int channels = conv.geometry().input().first();
      MapLayout padded = from.layout().withPadding(conv.geometry());
      int width = padded.width(channels, conv.geometry().paddedPositions());
      input = outputs.value(conv.name(), Form.PADDED, 1, width);
      ops.add(new Op.Window(new WindowOp.Pad(what), from.value(), input));
    }
    return new Op.Convolution(what, input, output, new Shape(weight), conv.bias());
  }

  /** A softmax of each row of the last dimension, of a layer that computes other rows. */
  private void activateRows(
      ValidLayer layer, Op op, ActivationOp function, Optional<MapLayout> layout) {
    Value computed = op.unchanged().orElse(op.output());
    if (op.unchanged().isEmpty()) {
      ops.add(op);
    }
    int positions = layer.shape().positions();
    int width = layer.width() / positions;
    Value flat = computed;
    if (layout.isPresent()) {
      flat = outputs.value(layer.name(), Form.UNACTIVATED, 1, layer.width());
      outputs.relayout(new Outputs.Held(computed, layer.shape(), layout.get()), flat);
    } else if (computed.positions() > 1) {
      flat = outputs.reshape(
          computed, outputs.value(layer.name(), Form.UNACTIVATED, 1, layer.width()));
    }
    Value rows =
        outputs.reshape(flat, outputs.value(layer.name(), Form.ACTIVATED_ROWS, positions, width));
    Value activated = outputs.value(layer.name(), Form.ACTIVATED_ROWS, positions, width);
    ops.add(new Op.Activate(function, rows, activated));
    outputs.put(layer.name(), activated);
  }
}
