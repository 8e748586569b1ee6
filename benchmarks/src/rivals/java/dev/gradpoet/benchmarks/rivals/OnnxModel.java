package dev.gradpoet.benchmarks.rivals;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encodes a plain stack of linear layers with relu between them as an ONNX model, in the format of onnx.proto (github.com/onnx/onnx). */
final class OnnxModel {

  private static final int FLOAT = 1;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private OnnxModel() {}

  /** The model of a network for a fixed number of rows; input {@code x}, output {@code y}. */
  static byte[] of(Model model, List<Integer> widths, int rows) {
    Message graph = new Message();
    int layers = widths.size() - 1;
    String value = "x";
    for (int i = 0; i < layers; i++) {
      Tensor weight = model.layer(i).weight();
      Tensor bias = model.layer(i).bias();
      boolean last = i == layers - 1;
      String sum = last ? "y" : "z" + i;
      graph.message(1, gemm(value, "w" + i, "b" + i, sum));
      if (!last) {
        graph.message(1, new Message().string(1, sum).string(2, "h" + i).string(4, "Relu"));
      }
      value = "h" + i;
      graph.message(5, tensor("w" + i, weight));
      graph.message(5, tensor("b" + i, bias));
    }
    graph.string(2, "network");
    graph.message(11, valueInfo("x", rows, widths.get(0)));
    graph.message(12, valueInfo("y", rows, widths.get(layers)));
    return new Message()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new Message().string(1, "").number(2, OPSET))
        .bytes();
  }

  private static Message gemm(String x, String w, String b, String y) {
    Message transposed = new Message().string(1, "transB").number(3, 1).number(20, 2);
    return new Message()
        .string(1, x)
        .string(1, w)
        .string(1, b)
        .string(2, y)
        .string(4, "Gemm")
        .message(5, transposed);
  }

  private static Message tensor(String name, Tensor tensor) {
    Message message = new Message();
    for (int size : tensor.shape()) {
      message.number(1, size);
    }
    ByteBuffer data = ByteBuffer.allocate(tensor.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(tensor.toFloatArray());
    return message.number(2, FLOAT).string(8, name).field(9, data.array());
  }

  private static Message valueInfo(String name, int rows, int width) {
    Message shape = new Message()
        .message(1, new Message().number(1, rows))
        .message(1, new Message().number(1, width));
    Message type =
        new Message().message(1, new Message().number(1, FLOAT).message(2, shape));
    return new Message().string(1, name).message(2, type);
  }

  /** A message of Protocol Buffers: fields in the order in which they are added. */
  private static final class Message {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message string(int field, String value) {
      return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return field(field, value.bytes());
    }

    Message field(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        out.write((int) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
