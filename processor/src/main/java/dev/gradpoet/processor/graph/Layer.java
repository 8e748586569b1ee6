package dev.gradpoet.processor.graph;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Activations;
import dev.gradpoet.processor.validate.ValidLayer;
import java.util.List;
import java.util.Optional;

/**
 * A layer as it was declared: what generated classes say of it. What it computes are the operations of the graph.
 *
 * @param name its name
 * @param type the name of PyTorch's class, or of our annotation where it has none
 * @param from the names of what it reads
 * @param combined the formula before the activation: {@code input W^T + b}
 * @param shapeRead the shape of what it reads, as the table of layers shows it
 * @param shape of one output sample
 * @param activation which activation is applied last
 * @param function the operation of the activation; none for the identity
 */
public record Layer(
    String name,
    String type,
    List<String> from,
    String combined,
    String shapeRead,
    Shape shape,
    Activation activation,
    Optional<ActivationOp> function) {

  public Layer {
    from = List.copyOf(from);
  }

  static Layer of(ValidLayer layer) {
    String width = String.valueOf(layer.width());
    return layer.match(
        linear -> of(
            layer,
            "Linear",
            List.of(linear.from()),
            linear.from() + " W^T" + (linear.bias() ? " + b" : ""),
            String.valueOf(linear.in())),
        add -> of(layer, "Add", add.from(), String.join(" + ", add.from()), width),
        concat -> of(
            layer,
            "Concat",
            concat.from(),
            "[" + String.join(", ", concat.from()) + "]",
            "joined"));
  }

  private static Layer of(
      ValidLayer layer, String type, List<String> from, String combined, String shapeRead) {
    return new Layer(
        layer.name(),
        type,
        from,
        combined,
        shapeRead,
        Shape.of(layer.width()),
        layer.activation().function(),
        Activations.of(layer.activation()));
  }

  /** The whole formula: {@code relu(input W^T + b)}. */
  public String formula() {
    return function.map(op -> op.name() + "(" + combined + ")").orElse(combined);
  }
}
