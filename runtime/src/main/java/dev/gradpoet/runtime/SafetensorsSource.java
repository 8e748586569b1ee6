package dev.gradpoet.runtime;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of a file from a path, a stream or an array, read from front to back. */
final class SafetensorsSource implements Closeable {

  private static final int PIECE = 1 << 16;

  private final InputStream in;

  /** The channel that {@code in} reads from, if it is seekable. */
  private final SeekableByteChannel channel;

  private final long size;

  private SafetensorsSource(InputStream in, SeekableByteChannel channel, long size) {
    this.in = in;
    this.channel = channel;
    this.size = size;
  }

  static SafetensorsSource of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new IOException("it is a directory, expected a file");
    }
    if (attributes.isOther()) {
      throw new IOException(
          "it is a device or a pipe, expected a file: open it and pass the InputStream");
    }
    SeekableByteChannel channel = Files.newByteChannel(path);
    return new SafetensorsSource(Channels.newInputStream(channel), channel, channel.size());
  }

  static SafetensorsSource of(byte[] bytes) {
    return new SafetensorsSource(new ByteArrayInputStream(bytes), null, bytes.length);
  }

  /** The bytes of a stream, which stays open. */
  static SafetensorsSource of(InputStream stream) {
    return new SafetensorsSource(stream, null, Long.MAX_VALUE);
  }

  /** Whether the number of bytes is known. */
  boolean sized() {
    return size != Long.MAX_VALUE;
  }

  /** The total number of bytes, {@code Long.MAX_VALUE} if unknown. */
  long size() {
    return size;
  }

  /** The next bytes, up to a limit. */
  byte[] upTo(int most) throws IOException {
    return in.readNBytes(most);
  }

  /** Fills the beginning of an array. */
  void fill(byte[] bytes, int length) throws IOException {
    int missing = length - in.readNBytes(bytes, 0, length);
    if (missing > 0) {
      throw new IOException("it ends at least " + missing + " bytes early: it is truncated");
    }
  }

  /** Skips bytes. */
  void skip(long count) throws IOException {
    if (channel != null) {
      channel.position(channel.position() + count);
      return;
    }
    byte[] piece = new byte[(int) Math.min(count, PIECE)];
    for (long left = count; left > 0; left -= Math.min(left, PIECE)) {
      fill(piece, (int) Math.min(left, PIECE));
    }
  }

  /** Requires that there are no more bytes. */
  void end() throws IOException {
    if (in.read() >= 0) {
      throw new IOException("it continues after the values of its last tensor: it is damaged");
    }
  }

  /** Closes the file if it was opened here. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
