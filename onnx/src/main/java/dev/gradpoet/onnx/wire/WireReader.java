package dev.gradpoet.onnx.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one protobuf message out of a file in memory (<a href="https://protobuf.dev/programming-guides/encoding">the wire format</a>). Lengths
 * are compared with what is left before anything is read, so a damaged file allocates nothing by its numbers.
 */
final class WireReader {

  /** The maximum depth of nested messages; a model has about eight, and a few more for each subgraph. */
  private static final int MAX_DEPTH = 64;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final String file;
  private final byte[] data;
  private final int end;
  private final int depth;
  private int at;
  private int fieldAt;
  private int wireType;

  private WireReader(String file, byte[] data, int begin, int end, int depth) {
    this.file = file;
    this.data = data;
    this.at = begin;
    this.end = end;
    this.depth = depth;
  }

  /** A reader of the message that a whole file is. */
  static WireReader of(String file, byte[] data) {
    return new WireReader(file, data, 0, data.length, 0);
  }

  /** Moves to the next field; returns its number, or 0 at the end of the message. */
  int next() throws MalformedFileException {
    if (at == end) {
      return 0;
    }
    fieldAt = at;
    long key = varint();
    wireType = (int) (key & 7);
    long number = key >>> 3;
    if (number < 1 || number > 0x1fffffff) {
      throw error(fieldAt, "field number " + number + ", expected 1 to 536870911");
    }
    return (int) number;
  }

  /** Skips the value of a field that the caller does not know. */
  void skip() throws MalformedFileException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> advance(8);
      case BYTES -> advance(length());
      case FIXED32 -> advance(4);
      default -> throw error(fieldAt, "wire type " + wireType + ", expected 0, 1, 2 or 5");
    }
  }

  /** An integer. */
  long integer() throws MalformedFileException {
    require(VARINT, "an integer");
    return varint();
  }

  /** A float. */
  float single() throws MalformedFileException {
    require(FIXED32, "a float");
    return Float.intBitsToFloat(buffer(advance(4), 4).getInt());
  }

  /** A string in UTF-8. */
  String string() throws MalformedFileException {
    ByteBuffer bytes = bytes();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw error(fieldAt, "a string that is not valid UTF-8");
    }
  }

  /** Bytes: a view into the file, little-endian. */
  ByteBuffer bytes() throws MalformedFileException {
    require(BYTES, "bytes");
    int length = length();
    return buffer(advance(length), length);
  }

  /** A reader of a nested message. */
  WireReader message() throws MalformedFileException {
    require(BYTES, "a message");
    int length = length();
    if (depth == MAX_DEPTH) {
      throw error(fieldAt, "messages nested more than " + MAX_DEPTH + " deep");
    }
    int begin = advance(length);
    return new WireReader(file, data, begin, begin + length, depth + 1);
  }

  /** Appends the integers of a repeated field, packed or not. */
  void integers(LongList list) throws MalformedFileException {
    if (wireType != BYTES) {
      list.add(integer());
      return;
    }
    int length = length();
    int stop = at + length;
    while (at < stop) {
      list.add(varint());
    }
    if (at > stop) {
      throw error(fieldAt, "packed integers that end " + (at - stop) + " bytes after their length");
    }
  }

  /** Appends the values of a repeated field of 4 or 8 bytes each, packed or not, as the bits that they are. */
  void fixed(int size, LongList list) throws MalformedFileException {
    if (wireType == BYTES) {
      int length = length();
      if (length % size != 0) {
        throw error(fieldAt, length + " bytes of packed numbers, expected a multiple of " + size);
      }
      ByteBuffer values = buffer(advance(length), length);
      while (values.hasRemaining()) {
        list.add(size == 4 ? values.getInt() : values.getLong());
      }
      return;
    }
    require(size == 4 ? FIXED32 : FIXED64, "numbers of " + size + " bytes");
    ByteBuffer value = buffer(advance(size), size);
    list.add(size == 4 ? value.getInt() : value.getLong());
  }

  /** Where the field begins that was read last. */
  int offset() {
    return fieldAt;
  }

  /** An error at the field that was read last. */
  MalformedFileException error(String problem) {
    return error(fieldAt, problem);
  }

  private MalformedFileException error(int offset, String problem) {
    return new MalformedFileException(file, offset, problem);
  }

  private void require(int expected, String what) throws MalformedFileException {
    if (wireType != expected) {
      throw error(fieldAt, "wire type " + wireType + ", expected " + expected + " for " + what);
    }
  }

  private long varint() throws MalformedFileException {
    int begin = at;
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == end) {
        throw error(
            begin, "the end of a message inside an integer: the file is truncated or damaged");
      }
      byte next = data[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw error(begin, "an integer of more than 10 bytes");
  }

  private int length() throws MalformedFileException {
    int begin = at;
    long length = varint();
    if (length < 0 || length > end - at) {
      throw error(
          begin,
          "a length of " + Long.toUnsignedString(length) + " bytes, expected at most the "
              + (end - at) + " that are left: the file is truncated or damaged");
    }
    return (int) length;
  }

  /** Moves over a number of bytes; returns where they begin. */
  private int advance(int length) throws MalformedFileException {
    if (length > end - at) {
      throw error(
          fieldAt,
          "a value of " + length + " bytes, expected at most the " + (end - at)
              + " that are left: the file is truncated or damaged");
    }
    int begin = at;
    at += length;
    return begin;
  }

  private ByteBuffer buffer(int begin, int length) {
    return ByteBuffer.wrap(data, begin, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
