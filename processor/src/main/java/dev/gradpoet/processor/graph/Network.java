package dev.gradpoet.processor.graph;

import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.List;

/**
 * A network as declared, without its operations.
 *
 * @param declaration the interface
 * @param dtype the type of its values, {@link DType#FLOAT32} or {@link DType#FLOAT64}
 * @param init how the parameters are initialized
 * @param inputs in the order of declaration
 * @param layers in the order of declaration; the last is the output
 * @param objective the training objective
 * @param classes how the class of a row follows from its outputs
 */
public record Network(
    Declaration declaration,
    DType dtype,
    Init init,
    List<Input> inputs,
    List<Layer> layers,
    Objective objective,
    ClassDecision classes) {

  public Network {
    inputs = List.copyOf(inputs);
    layers = List.copyOf(layers);
  }

  static Network of(ValidSpec spec) {
    return new Network(
        Declaration.of(spec.declaration(), spec.methods()),
        spec.dtype(),
        spec.init(),
        spec.inputs().stream().map(Input::of).toList(),
        spec.layers().stream().map(layer -> layer.match(new PyTorchLayers())).toList(),
        Objective.of(spec.loss()),
        ClassDecision.of(spec));
  }

  /** Whether the only input is one of numbers, so that a row is an array of the caller's. */
  public boolean hasOneDenseInput() {
    return inputs.size() == 1 && inputs.get(0).isDense();
  }

  /** The layer of this name. */
  public Layer layer(String name) {
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The layer whose output is the network's. */
  public Layer last() {
    return layers.get(layers.size() - 1);
  }
}
