package dev.gradpoet.runtime;

import dev.gradpoet.runtime.files.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads and writes the values of tensors, little-endian and in chunks, so that a large tensor is not in memory twice. */
final class SafetensorsValues {

  /** The size of a chunk, a multiple of the size of every type. */
  private static final int PIECE = 1 << 16;

  /** The number of values for which memory is allocated before it is known whether the file contains them. */
  private static final int FIRST_VALUES = 1 << 20;

  private SafetensorsValues() {}

  /** The tensor of an entry that has a dtype; {@code source} is positioned where its values begin. */
  static Tensor read(SafetensorsSource source, SafetensorsEntry entry) throws IOException {
    try {
      return switch (entry.dtype().orElseThrow()) {
        case FLOAT32 -> Tensor.view(floats(source, entry), entry.shape());
        case FLOAT64 -> Tensor.view(doubles(source, entry), entry.shape());
        case INT64 -> Tensor.of(longs(source, entry), entry.shape());
      };
    } catch (OutOfMemoryError e) {
      // Heap.problem knows the size of the heap, but not how much of it is in use.
      throw new IOException(
          "the heap is too small for the " + entry.memory() + " bytes of "
              + Excerpt.name(entry.name()) + ": start Java with a larger -Xmx",
          e);
    }
  }

  private static float[] floats(SafetensorsSource source, SafetensorsEntry entry)
      throws IOException {
    SafetensorsType type = entry.type().orElseThrow();
    float[] values = new float[first(source, entry)];
    Pieces pieces = new Pieces(source, entry.length());
    for (int at = 0; at < entry.count(); ) {
      ByteBuffer piece = pieces.next();
      int end = at + piece.remaining() / type.bytes();
      if (end > values.length) {
        values = Arrays.copyOf(values, larger(end, entry));
      }
      if (type == SafetensorsType.F32) {
        piece.asFloatBuffer().get(values, at, end - at);
        at = end;
      }
      while (at < end) {
        short bits = piece.getShort();
        values[at++] =
            type == SafetensorsType.F16 ? half(bits) : Float.intBitsToFloat(bits << Short.SIZE);
      }
    }
    return values;
  }

  /** Converts an IEEE 754 half-precision number, with a sign, 5 bits of exponent and 10 of fraction, to float. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = Float.intBitsToFloat(0x7f800000 | fraction << 13);
    } else {
      magnitude = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
    }
    return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | (bits & 0x8000) << Short.SIZE);
  }

  private static double[] doubles(SafetensorsSource source, SafetensorsEntry entry)
      throws IOException {
    double[] values = new double[first(source, entry)];
    Pieces pieces = new Pieces(source, entry.length());
    for (int at = 0; at < entry.count(); ) {
      DoubleBuffer piece = pieces.next().asDoubleBuffer();
      int end = at + piece.remaining();
      if (end > values.length) {
        values = Arrays.copyOf(values, larger(end, entry));
      }
      piece.get(values, at, end - at);
      at = end;
    }
    return values;
  }

  private static long[] longs(SafetensorsSource source, SafetensorsEntry entry) throws IOException {
    SafetensorsType type = entry.type().orElseThrow();
    long[] values = new long[first(source, entry)];
    Pieces pieces = new Pieces(source, entry.length());
    for (int at = 0; at < entry.count(); ) {
      ByteBuffer piece = pieces.next();
      int end = at + piece.remaining() / type.bytes();
      if (end > values.length) {
        values = Arrays.copyOf(values, larger(end, entry));
      }
      while (at < end) {
        values[at++] = whole(piece, type);
      }
    }
    return values;
  }

  private static long whole(ByteBuffer piece, SafetensorsType type) {
    return switch (type) {
      case BOOL -> piece.get() != 0 ? 1 : 0;
      case I8 -> piece.get();
      case U8 -> Byte.toUnsignedLong(piece.get());
      case I16 -> piece.getShort();
      case U16 -> Short.toUnsignedLong(piece.getShort());
      case I32 -> piece.getInt();
      case U32 -> Integer.toUnsignedLong(piece.getInt());
      default -> piece.getLong();
    };
  }

  private static int first(SafetensorsSource source, SafetensorsEntry entry) {
    return source.sized() ? entry.count() : Math.min(FIRST_VALUES, entry.count());
  }

  private static int larger(int needed, SafetensorsEntry entry) {
    return (int) Math.min(entry.count(), 2L * needed);
  }

  /** The bytes of one tensor, buffer by buffer. */
  private static final class Pieces {
    private final SafetensorsSource source;
    private final byte[] bytes;
    private long left;

    Pieces(SafetensorsSource source, long length) {
      this.source = source;
      this.bytes = new byte[(int) Math.min(length, PIECE)];
      this.left = length;
    }

    ByteBuffer next() throws IOException {
      int length = (int) Math.min(left, PIECE);
      source.fill(bytes, length);
      left -= length;
      return ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Writes the values of a tensor. */
  static void write(FileChannel file, Tensor tensor) throws IOException {
    switch (tensor.dtype()) {
      case FLOAT32 -> {
        FloatBuffer values = FloatBuffer.wrap(tensor.toFloatArray());
        writePieces(
            file,
            values.remaining(),
            Float.BYTES,
            (piece, at, count) -> piece.asFloatBuffer().put(values.slice(at, count)));
      }
      case FLOAT64 -> {
        DoubleBuffer values = DoubleBuffer.wrap(tensor.toDoubleArray());
        writePieces(
            file,
            values.remaining(),
            Double.BYTES,
            (piece, at, count) -> piece.asDoubleBuffer().put(values.slice(at, count)));
      }
      case INT64 -> {
        LongBuffer values = LongBuffer.wrap(tensor.toLongArray());
        writePieces(
            file,
            values.remaining(),
            Long.BYTES,
            (piece, at, count) -> piece.asLongBuffer().put(values.slice(at, count)));
      }
    }
  }

  /** Copies some of the values into a chunk. */
  private interface Slice {
    void put(ByteBuffer piece, int at, int count);
  }

  private static void writePieces(FileChannel file, int count, int bytes, Slice slice)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < count; ) {
      int next = Math.min(count - at, PIECE / bytes);
      slice.put(piece.clear(), at, next);
      piece.limit(next * bytes);
      writeAll(file, piece);
      at += next;
    }
  }

  /** Writes the remaining bytes of a buffer. */
  static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
