package dev.gradpoet.onnx.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A constant.
 *
 * @param name its name, may be empty
 * @param elementType the number of its type
 * @param dims its sizes, none of them negative
 * @param values the values in row-major order as little-endian bytes, exactly as many as type and sizes ask for; empty for types that cannot be read
 */
public record TensorProto(String name, int elementType, List<Long> dims, ByteBuffer values) {

  /** Copies the lists. */
  public TensorProto {
    dims = List.copyOf(dims);
  }

  /** The number of values. */
  public long count() {
    return dims.stream().reduce(1L, (a, b) -> a * b);
  }
}
