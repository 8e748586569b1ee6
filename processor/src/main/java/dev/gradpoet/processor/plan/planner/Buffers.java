package dev.gradpoet.processor.plan.planner;

import dev.gradpoet.processor.graph.Graph;
import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.graph.Value;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Derivative;
import dev.gradpoet.processor.plan.Epilogue;
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
    graph.inputs().forEach(input -> buffers.put(input, buffer(input)));
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
    boolean kept = isKept(value);
    Buffer.Role role = switch (value.form()) {
      case INDICES -> Buffer.Role.INDICES;
      case SAMPLE -> kept ? Buffer.Role.BEFORE_ACTIVATION : Buffer.Role.OUTPUT;
      case UNACTIVATED -> Buffer.Role.BEFORE_ACTIVATION;
      case INPUT_ROWS -> Buffer.Role.INPUT_ROWS;
      case ROWS -> kept ? Buffer.Role.ROWS_BEFORE_ACTIVATION : Buffer.Role.ROWS;
      case PADDED -> Buffer.Role.PADDED;
      case MAP -> kept ? Buffer.Role.MAP_BEFORE_ACTIVATION : Buffer.Role.MAP;
      case ACTIVATED_ROWS -> kept ? Buffer.Role.UNACTIVATED_ROWS : Buffer.Role.ACTIVATED_ROWS;
    };
    return new Buffer(role, value.layer(), value.positions(), value.width());
  }

  /** Whether a value is read again by the derivative of the activation that follows it. */
  private boolean isKept(Value value) {
    Op.Activate next = activations.get(value);
    return next != null && next.function().reads() == ActivationOp.Reads.INPUT;
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
    Buffer.Role role = switch (value.form()) {
      case INDICES -> throw new IllegalArgumentException("class indices have no gradient");
      case SAMPLE, UNACTIVATED -> Buffer.Role.GRADIENT;
      case INPUT_ROWS -> Buffer.Role.INPUT_ROWS_GRADIENT;
      case ROWS -> Buffer.Role.ROWS_GRADIENT;
      case PADDED -> Buffer.Role.PADDED_GRADIENT;
      case MAP -> Buffer.Role.MAP_GRADIENT;
      case ACTIVATED_ROWS -> Buffer.Role.ACTIVATED_ROWS_GRADIENT;
    };
    return new Buffer(role, value.layer(), value.positions(), value.width());
  }

  /** The buffer of a norm's normalized input. */
  static Buffer normalized(Op.Norm op) {
    return ofOutput(Buffer.Role.NORMALIZED, op, op.output().width());
  }

  /** The buffer of a layer norm's scale, one number per row. */
  static Buffer scale(Op.LayerNorm op) {
    return ofOutput(Buffer.Role.SCALE, op, 1);
  }

  /** The buffer of what a batch norm keeps of a batch. */
  static Buffer statistics(Op.Norm op) {
    Buffer.Role role = op.map().isPresent() ? Buffer.Role.MAP_STATISTICS : Buffer.Role.STATISTICS;
    return ofOutput(role, op, op.output().width());
  }

  /** The buffer of a dropout's mask. */
  static Buffer mask(Op.Dropout op) {
    return ofOutput(Buffer.Role.MASK, op, op.output().width());
  }

  private static Buffer ofOutput(Buffer.Role role, Op op, int width) {
    return new Buffer(role, op.output().layer(), op.output().positions(), width);
  }

  /** The activation that is fused into the kernel of an operation. */
  Optional<Epilogue> epilogue(Op op) {
    return Optional.ofNullable(activations.get(op.output()))
        .map(next -> new Epilogue(next.function(), of(next.output())));
  }

  /** What an operation computes, if no activation replaces it in place. */
  Optional<Buffer> unactivated(Op op) {
    Buffer computed = of(op.output());
    return epilogue(op).filter(next -> next.output().equals(computed)).isPresent()
        ? Optional.empty()
        : Optional.of(computed);
  }

  /** The derivative of an activation and the buffer that it reads. */
  Derivative derivative(Op.Activate op) {
    boolean readsInput = op.function().reads() == ActivationOp.Reads.INPUT;
    return new Derivative(op.function(), of(readsInput ? op.input() : op.output()));
  }

  /** All buffers of values, the inputs first. */
  List<Buffer> values() {
    return buffers.values().stream().distinct().toList();
  }

  /** All buffers of gradients. */
  List<Buffer> gradients() {
    return buffers.keySet().stream()
        .filter(value -> value.form() != Value.Form.INDICES)
        .map(Buffers::gradient)
        .distinct()
        .toList();
  }
}
