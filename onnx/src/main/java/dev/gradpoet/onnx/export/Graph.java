package dev.gradpoet.onnx.export;

import dev.gradpoet.DType;
import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.GraphProto;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.TensorProto;
import dev.gradpoet.onnx.wire.ValueInfoProto;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The nodes and constants of a model while it is exported. */
final class Graph {

  private final DType dtype;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();

  /** The names of values, of which no two may be equal. */
  private final Set<String> names = new HashSet<>();

  Graph(DType dtype) {
    this.dtype = dtype;
  }

  /** Adds a node with one output, which gives its name to both. */
  String node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
    take(output);
    nodes.add(
        new NodeProto(output, operator, "", "", inputs, List.of(output), List.of(attributes), 0));
    return output;
  }

  /** Adds a parameter. */
  String constant(String name, Tensor tensor) {
    return constant(name, tensor.toDoubleArray(), tensor.shape());
  }

  /** Adds a number. */
  String constant(String name, double value) {
    return constant(name, new double[] {value});
  }

  /** Adds numbers; without sizes, one number without dimensions. */
  String constant(String name, double[] values, int... shape) {
    take(name);
    int bytes = dtype == DType.FLOAT64 ? Double.BYTES : Float.BYTES;
    ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(values.length, bytes))
        .order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (dtype == DType.FLOAT64) {
        raw.putDouble(value);
      } else {
        raw.putFloat((float) value);
      }
    }
    constants.add(new TensorProto(
        name, type(), Arrays.stream(shape).mapToObj(size -> (long) size).toList(), raw.flip()));
    return name;
  }

  private void take(String name) {
    if (!names.add(name)) {
      throw new IllegalStateException("two values are named \"" + name + "\"");
    }
  }

  boolean isDouble() {
    return dtype == DType.FLOAT64;
  }

  private int type() {
    return (dtype == DType.FLOAT64 ? ElementType.DOUBLE : ElementType.FLOAT).number();
  }

  private static ValueInfoProto rows(String name, int type, int[] shape) {
    List<ValueInfoProto.Dimension> dimensions = new ArrayList<>();
    dimensions.add(new ValueInfoProto.Dimension(-1, "N"));
    for (int size : shape) {
      dimensions.add(new ValueInfoProto.Dimension(size, ""));
    }
    return new ValueInfoProto(name, type, Optional.of(dimensions));
  }

  private ValueInfoProto rows(Architecture.Input input) {
    int type = input.classes().isPresent() ? ElementType.INT64.number() : type();
    return rows(input.name(), type, input.shape());
  }

  GraphProto proto(String name, List<Architecture.Input> inputs, String output, int[] outputShape) {
    return new GraphProto(
        name,
        nodes,
        constants,
        inputs.stream().map(this::rows).toList(),
        List.of(rows(output, type(), outputShape)),
        List.of());
  }
}
