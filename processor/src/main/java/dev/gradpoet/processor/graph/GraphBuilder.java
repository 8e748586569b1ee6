package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.validate.ValidLayer;
import dev.gradpoet.processor.validate.ValidSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the forward graph of a declaration: one operation for each layer, and another for its activation. */
public final class GraphBuilder {

  private final List<Op> ops = new ArrayList<>();
  private final Map<String, Value> outputs = new HashMap<>();
  private int values;

  private GraphBuilder() {}

  /** The forward graph of a declaration. */
  public static Graph build(ValidSpec spec) {
    GraphBuilder builder = new GraphBuilder();
    Value input = builder.value(ValidSpec.INPUT, spec.inputs());
    builder.outputs.put(ValidSpec.INPUT, input);
    spec.layers().forEach(builder::add);
    String last = spec.layers().get(spec.layers().size() - 1).name();
    return new Graph(Network.of(spec), input, builder.ops, builder.outputs.get(last));
  }

  private void add(ValidLayer layer) {
    Value combined = value(layer.name(), layer.width());
    ops.add(layer.match(new ValidLayer.Cases<Op>() {
      @Override
      public Op linear(ValidLayer.LinearLayer linear) {
        return new Op.Linear(outputs.get(linear.from()), combined, linear.bias());
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
        return new Op.LayerNorm(outputs.get(norm.from()), combined, norm.eps(), norm.affine());
      }

      @Override
      public Op dropout(ValidLayer.DropoutLayer dropout) {
        return new Op.Dropout(dropout.p(), outputs.get(dropout.from()), combined);
      }

      @Override
      public Op prelu(ValidLayer.PReluLayer prelu) {
        return new Op.PRelu(outputs.get(prelu.from()), combined, prelu.slopes());
      }

      @Override
      public Op activate(ValidLayer.ActivateLayer activate) {
        return new Op.Identity(outputs.get(activate.from()), combined);
      }
    }));
    Optional<ActivationOp> function = Activations.of(layer.activation());
    if (function.isEmpty()) {
      outputs.put(layer.name(), combined);
      return;
    }
    Value activated = value(layer.name(), layer.width());
    ops.add(new Op.Activate(function.get(), combined, activated));
    outputs.put(layer.name(), activated);
  }

  private List<Value> read(List<String> names) {
    return names.stream().map(outputs::get).toList();
  }

  private Value value(String layer, int width) {
    return new Value(values++, layer, width);
  }
}
