package dev.gradpoet.processor.graph;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.shape.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A layer as declared and as generated classes describe it; its operations in the graph define its computation.
 *
 * @param name its name
 * @param type the name of PyTorch's class, or of our annotation if PyTorch has none
 * @param from the names of its sources
 * @param combined the formula without the activation: {@code input W^T + b}
 * @param shapeRead the shape of its input, as shown in the table of layers
 * @param shape the shape of its output for one sample
 * @param activation the activation applied to its result
 * @param options the arguments of PyTorch's constructors by name, first those of the layer, then those of its activation
 * @param function the operation of the activation; empty for the identity
 */
public record Layer(
    String name,
    String type,
    List<String> from,
    String combined,
    String shapeRead,
    Shape shape,
    Activation activation,
    Map<String, Object> options,
    Optional<ActivationOp> function) {

  public Layer {
    from = List.copyOf(from);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** {@code 10} of a vector, {@code [1, 28, 28]} of another shape. */
  public static String text(Shape shape) {
    return shape.isVector() ? String.valueOf(shape.size()) : shape.toString();
  }

  /** The whole formula: {@code relu(input W^T + b)}. */
  public String formula() {
    return function.map(op -> op.name() + "(" + combined + ")").orElse(combined);
  }
}
