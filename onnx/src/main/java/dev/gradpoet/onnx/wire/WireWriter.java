package dev.gradpoet.onnx.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one protobuf message. */
final class WireWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] toBytes() {
    return out.toByteArray();
  }

  /** An integer; 0, the default, is left out. */
  void integer(int field, long value) {
    if (value != 0) {
      required(field, value);
    }
  }

  /** An integer that is written even if it is 0. */
  void required(int field, long value) {
    key(field, 0);
    varint(value);
  }

  void single(int field, float value) {
    key(field, 5);
    int bits = Float.floatToRawIntBits(value);
    for (int i = 0; i < 4; i++) {
      out.write(bits >>> 8 * i);
    }
  }

  /** A string; an empty one, the default, is left out. */
  void string(int field, String value) {
    if (!value.isEmpty()) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A string in a repeated field, where an empty one counts. */
  void element(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void message(int field, WireWriter message) {
    key(field, 2);
    varint(message.out.size());
    out.writeBytes(message.toBytes());
  }

  void bytes(int field, byte[] bytes) {
    key(field, 2);
    varint(bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  void bytes(int field, ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    bytes(field, array);
  }

  private void key(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
