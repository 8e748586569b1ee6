package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.Value.Form;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.shape.Geometry;
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
 * that works on rows of the last dimensions reads and computes values of several rows a sample, which are made where a layer reads them.
 */
public final class GraphBuilder {

  private final List<Op> ops = new ArrayList<>();

  /** The values of each input and the output of each layer, by the number of rows a sample: all have the same numbers in the same order. */
  private final Map<String, Map<Integer, Value>> outputs = new HashMap<>();

  private int values;

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
    boolean inOtherRows = function.filter(ActivationOp::mixesRow).isPresent()
        && (layer.computesChannels() || layer.shape().positions() != positions);
    Form form = positions > 1 ? Form.ROWS : inOtherRows ? Form.UNACTIVATED : Form.SAMPLE;
    Value combined = value(layer.name(), form, positions, layer.width() / positions);
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
        return new Op.Add(read(add.from()), combined);
      }

      @Override
      public Op mul(ValidLayer.MulLayer mul) {
        return new Op.Mul(read(mul.from()), combined);
      }

      @Override
      public Op concat(ValidLayer.ConcatLayer concat) {
        return new Op.Concat(read(concat.from()), combined);
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
        return new Op.BatchNorm(
            sample(norm.from()), combined, norm.eps(), norm.momentum(), norm.affine());
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
        return new Op.Identity(sample(activate.from()), combined);
      }

      @Override
      public Op conv(ValidLayer.ConvLayer conv) {
        return convolution(conv, combined);
      }

      @Override
      public Op pool(ValidLayer.PoolLayer pool) {
        WindowOp what = pool.pooling() == Pooling.MAX
            ? new WindowOp.MaxPool(pool.geometry())
            : new WindowOp.AveragePool(
                pool.geometry(), pool.pooling() != Pooling.AVERAGE_WITHOUT_PADDING);
        return new Op.Window(what, sample(pool.from()), combined);
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
      put(layer.name(), op.unchanged().get());
      return;
    }
    if (inOtherRows) {
      activateRows(layer, op, function.get(), layer.shape().positions());
      return;
    }
    ops.add(op);
    Value result = combined;
    if (function.isPresent()) {
      result = value(layer.name(), form, positions, combined.width());
      ops.add(new Op.Activate(function.get(), combined, result));
    }
    put(
        layer.name(),
        layer.computesChannels() ? channelsFirst(layer, result, Form.SAMPLE) : result);
  }

  /** The product of the patches of a sample, a row for each position of the kernel, with the weight. */
  private Op convolution(ValidLayer.ConvLayer conv, Value output) {
    Geometry geometry = conv.geometry();
    Value patches = value(conv.name(), Form.INPUT_ROWS, geometry.positions(), geometry.taps());
    ops.add(new Op.Window(new WindowOp.Patches(geometry), sample(conv.from()), patches));
    List<Integer> weight = new ArrayList<>(List.of(conv.out(), geometry.input().first()));
    weight.addAll(geometry.kernel());
    return new Op.Linear(patches, output, new Shape(weight), conv.bias());
  }

  /** A sample in row-major order from rows of channels. */
  private Value channelsFirst(ValidLayer layer, Value rows, Form form) {
    if (rows.positions() == 1) {
      return rows; // of one position, the channels are the sample
    }
    Value sample = value(layer.name(), form, 1, layer.width());
    ops.add(
        new Op.Window(new WindowOp.ChannelsFirst(rows.positions(), rows.width()), rows, sample));
    return sample;
  }

  /** A softmax of each row of the last dimension, of a layer that computes other rows. */
  private void activateRows(ValidLayer layer, Op op, ActivationOp function, int positions) {
    Value computed = op.unchanged().orElse(op.output());
    if (op.unchanged().isEmpty()) {
      ops.add(op);
    }
    int width = layer.width() / positions;
    Value flat = layer.computesChannels()
        ? channelsFirst(layer, computed, Form.UNACTIVATED)
        : computed.positions() == 1
            ? computed
            : reshape(computed, value(layer.name(), Form.UNACTIVATED, 1, layer.width()));
    Value rows = reshape(flat, value(layer.name(), Form.ACTIVATED_ROWS, positions, width));
    Value activated = value(layer.name(), Form.ACTIVATED_ROWS, positions, width);
    ops.add(new Op.Activate(function, rows, activated));
    put(layer.name(), activated);
  }

  private void put(String name, Value value) {
    Map<Integer, Value> forms = new HashMap<>();
    forms.put(value.positions(), value);
    outputs.put(name, forms);
  }

  private List<Value> read(List<String> names) {
    return names.stream().map(this::sample).toList();
  }

  /** The output of a layer, one row a sample. */
  private Value sample(String source) {
    Map<Integer, Value> forms = outputs.get(source);
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
