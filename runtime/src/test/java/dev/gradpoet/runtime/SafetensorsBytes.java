package dev.gradpoet.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Creates valid and invalid files manually. */
final class SafetensorsBytes {

  private SafetensorsBytes() {}

  /** A file that consists of a header and these bytes. */
  static byte[] of(String header, byte... data) {
    return of(header.getBytes(StandardCharsets.UTF_8), data);
  }

  static byte[] of(byte[] header, byte... data) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).put(data);
    return bytes.array();
  }

  /** An entry of a header. */
  static String entry(String name, String type, String shape, long begin, long end) {
    return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":["
        + begin + "," + end + "]}";
  }

  /** A file with one tensor. */
  static byte[] of(String name, String type, String shape, byte... data) {
    return of("{" + entry(name, type, shape, 0, data.length) + "}", data);
  }
}
