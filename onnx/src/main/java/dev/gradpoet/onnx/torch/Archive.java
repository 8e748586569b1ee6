package dev.gradpoet.onnx.torch;

import dev.gradpoet.onnx.wire.MalformedFileException;
import dev.gradpoet.onnx.wire.Shown;
import dev.gradpoet.runtime.memory.Heap;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive, of which nothing is written to disk. */
final class Archive implements Closeable {

  private final String file;
  private final ZipFile zip;
  private final List<String> names;

  private Archive(String file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
    this.names = zip.stream().map(ZipEntry::getName).toList();
  }

  static Archive open(Path path) throws IOException {
    try {
      return new Archive(path.toString(), new ZipFile(path.toFile()));
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new MalformedFileException(
          path.toString(),
          "it is not a complete zip archive (" + e.getMessage()
              + "): the file is truncated or damaged");
    }
  }

  List<String> names() {
    return names;
  }

  /** The content of an entry. */
  ByteBuffer read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new MalformedFileException(file, "it has no entry " + Shown.text(name));
    }
    Optional<String> problem = entry.getSize() < 0 || entry.getSize() > Heap.LONGEST
        ? Optional.of("it has " + entry.getSize() + " bytes, expected at most " + Heap.LONGEST)
        : Heap.problem("it", entry.getSize());
    if (problem.isPresent()) {
      throw new MalformedFileException(file + ", " + Shown.text(name), problem.get());
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize());
      if (bytes.length < entry.getSize()) {
        throw new MalformedFileException(file + ", " + Shown.text(name), "it is truncated");
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (ZipException | EOFException e) {
      throw new MalformedFileException(
          file + ", " + Shown.text(name), "it is damaged (" + e.getMessage() + ")");
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
