package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.Graph;
import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.graph.Value;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The buffers of a graph's values, and where an activation is fused into the kernel before it: a value and its activation share rows, unless the
 * derivative needs the value before the activation.
 */
final class Buffers {

  /** The activation that follows a value, where one does. */
  private final Map<Value, Op.Activate> activations = new HashMap<>();

  private final Map<Value, Buffer> buffers = new LinkedHashMap<>();

  Buffers(Graph graph) {
    graph
        .ops()
        .forEach(op ->
            op.activation().ifPresent(activate -> activations.put(activate.input(), activate)));
    buffers.put(graph.input(), buffer(graph.input()));
    graph.ops().forEach(op -> buffers.put(op.output(), computed(op)));
  }

  /** The rows of what an operation computes; an activation alone keeps nothing that is there already. */
  private Buffer computed(Op op) {
    return op.unchanged()
        .filter(input -> isKept(op.output()))
        .map(buffers::get)
        .orElseGet(() -> buffer(op.output()));
  }

  private Buffer buffer(Value value) {
    return new Buffer(
        isKept(value) ? Buffer.Role.BEFORE_ACTIVATION : Buffer.Role.OUTPUT,
        value.layer(),
        value.width());
  }

  /** Whether a value is read again by the derivative of the activation that follows it. */
  private boolean isKept(Value value) {
    Op.Activate next = activations.get(value);
    return next != null && next.function().reads() == ActivationOp.Reads.INPUT;
  }

  /** The rows of a value. */
  Buffer of(Value value) {
    return buffers.get(value);
  }

  /** The rows of several values. */
  List<Buffer> of(List<Value> values) {
    return values.stream().map(this::of).toList();
  }

  /** The rows of a value's gradient. */
  static Buffer gradient(Value value) {
    return new Buffer(Buffer.Role.GRADIENT, value.layer(), value.width());
  }

  /** The rows that a norm keeps of its input. */
  static Buffer normalized(Op.LayerNorm op) {
    return new Buffer(Buffer.Role.NORMALIZED, op.output().layer(), op.output().width());
  }

  /** The number of each sample that a norm keeps. */
  static Buffer scale(Op.LayerNorm op) {
    return new Buffer(Buffer.Role.SCALE, op.output().layer(), 1);
  }

  /** The factors of a dropout. */
  static Buffer mask(Op.Dropout op) {
    return new Buffer(Buffer.Role.MASK, op.output().layer(), op.output().width());
  }

  /** The activation that the kernel of an operation applies. */
  Optional<Epilogue> epilogue(Op op) {
    return Optional.ofNullable(activations.get(op.output()))
        .map(next -> new Epilogue(next.function(), of(next.output())));
  }

  /** The derivative of an activation. */
  Derivative derivative(Op.Activate op) {
    boolean readsInput = op.function().reads() == ActivationOp.Reads.INPUT;
    return new Derivative(op.function(), of(readsInput ? op.input() : op.output()));
  }

  /** All buffers of values, the input first. */
  List<Buffer> values() {
    return buffers.values().stream().distinct().toList();
  }

  /** All buffers of gradients. */
  List<Buffer> gradients() {
    return buffers.keySet().stream().map(Buffers::gradient).distinct().toList();
  }
}
