package dev.gradpoet.training;

import dev.gradpoet.runtime.files.FileErrors;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads files in the format IDX of <a href="http://yann.lecun.com/exdb/mnist/">MNIST</a>, optionally compressed with gzip: two zero bytes, a byte for the type, a
 * byte for the number of dimensions, the sizes, and the values, all big-endian.
 */
public final class Idx {

  private static final int BUFFER = 1 << 16;

  /** The types of values, by their code. */
  private enum Type {
    UNSIGNED_BYTE(0x08, 1),
    BYTE(0x09, 1),
    SHORT(0x0B, 2),
    INT(0x0C, 4),
    FLOAT(0x0D, 4),
    DOUBLE(0x0E, 8);

    private final int code;
    private final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    double read(ByteBuffer from) {
      return switch (this) {
        case UNSIGNED_BYTE -> from.get() & 0xff;
        case BYTE -> from.get();
        case SHORT -> from.getShort();
        case INT -> from.getInt();
        case FLOAT -> from.getFloat();
        case DOUBLE -> from.getDouble();
      };
    }

    static Type of(int code) throws IOException {
      return Arrays.stream(values())
          .filter(type -> type.code == code)
          .findFirst()
          .orElseThrow(() -> new IOException(
              "its type is " + code + ", expected one of IDX: 8, 9, 11, 12, 13 or 14"));
    }
  }

  private Idx() {}

  /**
   * Reads images, or other samples, and their labels. Unsigned bytes are divided by 255, as torchvision's {@code ToTensor} does; other values are
   * taken as they are.
   *
   * @param samples a file of at least two dimensions, the first of which counts the samples
   * @param labels a file of one dimension: the class of each sample, from 0
   * @return samples of the other dimensions' shape in {@code FLOAT32}, with their classes
   * @throws IOException if a file cannot be read or is not an IDX file, or the numbers of samples and labels differ
   */
  public static Dataset read(Path samples, Path labels) throws IOException {
    try (IdxFile x = open(samples);
        IdxFile y = open(labels)) {
      if (x.sizes.length < 2 || y.sizes.length != 1) {
        throw new IOException(samples + " has " + x.sizes.length + " dimensions and " + labels
            + " has " + y.sizes.length + ", expected at least 2 for samples and 1 for labels");
      }
      if (x.sizes[0] != y.sizes[0]) {
        throw new IOException(samples + " has " + x.sizes[0] + " samples, " + labels + " has "
            + y.sizes[0] + " labels, expected the same number");
      }
      x.requireValues();
      y.requireValues();
      int[] shape = Arrays.copyOfRange(x.sizes, 1, x.sizes.length);
      float scale = x.type == Type.UNSIGNED_BYTE ? 255 : 1;
      float[] values = new float[x.count()];
      x.read((i, value) -> values[i] = (float) value / scale);
      int[] classes = new int[y.count()];
      y.read((i, value) -> classes[i] = label(labels, i, value));
      return DatasetBuilder.of(classes.length)
          .input("input", new FloatValues(samples.toString(), values, List.of(), shape))
          .classes(classes)
          .build();
    }
  }

  private static int label(Path labels, int row, double value) throws IOException {
    if (value < 0 || value != (int) value) {
      throw new IOException(labels + " has the label " + value + " at " + row
          + ", expected an integer of at least 0");
    }
    return (int) value;
  }

  private static IdxFile open(Path path) throws IOException {
    InputStream file = FileErrors.open(Objects.requireNonNull(path, "path"));
    try {
      return new IdxFile(path, isCompressed(path) ? GzipFile.of(file) : file);
    } catch (IOException e) {
      file.close();
      throw new IOException(
          path + ": " + (e instanceof EOFException ? "it ends within its header" : e.getMessage()),
          e);
    }
  }

  private static boolean isCompressed(Path path) {
    return GzipFile.isCompressed(path.toString());
  }

  /** Takes the values of a file in order. */
  private interface Sink {
    void accept(int index, double value) throws IOException;
  }

  /** An open file whose header has been read. */
  private static final class IdxFile implements AutoCloseable {

    private final Path path;
    private final DataInputStream in;
    private final Type type;
    private final int[] sizes;

    IdxFile(Path path, InputStream stream) throws IOException {
      this.path = path;
      this.in = new DataInputStream(stream);
      if (in.readUnsignedShort() != 0) {
        throw new IOException("it does not start with two zero bytes, expected an IDX file");
      }
      type = Type.of(in.readUnsignedByte());
      sizes = new int[in.readUnsignedByte()];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = in.readInt();
        if (sizes[i] < 1) {
          throw new IOException("its dimension " + i + " is " + sizes[i] + ", expected at least 1");
        }
      }
    }

    int count() throws IOException {
      try {
        return Values.size(sizes);
      } catch (ArithmeticException e) {
        throw new IOException(
            path + " has more values than an array holds: " + Arrays.toString(sizes), e);
      }
    }

    /** Checks the size of a file that is not compressed before memory is taken for its values. */
    void requireValues() throws IOException {
      long header = Integer.BYTES + (long) Integer.BYTES * sizes.length;
      long values = (Files.size(path) - header) / type.bytes;
      if (!isCompressed(path) && values < count()) {
        throw endsAfter(values);
      }
    }

    private EOFException endsAfter(long values) throws IOException {
      return new EOFException(path + " ends after " + values + " values, expected " + count());
    }

    void read(Sink sink) throws IOException {
      int count = count();
      byte[] bytes = new byte[BUFFER];
      int done = 0;
      while (done < count) {
        int some = (int) Math.min(BUFFER / type.bytes, (long) count - done);
        int read = read(bytes, some * type.bytes);
        if (read < some * type.bytes) {
          throw endsAfter(done + read / type.bytes);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i < some; i++) {
          sink.accept(done + i, type.read(buffer));
        }
        done += some;
      }
      if (read(bytes, 1) > 0) {
        throw new IOException(path + " has more than the " + count + " values of its header");
      }
    }

    /** Reads this number of bytes, or as many as are left. */
    private int read(byte[] bytes, int length) throws IOException {
      try {
        return in.readNBytes(bytes, 0, length);
      } catch (IOException e) {
        throw FileErrors.named(path, e, "it cannot be read");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
