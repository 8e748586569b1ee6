package dev.gradpoet.benchmarks.rivals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A message of Protocol Buffers: fields in the order in which they are added. */
final class ProtobufMessage {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtobufMessage number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  ProtobufMessage string(int field, String value) {
    return field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufMessage message(int field, ProtobufMessage value) {
    return field(field, value.bytes());
  }

  ProtobufMessage field(int field, byte[] value) {
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
