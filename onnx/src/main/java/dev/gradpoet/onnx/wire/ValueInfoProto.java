package dev.gradpoet.onnx.wire;

import java.util.List;
import java.util.Optional;

/**
 * The name, type and shape of an input or output.
 *
 * @param elementType the number of its type, 0 if it is no tensor or has none
 * @param shape its sizes; empty if the file does not say
 */
public record ValueInfoProto(String name, int elementType, Optional<List<Dimension>> shape) {

  /**
   * One size.
   *
   * @param value the number, -1 if it is free
   * @param name its symbol, or empty
   */
  public record Dimension(long value, String name) {}

  /** Copies the lists. */
  public ValueInfoProto {
    shape = shape.map(List::copyOf);
  }
}
