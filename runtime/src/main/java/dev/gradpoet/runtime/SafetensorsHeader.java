package dev.gradpoet.runtime;

import dev.gradpoet.runtime.files.Excerpt;
import dev.gradpoet.runtime.memory.Heap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The header of a safetensors file: the tensors and where their values are.
 *
 * @param tensors in the order of their values
 * @param metadata strings by name
 */
record SafetensorsHeader(List<SafetensorsEntry> tensors, Map<String, String> metadata) {

  /** The reserved name of the metadata. */
  static final String METADATA = "__metadata__";

  /** The maximum that the reference reader accepts. */
  static final int LONGEST = 100_000_000;

  /** The maximum memory of a parsed header, as a multiple of its bytes. */
  private static final long MEMORY = 24;

  private static final String NO_FILE = "it is not a safetensors file";

  /**
   * Reads a header, and checks that the file has the length that it implies.
   *
   * @throws IOException if the file is truncated, is not of this format, or its tensors leave gaps or overlap
   */
  static SafetensorsHeader read(SafetensorsSource source) throws IOException {
    byte[] start = source.upTo(Long.BYTES);
    if (start.length == 0) {
      throw new IOException("it is empty, expected a safetensors file");
    }
    if (start.length < Long.BYTES) {
      throw foreign(start, "it has " + start.length + " bytes, expected at least 8");
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > LONGEST) {
      throw foreign(
          start,
          "it has a header of " + Long.toUnsignedString(length) + " bytes, expected at most "
              + LONGEST);
    }
    long behind = source.size() - Long.BYTES;
    if (length > behind) {
      throw foreign(
          start,
          "it has a header of " + length + " bytes, and " + behind
              + " bytes after the header length: the file is truncated, or");
    }
    requireMemory("a header of " + length + " bytes", MEMORY * length);
    byte[] json = source.upTo((int) length);
    if (json.length < length) {
      throw foreign(
          start, "it ends in its header of " + length + " bytes: the file is truncated, or");
    }
    if (!isObject(json)) {
      throw foreign(start, "it has a header that does not begin with '{'");
    }
    SafetensorsHeader header = parse(decoded(json));
    long data = header.requireNoHoles();
    if (source.sized() && data != behind - length) {
      throw new IOException("the values of all tensors take " + data + " bytes, but there are "
          + (behind - length) + ": the file is damaged");
    }
    return header;
  }

  private static void requireMemory(String what, long bytes) throws IOException {
    Optional<String> problem = Heap.problem(what, bytes);
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
  }

  private static IOException foreign(byte[] start, String otherwise) {
    return new IOException(ForeignFile.describe(start)
        .map(text -> NO_FILE + ", but " + text)
        .orElse(otherwise + (otherwise.endsWith("or") ? " " : ": ") + NO_FILE));
  }

  private static boolean isObject(byte[] json) {
    int at = 0;
    while (at < json.length && " \t\n\r".indexOf(json[at]) >= 0) {
      at++;
    }
    return at < json.length && json[at] == '{';
  }

  private static String decoded(byte[] json) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(json);
    CharBuffer text = CharBuffer.allocate(json.length);
    CoderResult result = decoder.decode(bytes, text, true);
    if (result.isError()) {
      throw new IOException(
          "its header is not valid UTF-8: byte " + bytes.position() + " of it is 0x"
              + Integer.toHexString(json[bytes.position()] & 0xff) + "; it is damaged");
    }
    return text.flip().toString();
  }

  private static SafetensorsHeader parse(String text) throws IOException {
    Json json = new Json(text);
    List<SafetensorsEntry> tensors = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    json.object(name -> {
      requireNew(names.add(name), name);
      if (!name.equals(METADATA)) {
        tensors.add(SafetensorsEntry.read(name, json));
      } else if (!json.skipNull()) {
        json.object(key -> requireNew(metadata.put(key, json.string()) == null, key));
      }
    });
    json.end();
    tensors.sort(
        Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
    return new SafetensorsHeader(tensors, metadata);
  }

  private static void requireNew(boolean fresh, String name) throws IOException {
    if (!fresh) {
      throw new IOException("the name " + Excerpt.name(name) + " occurs twice in the header");
    }
  }

  /** The end of the values of all tensors, which are contiguous. */
  private long requireNoHoles() throws IOException {
    long at = 0;
    for (SafetensorsEntry tensor : tensors) {
      if (tensor.begin() != at) {
        throw new IOException("the values of " + Excerpt.name(tensor.name()) + " begin at byte "
            + tensor.begin() + ", expected " + at
            + ", where the preceding values end: the file is damaged");
      }
      at = tensor.end();
    }
    return at;
  }

  /** Reads the tensors that are requested and can be read; {@code source} is positioned after the header. */
  Map<String, Tensor> tensors(SafetensorsSource source, Predicate<SafetensorsEntry> wanted)
      throws IOException {
    List<SafetensorsEntry> some = tensors.stream()
        .filter(entry -> entry.dtype().isPresent())
        .filter(wanted)
        .toList();
    requireMemory(
        "the content of the file",
        some.stream().mapToLong(SafetensorsEntry::memory).sum());
    Map<String, Tensor> read = new LinkedHashMap<>();
    long at = 0;
    for (SafetensorsEntry entry : some) {
      source.skip(entry.begin() - at);
      read.put(entry.name(), SafetensorsValues.read(source, entry));
      at = entry.end();
    }
    source.skip((tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end()) - at);
    source.end();
    return read;
  }
}
