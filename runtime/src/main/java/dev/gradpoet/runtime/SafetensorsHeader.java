package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The header of a safetensors file: what tensors there are, and where. */
final class SafetensorsHeader {

  private static final int ALIGNMENT = 8;
  private static final String METADATA = "__metadata__";

  /** From the one that is written last to the one that is written first. */
  private static final List<DType> ORDER = List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64);

  /**
   * A tensor in a file.
   *
   * @param dtype of its values
   * @param shape its shape
   * @param begin of its values, from the end of the header
   * @param end of its values
   */
  record Entry(DType dtype, int[] shape, long begin, long end) {
    long length() {
      return end - begin;
    }
  }

  private SafetensorsHeader() {}

  static int bytes(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
  }

  private static String name(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case INT64 -> "I64";
    };
  }

  /** Tensors in the order of Hugging Face's writer: by dtype, the strictest alignment first, then by name. */
  static Map<String, Tensor> ordered(Map<String, Tensor> tensors) {
    Comparator<Map.Entry<String, Tensor>> byType =
        Comparator.comparing(entry -> -ORDER.indexOf(entry.getValue().dtype()));
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    tensors.entrySet().stream()
        .sorted(byType.thenComparing(
            entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }

  /** {@code {"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}}, with spaces to a multiple of eight bytes. */
  static byte[] print(Map<String, Tensor> tensors) {
    StringBuilder json = new StringBuilder("{");
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = at + (long) tensor.size() * bytes(tensor.dtype());
      json.append(json.length() > 1 ? "," : "");
      Json.quote(json, entry.getKey());
      json.append(":{\"dtype\":\"").append(name(tensor.dtype()));
      json.append("\",\"shape\":").append(Arrays.toString(tensor.shape()).replace(" ", ""));
      json.append(",\"data_offsets\":[").append(at).append(',').append(end).append("]}");
      at = end;
    }
    byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /**
   * Reads a header.
   *
   * @param json its text
   * @param dataLength the bytes behind it
   * @return the tensors in the order of their values
   * @throws IOException if it is malformed, or its tensors do not fill the data without holes and overlaps
   */
  static Map<String, Entry> parse(String json, long dataLength) throws IOException {
    Map<String, Object> header = new Json(json).object();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, Object> each : header.entrySet()) {
      if (each.getKey().equals(METADATA)) {
        requireTexts(each.getValue());
      } else {
        entries.put(each.getKey(), entry(each.getKey(), each.getValue()));
      }
    }
    Map<String, Entry> ordered = new LinkedHashMap<>();
    entries.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparing(e -> e.getValue().end()))
        .forEach(e -> ordered.put(e.getKey(), e.getValue()));
    long at = 0;
    for (Map.Entry<String, Entry> each : ordered.entrySet()) {
      Entry entry = each.getValue();
      if (entry.begin() != at) {
        throw new IOException(
            "the values of \"" + each.getKey() + "\" begin at byte " + entry.begin() + ", expected "
                + at + ", where those before them end: the file is damaged");
      }
      at = entry.end();
    }
    if (at != dataLength) {
      throw new IOException("the values of all tensors take " + at + " bytes, but there are "
          + dataLength + ": the file is damaged");
    }
    return ordered;
  }

  private static void requireTexts(Object metadata) throws IOException {
    if (!(metadata instanceof Map<?, ?> map)
        || !map.values().stream().allMatch(String.class::isInstance)) {
      throw new IOException(METADATA + " is " + metadata + ", expected texts by name");
    }
  }

  private static Entry entry(String name, Object value) throws IOException {
    if (!(value instanceof Map<?, ?> map)
        || !map.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
      throw new IOException("\"" + name + "\" is " + value
          + ", expected an object with dtype, shape and data_offsets");
    }
    DType dtype = dtype(name, map.get("dtype"));
    long[] sizes = numbers(name, "shape", map.get("shape"));
    long[] offsets = numbers(name, "data_offsets", map.get("data_offsets"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new IOException("the data_offsets of \"" + name + "\" are " + Arrays.toString(offsets)
          + ", expected a begin and an end");
    }
    int[] shape = new int[sizes.length];
    long count = 1;
    for (int d = 0; d < sizes.length; d++) {
      count = sizes[d] > Integer.MAX_VALUE ? Long.MAX_VALUE : count * sizes[d];
      if (count > Integer.MAX_VALUE / bytes(dtype)) {
        throw new IOException("\"" + name + "\" has the shape " + Arrays.toString(sizes)
            + ", expected at most " + Integer.MAX_VALUE / bytes(dtype) + " values");
      }
      shape[d] = (int) sizes[d];
    }
    if (offsets[1] - offsets[0] != count * bytes(dtype)) {
      throw new IOException("\"" + name + "\" has " + (offsets[1] - offsets[0])
          + " bytes, expected " + count * bytes(dtype) + " for " + dtype + " of shape "
          + Arrays.toString(sizes));
    }
    return new Entry(dtype, shape, offsets[0], offsets[1]);
  }

  private static DType dtype(String name, Object value) throws IOException {
    for (DType dtype : DType.values()) {
      if (name(dtype).equals(value)) {
        return dtype;
      }
    }
    throw new IOException(
        "\"" + name + "\" has the dtype " + value + ", expected F32, F64 or I64: convert it first");
  }

  private static long[] numbers(String name, String what, Object value) throws IOException {
    if (!(value instanceof List<?> list) || !list.stream().allMatch(Long.class::isInstance)) {
      throw new IOException(
          "the " + what + " of \"" + name + "\" is " + value + ", expected a list of numbers");
    }
    return list.stream().mapToLong(Long.class::cast).toArray();
  }
}
