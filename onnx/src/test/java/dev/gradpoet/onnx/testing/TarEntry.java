package dev.gradpoet.onnx.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A file of a tar archive. */
public record TarEntry(String name, byte[] content) {

  private static final int BLOCK = 512;

  /** The next entry, or null at the end. */
  public static TarEntry next(InputStream in) throws IOException {
    byte[] header = in.readNBytes(BLOCK);
    if (header.length < BLOCK || header[0] == 0) {
      return null;
    }
    int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
    String prefix = text(header, 345, 155);
    String name = text(header, 0, 100);
    byte[] content = in.readNBytes(size);
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    return new TarEntry(prefix.isEmpty() ? name : prefix + "/" + name, content);
  }

  private static String text(byte[] header, int begin, int length) {
    int end = begin;
    while (end < begin + length && header[end] != 0) {
      end++;
    }
    return new String(header, begin, end - begin, StandardCharsets.UTF_8);
  }
}
