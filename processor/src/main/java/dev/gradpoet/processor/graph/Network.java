package dev.gradpoet.processor.graph;

import dev.gradpoet.DType;
import dev.gradpoet.Init;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.List;

/**
 * A network as declared, without its operations.
 *
 * @param declaration the interface
 * @param dtype the type of its values, {@link DType#FLOAT32} or {@link DType#FLOAT64}
 * @param init how the parameters are initialized
 * @param input the shape of the input of one sample
 * @param layers in the order of declaration; the last is the output
 * @param objective the training objective
 * @param classes how the class of a row follows from its outputs
 */
public record Network(
    Declaration declaration,
    DType dtype,
    Init init,
    Shape input,
    List<Layer> layers,
    Objective objective,
    ClassDecision classes) {

  public Network {
    layers = List.copyOf(layers);
  }

  static Network of(ValidSpec spec) {
    return new Network(
        Declaration.of(spec.declaration(), spec.methods()),
        spec.dtype(),
        spec.init(),
        spec.input(),
        spec.layers().stream().map(Layer::of).toList(),
        Objective.of(spec.loss()),
        ClassDecision.of(spec));
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
