package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.Value.Form;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.LaidOut;
import dev.gradpoet.processor.shape.MapLayout;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import dev.gradpoet.processor.valid.ValidLayer.PoolLayer.Pooling;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the forward graph of a declaration: one operation for each layer, and another for its activation. Values are one row a sample; a layer
 * that works on rows of the last dimensions reads and computes values of several rows a sample, which are made where a layer reads them. A convolution
 * or a pooling computes a map in a layout of its own; a layer that needs row-major order reads a copy.
 */
public final class GraphBuilder {

  private final List<Op> ops = new ArrayList<>();

  /** The values of each input and the output of each layer, by the number of rows a sample: all have the same numbers in the same order. */
  private final Map<String, Map<Integer, Value>> outputs = new HashMap<>();

  /** The outputs that are computed as maps in another layout. */
  private final Map<String, Held> maps = new HashMap<>();

  private int values;

  /** A map that a layer computes. */
  private record Held(Value value, Shape shape, MapLayout layout) {}

  private GraphBuilder() {}

  /** The forward graph of a declaration. */
  public static Graph build(ValidSpec spec) {
    GraphBuilder builder = new GraphBuilder();
    List<Value> inputs = spec.inputs().stream().map(builder::input).toList();
    spec.layers().forEach(builder::add);
    String last = spec.layers().get(spec.layers().size() - 1).name();
    Value output = builder.sample(last);
    return new Graph(Network.of(spec), inputs, builder.ops, output);
  }

  private Value input(ValidInput input) {
    Form form = input.classes().isEmpty() ? Form.SAMPLE : Form.INDICES;
    Value value = value(input.name(), form, 1, input.shape().size());
    put(input.name(), value);
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
    Value combined = value(layer.name(), form, positions, width);
    Op op = layer.match(new ValidLayer.Cases<Op>() {
      @Override
      public Op linear(ValidLayer.LinearLayer linear) {
        return new Op.Linear(
            rows(linear.from(), linear.positions(), linear.name()),
            combined,
            new Shape(List.of(linear.out(), linear.in())),
            linear.bias());
      }

      @Override
      public Op add(ValidLayer.AddLayer add) {
        return new Op.Add(read(add.from(), layout), combined);
      }

      @Override
      public Op mul(ValidLayer.MulLayer mul) {
        return new Op.Mul(read(mul.from(), layout), combined);
      }

      @Override
      public Op concat(ValidLayer.ConcatLayer concat) {
        return new Op.Concat(read(concat.from(), layout), combined);
      }

      @Override
      public Op layerNorm(ValidLayer.LayerNormLayer norm) {
        return new Op.LayerNorm(
            rows(norm.from(), norm.positions(), norm.name()),
            combined,
            norm.normalized(),
            norm.eps(),
            norm.affine());
      }

      @Override
      public Op batchNorm(ValidLayer.BatchNormLayer norm) {
        Held from = held(norm.from(), norm.shape());
        Optional<LaidOut> map = Optional.of(new LaidOut(norm.shape(), from.layout()))
            .filter(held -> layout.isPresent() || norm.shape().area() > 1);
        return new Op.BatchNorm(
            from.value(), combined, map, norm.eps(), norm.momentum(), norm.affine());
      }

      @Override
      public Op normalization(ValidLayer.NormalizationLayer layer) {
        return new Op.Normalization(
            sample(layer.from()), combined, layer.shape().first(), layer.mean(), layer.std());
      }

      @Override
      public Op dropout(ValidLayer.DropoutLayer dropout) {
        return new Op.Dropout(dropout.p(), sample(dropout.from()), combined);
      }

      @Override
      public Op prelu(ValidLayer.PReluLayer prelu) {
        return new Op.PRelu(
            rows(prelu.from(), prelu.positions(), prelu.name()), combined, prelu.slopes());
      }

      @Override
      public Op activate(ValidLayer.ActivateLayer activate) {
        return new Op.Identity(read(List.of(activate.from()), layout).get(0), combined);
      }

      @Override
      public Op conv(ValidLayer.ConvLayer conv) {
        return convolution(conv, combined);
      }

      @Override
      public Op pool(ValidLayer.PoolLayer pool) {
        Held from = held(pool.from(), pool.geometry().input());
        WindowOp what = pool.pooling() == Pooling.MAX
            ? new WindowOp.MaxPool(pool.geometry(), from.layout())
            : new WindowOp.AveragePool(
                pool.geometry(), from.layout(), pool.pooling() != Pooling.AVERAGE_WITHOUT_PADDING);
        return new Op.Window(what, from.value(), combined);
      }

      @Override
      public Op embedding(ValidLayer.EmbeddingLayer embedding) {
        return new Op.Embedding(
            sample(embedding.from()),
            combined,
            embedding.classes(),
            embedding.shape().last());
      }

      @Override
      public Op flatten(ValidLayer.FlattenLayer flatten) {
        return new Op.Identity(sample(flatten.from()), combined);
      }
    });
    if (function.isEmpty() && op.unchanged().isPresent()) {
      put(layer, op.unchanged().get(), layout);
      return;
    }
    if (inOtherRows) {
      activateRows(layer, op, function.get(), layout);
      return;
    }
    ops.add(op);
    Value result = combined;
    if (function.isPresent()) {
      result = value(layer.name(), form, positions, combined.width());
      ops.add(new Op.Activate(function.get(), combined, result));
    }
    put(layer, result, layout);
  }

