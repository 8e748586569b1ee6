package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.fold.Value.Unknown;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.wire.GraphProto;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Imports a model: reads its nodes in order, and makes the layers that compute the same. */
public final class ModelImporter {

  /** The newest version of ONNX's operators that this import knows. */
  public static final int NEWEST_OPSET = 25;

  private final ModelFile file;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /** The versions of ONNX's operators that nodes were refused for. */
  private final Set<Long> opsets = new HashSet<>();

  private ModelImporter(ModelFile file, Map<String, TensorProto> bound) {
    this.file = file;
    file.model().graph().initializers().forEach(tensor -> constants.put(tensor.name(), tensor));
    constants.putAll(bound);
  }

  /**
   * The network that a model computes.
   *
   * @param output which output, if there are several
   * @param bound values for inputs that are to be constants
   * @throws RefusedModelException if it cannot be imported; all reasons at once
   */
  public static Net read(ModelFile file, Optional<String> output, Map<String, TensorProto> bound)
      throws RefusedModelException {
    ModelImporter importer = new ModelImporter(file, bound);
    Optional<Net> net = importer.net(output);
    if (net.isEmpty() || !importer.refusals.isEmpty()) {
      throw new RefusedModelException(file.name(), importer.refusals);
    }
    return net.get();
  }

  private Optional<Net> net(Optional<String> chosen) {
    NodeName model = new NodeName("", "model");
    try {
      GraphProto graph = file.model().graph();
      if (!graph.sparse().isEmpty()) {
        throw new UnfitException("it has sparse constants", "export the model with dense ones");
      }
      Connections connections =
          new Connections(Inliner.of(file.model()), constants.keySet(), graph);
      List<String> outputs = connections.outputs(chosen);
      String output = outputs.get(0);
      if (outputs.size() > 1) {
        // the nodes of all of them are read for their reasons
        refusals.add(new Refusal(
            "",
            "model",
            "it has the outputs " + String.join(", ", outputs) + ", expected one",
            "choose one with --output, such as --output " + output));
      }
      List<Inliner.Call> calls = connections.needed(outputs);
      ModelInputs inputs =
          ModelInputs.of(connections.inputs(calls, output), connections.type(output));
      inputs.problems().forEach(problem -> refusals.add(problem.at(model)));
      NetBuilder net = new NetBuilder(inputs.type());
      inputs.readable().forEach(rows -> values.put(rows.name(), net.inputs().add(rows)));
      inputs.unreadable().forEach(name -> values.put(name, new Unknown()));
      for (Inliner.Call call : calls) {
        read(call, connections, net, inputs.count());
      }
      Value result = value(output)
          .orElseThrow(() -> new UnfitException(
              "its output \"" + output + "\" is computed by no node, expected one that is",
              "repair the model, or choose another output with --output"));
      if (!(result instanceof Running running)) {
        if (refusals.isEmpty()) {
          throw new UnfitException(
              "its output " + output
                  + " is no result of its inputs, expected numbers that are computed of them",
              "choose another output");
        }
        return Optional.empty();
      }
      return Optional.of(finished(net, running, output));
    } catch (UnfitException e) {
      refusals.add(e.at(model));
      return Optional.empty();
    }
  }

  private Net finished(NetBuilder net, Running result, String output) {
    net.begin(new NodeName("\"" + output + "\"", "output"));
    NetLayer last = net.layer(result);
    if (net.order(result) != null) {
      throw new UnfitException(
          "its output " + output
              + " is in another order than the layer that computes it, after a Transpose",
          "end the model before the Transpose");
    }
    List<NetLayer> layers = last.isInput() ? List.of() : Tidying.of(net.layers(), last);
    if (layers.stream().noneMatch(NetLayer::computes)) {
      throw new UnfitException(
          "its output " + output + " is its input as it is", "there is nothing to import");
    }
    return new Net(net.inputs().read(layers), layers, net.type(), output, result.dims());
  }

  private Optional<Value> value(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Value known = values.get(name);
    if (known == null && constants.containsKey(name)) {
      try {
        known = new Known(Constant.of(constants.get(name)));
      } catch (IllegalArgumentException e) {
        throw new UnfitException(
            "it reads " + name + ", " + e.getMessage()
                + ", expected FLOAT, DOUBLE or an integer type",
            "export the model with single precision");
      }
      values.put(name, known);
    }
    return Optional.ofNullable(known);
  }

  private void read(Inliner.Call call, Connections connections, NetBuilder net, OptionalLong rows) {
    NodeProto proto = call.node();
    NodeName name = NodeName.of(proto, connections.index(call));
    net.begin(name);
    proto.outputs().forEach(output -> values.put(output, new Unknown()));
    try {
      if (opsets.contains(call.opset())) {
        return; // one reason for all nodes
      }
      Operator operator = operator(call);
      List<Optional<Value>> inputs = new ArrayList<>();
      for (String input : proto.inputs()) {
        inputs.add(value(input));
      }
      while (!inputs.isEmpty() && inputs.get(inputs.size() - 1).isEmpty()) {
        inputs.remove(inputs.size() - 1);
      }
      if (inputs.stream()
          .anyMatch(value -> value.filter(Unknown.class::isInstance).isPresent())) {
        return;
      }
      Attributes attributes = new Attributes(proto);
      List<Value> results = operator.apply(new Node(
          proto.name(),
          inputs,
          proto.inputs(),
          connections.outputsRead(proto),
          attributes,
          call.opset(),
          rows,
          net));
      attributes.requireAllRead();
      for (int i = 0; i < results.size() && i < proto.outputs().size(); i++) {
        values.put(proto.outputs().get(i), results.get(i));
      }
    } catch (UnfitException e) {
      refusals.add(e.at(name));
    }
  }

  private Operator operator(Inliner.Call call) {
    NodeProto node = call.node();
    if (node.domain().equals("ai.onnx.preview.training")) {
      throw new UnfitException(
          "it trains the model, expected one for inference",
          "leave it out of the model, and train the network with an Optimizer of dev.gradpoet.runtime");
    }
    if (!node.domain().isEmpty()) {
      throw new UnfitException(
          "it is of the operator set " + node.domain() + ", expected ONNX's own",
          "export the model with ONNX's own operators");
    }
    if (call.opset() < 1 || call.opset() > NEWEST_OPSET) {
      opsets.add(call.opset());
      throw new UnfitException(
          "it is of opset " + call.opset() + ", expected 1 to " + NEWEST_OPSET,
          "export the model with one of these");
    }
    return Operators.named(node.operator())
        .orElseThrow(() -> new UnfitException(
            "no layer computes this operator",
            "leave it out of the model, or run the model with ONNX Runtime"));
  }
}
