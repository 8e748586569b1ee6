package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tensors in files of the format <a href="https://github.com/huggingface/safetensors#format">safetensors</a>: eight bytes with the length of a header
 * (little-endian), the header in JSON with dtype, shape and place of each tensor by name, and the values, row-major and little-endian. {@code FLOAT32},
 * {@code FLOAT64} and {@code INT64} are {@code F32}, {@code F64} and {@code I64} there.
 *
 * <p>Files are written in the bytes of Hugging Face's own writer, and read as strictly as by its reader.
 */
public final class Safetensors {

  /** What Hugging Face's reader accepts. */
  private static final long LONGEST_HEADER = 100_000_000;

  private Safetensors() {}

  /**
   * Writes tensors. The file is complete or not there: it is written beside its place, forced to the disk, and then moved over what was there before.
   *
   * @param path the file
   * @param tensors by name
   * @throws IOException if it cannot be written; what was there before is still there then
   */
  public static void save(Path path, Map<String, Tensor> tensors) throws IOException {
    Map<String, Tensor> ordered = SafetensorsHeader.ordered(tensors);
    byte[] header = SafetensorsHeader.print(ordered);
    Path target = path.toAbsolutePath();
    Path beside = target.resolveSibling(
        "." + target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
    try {
      write(beside, header, ordered);
      move(beside, target);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void write(Path path, byte[] header, Map<String, Tensor> tensors)
      throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer start = littleEndian(Long.BYTES + header.length);
      writeAll(file, start.putLong(header.length).put(header).flip());
      for (Tensor tensor : tensors.values()) {
        writeAll(file, bytes(tensor));
      }
      file.force(true);
    }
  }

  private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static ByteBuffer bytes(Tensor tensor) throws IOException {
    long length = (long) tensor.size() * SafetensorsHeader.bytes(tensor.dtype());
    if (length > Integer.MAX_VALUE - Long.BYTES) {
      throw new IOException("a tensor of " + length + " bytes, expected at most "
          + (Integer.MAX_VALUE - Long.BYTES) + ": split it");
    }
    ByteBuffer bytes = littleEndian((int) length);
    switch (tensor.dtype()) {
      case FLOAT32 -> bytes.asFloatBuffer().put(tensor.toFloatArray());
      case FLOAT64 -> bytes.asDoubleBuffer().put(tensor.toDoubleArray());
      case INT64 -> bytes.asLongBuffer().put(tensor.toLongArray());
    }
    return bytes;
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads all tensors of a file.
   *
   * @param path the file
   * @return the tensors by name, in the order of the file
   * @throws IOException if it cannot be read, or is not a file of this format: the text says what is wrong
   */
  public static Map<String, Tensor> load(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = file.size();
      if (size < Long.BYTES) {
        throw new IOException(
            path + " has " + size + " bytes, expected at least 8: it is no safetensors file");
      }
      long length = read(file, Long.BYTES).getLong();
      if (length < 0 || length > LONGEST_HEADER) {
        throw new IOException(path + " has a header of " + Long.toUnsignedString(length)
            + " bytes, expected at most " + LONGEST_HEADER + ": it is no safetensors file");
      }
      if (length > size - Long.BYTES) {
        throw new IOException(path + " has a header of " + length + " bytes and "
            + (size - Long.BYTES) + " bytes behind its length: the file is cut off");
      }
      byte[] header = new byte[(int) length];
      read(file, header.length).get(header);
      Map<String, SafetensorsHeader.Entry> entries;
      try {
        entries = SafetensorsHeader.parse(decoded(header), size - Long.BYTES - length);
      } catch (IOException e) {
        throw new IOException(path + ": " + e.getMessage(), e);
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, SafetensorsHeader.Entry> entry : entries.entrySet()) {
        tensors.put(entry.getKey(), tensor(file, entry.getValue()));
      }
      return tensors;
    }
  }

  private static String decoded(byte[] header) throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
  }

  private static Tensor tensor(FileChannel file, SafetensorsHeader.Entry entry) throws IOException {
    Tensor tensor = Tensor.zeros(entry.dtype(), entry.shape());
    ByteBuffer bytes = read(file, (int) entry.length());
    switch (entry.dtype()) {
      case FLOAT32 -> {
        float[] values = new float[tensor.size()];
        bytes.asFloatBuffer().get(values);
        tensor.copyFrom(values);
      }
      case FLOAT64 -> {
        double[] values = new double[tensor.size()];
        bytes.asDoubleBuffer().get(values);
        tensor.copyFrom(values);
      }
      case INT64 -> {
        long[] values = new long[tensor.size()];
        bytes.asLongBuffer().get(values);
        tensor.copyFrom(values);
      }
    }
    return tensor;
  }

  private static ByteBuffer read(FileChannel file, int length) throws IOException {
    ByteBuffer bytes = littleEndian(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes) < 0) {
        throw new IOException("the file ends " + bytes.remaining()
            + " bytes early: it was cut off while it was read");
      }
    }
    return bytes.flip();
  }

  /**
   * Reads a file into tensors that are there: all of them, or, if anything does not fit, none.
   *
   * @param path the file
   * @param tensors what is written to, by name
   * @param names the name here for a name in the file, where they differ
   * @throws IOException if the file cannot be read, is not of this format, or a name, shape or dtype differs: the text says which
   */
  public static void load(Path path, Map<String, Tensor> tensors, Map<String, String> names)
      throws IOException {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    Map<String, Tensor> found = load(path);
    for (String name : names.keySet()) {
      if (!found.containsKey(name)) {
        throw new IOException(
            path + " has no tensor \"" + name + "\" to be renamed, but " + found.keySet());
      }
    }
    for (Map.Entry<String, Tensor> each : found.entrySet()) {
      String name = names.getOrDefault(each.getKey(), each.getKey());
      if (renamed.put(name, each.getValue()) != null) {
        throw new IOException(path + ": two tensors are to be named \"" + name + "\"");
      }
    }
    requireNames(path, renamed, tensors);
    for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
      requireLike(path, each.getKey(), renamed.get(each.getKey()), each.getValue());
    }
    tensors.forEach((name, tensor) -> tensor.copyFrom(renamed.get(name)));
  }

  private static void requireNames(
      Path path, Map<String, Tensor> found, Map<String, Tensor> expected) throws IOException {
    Set<String> missing = new LinkedHashSet<>(expected.keySet());
    missing.removeAll(found.keySet());
    Set<String> unknown = new LinkedHashSet<>(found.keySet());
    unknown.removeAll(expected.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      String hint = NameHint.of(shapes(found), shapes(expected));
      throw new IOException(path + " is of another network:"
          + (missing.isEmpty() ? "" : " it lacks " + missing)
          + (unknown.isEmpty() ? "" : " it has " + unknown + ", which is not here")
          + (hint.isEmpty()
              ? "; pass the names here for names in the file, if only these differ"
              : "; its shapes fit in order: load(path, " + hint + ")"));
    }
  }

  private static Map<String, int[]> shapes(Map<String, Tensor> tensors) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  private static void requireLike(Path path, String name, Tensor found, Tensor expected)
      throws IOException {
    if (found.dtype() != expected.dtype() || !Arrays.equals(found.shape(), expected.shape())) {
      throw new IOException(path + ": " + name + " is " + describe(found.dtype(), found.shape())
          + ", expected " + describe(expected.dtype(), expected.shape())
          + ": it is of another network");
    }
  }

  private static String describe(DType dtype, int[] shape) {
    return dtype + " of shape " + Arrays.toString(shape);
  }
}
