package dev.gradpoet.onnx.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a tensor, whose values have five places in the format, and checks that there are as many as its sizes say. */
final class TensorReader {

  private final ExternalData external;

  TensorReader(ExternalData external) {
    this.external = external;
  }

  TensorProto tensor(WireReader in) throws IOException {
    String name = "";
    int type = 0;
    LongList dims = new LongList();
    ByteBuffer raw = null;
    LongList singles = new LongList();
    LongList integers = new LongList();
    LongList doubles = new LongList();
    Map<String, String> entries = new LinkedHashMap<>();
    boolean outside = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> in.integers(dims);
        case 2 -> type = (int) in.integer();
        case 3 -> throw in.error("a tensor in segments, which no known program writes");
        case 4 -> in.fixed(4, singles);
        case 5, 7, 11 -> in.integers(integers);
        case 8 -> name = in.string();
        case 9 -> raw = in.bytes();
        case 10 -> in.fixed(8, doubles);
        case 13 -> entry(in.message(), entries);
        case 14 -> outside = in.integer() == 1;
        default -> in.skip();
      }
    }
    String shown = "the tensor \"" + Shown.text(name) + "\"";
    List<Long> sizes = sizes(in, shown, dims.toArray());
    Optional<ElementType> known = ElementType.of(type);
    if (known.isEmpty()) {
      return new TensorProto(name, type, sizes, ByteBuffer.allocate(0));
    }
    long count = sizes.stream().reduce(1L, (a, b) -> a * b);
    long bytes = count * known.get().bytes();
    ByteBuffer values;
    if (outside) {
      values = external.read(shown, in.offset(), entries, bytes);
    } else if (raw != null) {
      values = raw;
    } else {
      values = typed(in, shown, known.get(), count, singles, integers, doubles);
    }
    if (values.remaining() != bytes) {
      throw in.error(shown + " has " + values.remaining() + " bytes of values, expected " + bytes
          + " for " + known.get() + " of shape " + sizes);
    }
    return new TensorProto(name, type, sizes, values.order(ByteOrder.LITTLE_ENDIAN));
  }

  private static void entry(WireReader in, Map<String, String> entries) throws IOException {
    String key = "";
    String value = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.string();
        case 2 -> value = in.string();
        default -> in.skip();
      }
    }
    entries.put(key, value);
  }

  private static List<Long> sizes(WireReader in, String shown, long[] dims)
      throws MalformedFileException {
    List<Long> sizes = new ArrayList<>();
    long count = 1;
    boolean none = false;
    for (long size : dims) {
      if (size < 0 || dims.length > 32) {
        throw in.error(shown + " has a size of " + size + " and " + dims.length
            + " dimensions, expected sizes from 0 and at most 32 dimensions");
      }
      sizes.add(size);
      none |= size == 0;
      count = none ? 0 : count * Math.min(size, Integer.MAX_VALUE);
      if (count > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
        throw in.error(shown + " has more than " + Integer.MAX_VALUE + " values");
      }
    }
    return sizes;
  }

  /** The values of the fields {@code float_data}, {@code int32_data}, {@code int64_data}, {@code uint64_data} or {@code double_data} as raw bytes. */
  private static ByteBuffer typed(
      WireReader in,
      String shown,
      ElementType type,
      long count,
      LongList singles,
      LongList integers,
      LongList doubles)
      throws MalformedFileException {
    LongList list =
        type == ElementType.FLOAT ? singles : type == ElementType.DOUBLE ? doubles : integers;
    if (list.size() != count) {
      throw in.error(shown + " has " + list.size() + " values, expected " + count);
    }
    ByteBuffer values =
        ByteBuffer.allocate(list.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : list.toArray()) {
      switch (type.bytes()) {
        case 1 -> values.put((byte) value);
        case 2 -> values.putShort((short) value);
        case 4 -> values.putInt((int) value);
        default -> values.putLong(value);
      }
    }
    return values.flip();
  }
}
