package dev.gradpoet.onnx.wire;

import dev.gradpoet.runtime.memory.Heap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the values that a model keeps in files beside it: in its folder or below, never anywhere else. */
final class ExternalData {

  private final String model;
  private final Optional<Path> folder;
  private final SortedSet<String> files = new TreeSet<>();

  /**
   * Of a model.
   *
   * @param folder where it is; empty if it is not in a file, and then has no such values
   */
  ExternalData(String model, Optional<Path> folder) {
    this.model = model;
    this.folder = folder;
  }

  /** The locations of the files that were read, relative to the model. */
  SortedSet<String> files() {
    return files;
  }

  /**
   * The bytes of a tensor.
   *
   * @param entries the keys {@code location}, {@code offset} and {@code length}
   * @param expected how many bytes its type and sizes ask for
   */
  ByteBuffer read(String tensor, int at, Map<String, String> entries, long expected)
      throws IOException {
    String location = entries.getOrDefault("location", "");
    Path file = resolve(tensor, at, location);
    long size = Files.size(file);
    long offset = number(tensor, at, entries, "offset", 0);
    long length = number(tensor, at, entries, "length", Math.max(0, size - offset));
    if (length != expected) {
      throw error(
          at, tensor + " has " + length + " bytes in " + location + ", expected " + expected);
    }
    if (offset > size || length > size - offset) {
      throw error(
          at,
          tensor + " is at bytes " + offset + " to " + (offset + length) + " of " + location
              + ", which has " + size);
    }
    if (length > Heap.LONGEST) {
      throw error(at, tensor + " has " + length + " bytes, expected at most " + Heap.LONGEST);
    }
    Optional<String> problem = Heap.problem(tensor, length);
    if (problem.isPresent()) {
      throw error(at, problem.get());
    }
    ByteBuffer values = ByteBuffer.allocate((int) length);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(offset);
      while (values.hasRemaining()) {
        if (channel.read(values) < 0) {
          throw error(at, location + " ends inside " + tensor);
        }
      }
    }
    files.add(location);
    return values.flip();
  }

  private Path resolve(String tensor, int at, String location) throws IOException {
    if (folder.isEmpty()) {
      throw error(
          at,
          tensor + " is in another file, \"" + shown(location)
              + "\": read the model from its file");
    }
    String rule = ", expected a file in the folder of the model";
    String what = tensor + " is in \"" + shown(location) + "\"";
    Path relative;
    try {
      relative = Path.of(location);
    } catch (InvalidPathException e) {
      throw error(at, what + ", which is not a path" + rule);
    }
    boolean outside = location.isEmpty()
        || relative.isAbsolute()
        || location.startsWith("/")
        || location.contains("\\")
        || location.contains(":");
    for (Path part : relative) {
      outside |= part.toString().equals("..");
    }
    if (outside) {
      throw error(at, what + rule);
    }
    Path file = folder.get().resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw error(at, what + ", which does not exist in the folder of the model: copy it there");
    }
    if (!file.toRealPath().startsWith(folder.get().toRealPath())) {
      throw error(at, what + ", a link that leads out of the folder" + rule);
    }
    return file;
  }

  private long number(
      String tensor, int at, Map<String, String> entries, String key, long otherwise)
      throws MalformedFileException {
    String text = entries.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw error(
        at, tensor + " has the " + key + " \"" + shown(text) + "\", expected a number from 0");
  }

  private static String shown(String text) {
    return Shown.text(text);
  }

  private MalformedFileException error(int at, String problem) {
    return new MalformedFileException(model, at, problem);
  }
}