  /** The layout of what a layer computes, if that is a map that is not in row-major order. */
  private Optional<MapLayout> layout(ValidLayer layer) {
    return layer
        .match(new LayoutOfLayer(source -> Optional.ofNullable(maps.get(source)).map(Held::layout)))
        .filter(layout -> !layout.isRowMajor(layer.shape()));
  }

  /** The convolution of a sample, of which a copy is padded first if there is any padding. */
  private Op convolution(ValidLayer.ConvLayer conv, Value output) {
    List<Integer> weight =
        new ArrayList<>(List.of(conv.out(), conv.geometry().input().first() / conv.groups()));
    weight.addAll(conv.geometry().kernel());
    if (conv.isLinear()) {
      return new Op.Linear(sample(conv.from()), output, new Shape(weight), conv.bias());
    }
    Held from = held(conv.from(), conv.geometry().input());
    Convolving what = Convolving.of(conv.geometry(), from.layout(), conv.groups(), conv.out());
    Value input = from.value();
    if (conv.geometry().isPadded()) {
      int channels = conv.geometry().input().first();
      MapLayout padded = from.layout().withPadding(conv.geometry());
      int width = padded.width(channels, conv.geometry().paddedPositions());
      input = value(conv.name(), Form.PADDED, 1, width);
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
      flat = value(layer.name(), Form.UNACTIVATED, 1, layer.width());
      relayout(new Held(computed, layer.shape(), layout.get()), flat);
    } else if (computed.positions() > 1) {
      flat = reshape(computed, value(layer.name(), Form.UNACTIVATED, 1, layer.width()));
    }
    Value rows = reshape(flat, value(layer.name(), Form.ACTIVATED_ROWS, positions, width));
    Value activated = value(layer.name(), Form.ACTIVATED_ROWS, positions, width);
    ops.add(new Op.Activate(function, rows, activated));
    put(layer.name(), activated);
  }

  private void put(ValidLayer layer, Value value, Optional<MapLayout> layout) {
    if (layout.isEmpty()) {
      put(layer.name(), value);
      return;
    }
    outputs.put(layer.name(), new HashMap<>());
    maps.put(layer.name(), new Held(value, layer.shape(), layout.get()));
  }

  private void put(String name, Value value) {
    Map<Integer, Value> forms = new HashMap<>();
    forms.put(value.positions(), value);
    outputs.put(name, forms);
  }

  /** The outputs of layers, as maps in a layout if there is one. */
  private List<Value> read(List<String> names, Optional<MapLayout> layout) {
    return names.stream()
        .map(name -> layout.isPresent() ? maps.get(name).value() : sample(name))
        .toList();
  }

  /** The output of a layer as the map that it computes, or in row-major order. */
  private Held held(String source, Shape shape) {
    return maps.containsKey(source)
        ? maps.get(source)
        : new Held(sample(source), shape, MapLayout.rowMajor(shape.area()));
  }

  private void relayout(Held from, Value to) {
    MapLayout rowMajor = MapLayout.rowMajor(from.shape().area());
    ops.add(new Op.Window(
        new WindowOp.Relayout(from.shape(), from.layout(), rowMajor), from.value(), to));
  }

  /** The output of a layer, one row a sample. */
  private Value sample(String source) {
    Map<Integer, Value> forms = outputs.get(source);
    if (forms.isEmpty()) {
      Held map = maps.get(source);
      Value sample = value(source, Form.SAMPLE, 1, map.shape().size());
      relayout(map, sample);
      forms.put(1, sample);
    }
    if (!forms.containsKey(1)) {
      Value rows = forms.values().iterator().next();
      int size = rows.positions() * rows.width();
      forms.put(1, reshape(rows, value(rows.layer(), Form.SAMPLE, 1, size)));
    }
    return forms.get(1);
  }

  /** The output of a layer in so many rows a sample. */
  private Value rows(String source, int positions, String reader) {
    if (positions == 1) {
      return sample(source);
    }
    Map<Integer, Value> forms = outputs.get(source);
    if (!forms.containsKey(positions)) {
      Value sample = sample(source);
      Value rows = value(reader, Form.INPUT_ROWS, positions, sample.width() / positions);
      forms.put(positions, reshape(sample, rows));
    }
    return forms.get(positions);
  }

  private Value reshape(Value from, Value to) {
    ops.add(new Op.Reshape(from, to));
    return to;
  }

  private Value value(String layer, Form form, int positions, int width) {
    return new Value(values++, layer, form, positions, width);
  }
}
