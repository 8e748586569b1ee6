package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.files.AtomicFile;
import dev.gradpoet.runtime.files.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Writes files byte for byte as Hugging Face's writer does, with the metadata sorted by name. */
final class SafetensorsWriter {

  private static final int ALIGNMENT = 8;

  /** The dtypes from the one that is written last to the one that is written first. */
  private static final List<DType> ORDER = List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64);

  private static final Comparator<String> BY_UTF_8 =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final Map<String, Tensor> tensors;
  private final byte[] header;

  /**
   * Checks everything that will be written.
   *
   * @throws IllegalArgumentException if a name cannot be written
   * @throws NullPointerException if a name, tensor or string is null
   */
  SafetensorsWriter(Map<String, Tensor> tensors, Map<String, String> metadata) {
    tensors.forEach((name, tensor) -> {
      requireText(name, "a tensor's name");
      Objects.requireNonNull(tensor, () -> "the tensor " + Excerpt.name(name) + " is null");
      if (name.equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException("a tensor is named " + name
            + ", which is reserved for the metadata of a file: give it a different name");
      }
    });
    metadata.forEach((name, text) -> {
      requireText(name, "a name of the metadata");
      requireText(text, "the metadata of " + Excerpt.name(name));
    });
    this.tensors = ordered(tensors);
    this.header = print(this.tensors, metadata);
    if (header.length > SafetensorsHeader.LONGEST) {
      throw new IllegalArgumentException(
          "the names and metadata need a header of " + header.length + " bytes, expected at most "
              + SafetensorsHeader.LONGEST + ", the limit of safetensors readers");
    }
  }

  private static void requireText(String text, String what) {
    Objects.requireNonNull(text, () -> what + " is null");
    if (JsonText.hasUnpairedSurrogate(text)) {
      throw new IllegalArgumentException(what + " is " + Excerpt.name(text)
          + ", which contains an unpaired surrogate: UTF-8 cannot hold it");
    }
  }

  /** Tensors in the order of Hugging Face's writer: by dtype, the strictest alignment first, then by name. */
  private static Map<String, Tensor> ordered(Map<String, Tensor> tensors) {
    Comparator<Map.Entry<String, Tensor>> byType =
        Comparator.comparing(entry -> -ORDER.indexOf(entry.getValue().dtype()));
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    tensors.entrySet().stream()
        .sorted(byType.thenComparing(Map.Entry::getKey, BY_UTF_8))
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }

  /** {@code {"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}}, with spaces to a multiple of eight bytes. */
  private static byte[] print(Map<String, Tensor> tensors, Map<String, String> metadata) {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      JsonText.quote(json, SafetensorsHeader.METADATA);
      Map<String, String> sorted = new TreeMap<>(BY_UTF_8);
      sorted.putAll(metadata);
      String before = ":{";
      for (Map.Entry<String, String> entry : sorted.entrySet()) {
        JsonText.quote(json.append(before), entry.getKey());
        JsonText.quote(json.append(':'), entry.getValue());
        before = ",";
      }
      json.append('}');
    }
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      SafetensorsType type = SafetensorsType.of(tensor.dtype());
      long end = at + (long) tensor.size() * type.bytes();
      json.append(json.length() > 1 ? "," : "");
      JsonText.quote(json, entry.getKey());
      json.append(":{\"dtype\":\"").append(type.name());
      json.append("\",\"shape\":").append(Arrays.toString(tensor.shape()).replace(" ", ""));
      json.append(",\"data_offsets\":[").append(at).append(',').append(end).append("]}");
      at = end;
    }
    byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  void write(Path path) throws IOException {
    AtomicFile.write(path, this::write);
  }

  private void write(FileChannel file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length);
    start.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).flip();
    SafetensorsValues.writeAll(file, start);
    for (Tensor tensor : tensors.values()) {
      SafetensorsValues.write(file, tensor);
    }
  }
}
