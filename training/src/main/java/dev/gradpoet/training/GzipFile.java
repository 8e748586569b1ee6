package dev.gradpoet.training;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file that is compressed with gzip: if it is cut off or damaged, the error says so. */
final class GzipFile extends FilterInputStream {

  private static final int BUFFER = 1 << 16;

  private GzipFile(InputStream content) {
    super(content);
  }

  /** Decompresses a file, which is closed if it does not start as one of gzip. */
  static InputStream of(InputStream file) throws IOException {
    try {
      return new GzipFile(new GZIPInputStream(file, BUFFER));
    } catch (EOFException | ZipException e) {
      file.close();
      throw invalid("header", e);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** By the end of its name. */
  static boolean isCompressed(String name) {
    return name.endsWith(".gz");
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (EOFException | ZipException e) {
      throw invalid("trailer", e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return super.read(bytes, from, length);
    } catch (EOFException | ZipException e) {
      throw invalid("trailer", e);
    }
  }

  /** The error of a part, if the cause does not say what is wrong. */
  private static IOException invalid(String part, IOException e) {
    String why = e.getMessage() == null ? "it ends within its " + part : e.getMessage();
    return new IOException("its gzip data is damaged or incomplete: " + why, e);
  }
}
