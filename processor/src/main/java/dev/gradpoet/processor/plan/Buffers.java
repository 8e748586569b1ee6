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
 * The buffers of a graph's values. Each activation is fused into the kernel before it: a value and its activation share a buffer, unless the
 * derivative needs the value before the activation.
 */
final class Buffers {

  /** The activation that reads each value, if any. */
  private final Map<Value, Op.Activate> activations = new HashMap<>();

  private final Map<Value, Buffer> buffers = new LinkedHashMap<>();

  Buffers(Graph graph) {
    graph
        .ops()
        .forEach(op ->
            op.activation().ifPresent(activate -> activations.put(activate.input(), activate)));
    buffers.put(graph.input(), buffer(graph.input()));
    graph.ops().forEach(op -> buffers.put(op.output(), buffer(op.output())));
  }

  private Buffer buffer(Value value) {
    Op.Activate next = activations.get(value);
    boolean kept = next != null && next.function().reads() == ActivationOp.Reads.INPUT;
    return new Buffer(
        kept ? Buffer.Role.BEFORE_ACTIVATION : Buffer.Role.OUTPUT, value.layer(), value.width());
  }

  /** The buffer of a value. */
  Buffer of(Value value) {
    return buffers.get(value);
  }

  /** The buffers of several values. */
  List<Buffer> of(List<Value> values) {
    return values.stream().map(this::of).toList();
  }

  /** The buffer of a value's gradient. */
  static Buffer gradient(Value value) {
    return new Buffer(Buffer.Role.GRADIENT, value.layer(), value.width());
  }

  /** The buffer of a norm's normalized input. */
  static Buffer normalized(Op.LayerNorm op) {
    return new Buffer(Buffer.Role.NORMALIZED, op.output().layer(), op.output().width());
  }

  /** The buffer of a norm's scale, one number per sample. */
  static Buffer scale(Op.LayerNorm op) {
    return new Buffer(Buffer.Role.SCALE, op.output().layer(), 1);
  }

  /** The buffer of a dropout's mask. */
  static Buffer mask(Op.Dropout op) {
    return new Buffer(Buffer.Role.MASK, op.output().layer(), op.output().width());
  }

  /** The activation that is fused into the kernel of an operation. */
  Optional<Epilogue> epilogue(Op op) {
    return Optional.ofNullable(activations.get(op.output()))
        .map(next -> new Epilogue(next.function(), of(next.output())));
  }

  /** The derivative of an activation and the buffer that it reads. */
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
