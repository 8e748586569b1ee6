package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.files.Excerpt;
import dev.gradpoet.runtime.memory.Heap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The header entry of a tensor.
 *
 * @param name its name
 * @param typeName the name of its type, which may come from a later version of the format
 * @param sizes its shape
 * @param begin where its values begin, counted from the end of the header
 * @param end where its values end
 */
record SafetensorsEntry(String name, String typeName, long[] sizes, long begin, long end) {

  /** Collects the fields of an entry, in any order. */
  private static final class Fields {
    private String dtype;
    private long[] shape;
    private long[] offsets;
  }

  /** Reads an entry of the header; unknown fields are skipped, as by the reference reader. */
  static SafetensorsEntry read(String name, Json json) throws IOException {
    Fields fields = new Fields();
    json.object(field -> {
      switch (field) {
        case "dtype" -> {
          requireFirst(fields.dtype == null, name, field);
          fields.dtype = json.string();
        }
        case "shape" -> {
          requireFirst(fields.shape == null, name, field);
          fields.shape = json.numbers();
        }
        case "data_offsets" -> {
          requireFirst(fields.offsets == null, name, field);
          fields.offsets = json.numbers();
        }
        default -> json.skip();
      }
    });
    if (fields.dtype == null || fields.shape == null || fields.offsets == null) {
      throw new IOException(Excerpt.name(name)
          + " lacks one of its fields, expected an object with dtype, shape and data_offsets");
    }
    if (fields.offsets.length != 2 || fields.offsets[0] > fields.offsets[1]) {
      throw new IOException("the data_offsets of " + Excerpt.name(name) + " are "
          + Excerpt.shape(fields.offsets) + ", expected a begin and an end offset");
    }
    SafetensorsEntry entry = new SafetensorsEntry(
        name, fields.dtype, fields.shape, fields.offsets[0], fields.offsets[1]);
    entry.requireLength();
    return entry;
  }

  private static void requireFirst(boolean first, String name, String field) throws IOException {
    if (!first) {
      throw new IOException(
          Excerpt.name(name) + " has two fields " + Excerpt.name(field) + ", expected one");
    }
  }

  private void requireLength() throws IOException {
    Optional<SafetensorsType> type = type();
    if (type.isEmpty()) {
      return; // the size of its values is unknown in this version
    }
    long bits = type.get().bits();
    try {
      for (long size : sizes) {
        bits = Math.multiplyExact(bits, size);
      }
    } catch (ArithmeticException e) {
      throw new IOException(Excerpt.name(name) + " has the shape " + Excerpt.shape(sizes)
          + ", which no file can hold: the file is damaged");
    }
    if (bits % Byte.SIZE != 0 || bits / Byte.SIZE != length()) {
      throw new IOException(Excerpt.name(name) + " has " + length() + " bytes, expected "
          + (bits + Byte.SIZE - 1) / Byte.SIZE + " for " + describe());
    }
  }

  /** The number of bytes of its values. */
  long length() {
    return end - begin;
  }

  /** Its type, if this version knows it. */
  Optional<SafetensorsType> type() {
    return SafetensorsType.of(typeName);
  }

  /** The dtype of the tensor that it is read into, if it can be read. */
  Optional<DType> dtype() {
    for (long size : sizes) {
      if (size > Integer.MAX_VALUE) {
        return Optional.empty();
      }
    }
    return type().filter(type -> count(type) <= Heap.LONGEST).flatMap(SafetensorsType::dtype);
  }

  private long count(SafetensorsType type) {
    return length() * Byte.SIZE / type.bits();
  }

  /** The shape of a tensor that can be read. */
  int[] shape() {
    int[] shape = new int[sizes.length];
    for (int d = 0; d < shape.length; d++) {
      shape[d] = (int) sizes[d];
    }
    return shape;
  }

  /** The number of values of a tensor that can be read. */
  int count() {
    return (int) count(type().orElseThrow());
  }

  /** The number of bytes of the tensor in memory, 0 if it cannot be read. */
  long memory() {
    return dtype()
        .map(dtype -> (long) count() * SafetensorsType.of(dtype).bytes())
        .orElse(0L);
  }

  /** Whether a tensor of this dtype and shape can hold its values without rounding them. */
  boolean fits(DType dtype) {
    return dtype()
        .filter(own -> own == dtype || own == DType.FLOAT32 && dtype == DType.FLOAT64)
        .isPresent();
  }

  /** Whether it has this shape. */
  boolean hasShape(int[] shape) {
    return Arrays.equals(sizes, IntStream.of(shape).asLongStream().toArray());
  }

  /** Type and shape for a message; the type is named as in {@link DType} if there is one. */
  String describe() {
    String type = Stream.of(DType.values())
        .filter(dtype -> SafetensorsType.of(dtype).name().equals(typeName))
        .map(DType::name)
        .findFirst()
        .orElse(Excerpt.shortened(typeName, 20));
    return type + " of shape " + Excerpt.shape(sizes);
  }
}
