package dev.gradpoet.onnx.wire;

import java.util.List;
import java.util.Optional;

/**
 * An attribute of a node.
 *
 * @param reference in a function: the attribute of the calling node that it stands for, or empty
 * @param kind its type in the format, for messages
 */
public record AttributeProto(
    String name,
    String reference,
    Kind kind,
    float real,
    long integer,
    String text,
    Optional<TensorProto> tensor,
    Optional<GraphProto> graph,
    List<Float> reals,
    List<Long> integers,
    List<String> texts) {

  /** The type of an attribute. */
  public enum Kind {
    FLOAT(1),
    INT(2),
    STRING(3),
    TENSOR(4),
    GRAPH(5),
    FLOATS(6),
    INTS(7),
    STRINGS(8),
    OTHER(0);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** Its number in the format. */
    int number() {
      return number;
    }

    static Kind of(long number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      return OTHER;
    }
  }

  /** Copies the lists. */
  public AttributeProto {
    reals = List.copyOf(reals);
    integers = List.copyOf(integers);
    texts = List.copyOf(texts);
  }

  private static AttributeProto of(
      String name, Kind kind, float real, long integer, String text, Optional<TensorProto> tensor) {
    return new AttributeProto(
        name,
        "",
        kind,
        real,
        integer,
        text,
        tensor,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /** A number. */
  public static AttributeProto of(String name, float value) {
    return of(name, Kind.FLOAT, value, 0, "", Optional.empty());
  }

  /** An integer. */
  public static AttributeProto of(String name, long value) {
    return of(name, Kind.INT, 0, value, "", Optional.empty());
  }

  /** A string. */
  public static AttributeProto of(String name, String value) {
    return of(name, Kind.STRING, 0, 0, value, Optional.empty());
  }

  /** A tensor. */
  public static AttributeProto of(String name, TensorProto value) {
    return of(name, Kind.TENSOR, 0, 0, "", Optional.of(value));
  }

  /** Integers. */
  public static AttributeProto of(String name, List<Long> values) {
    return new AttributeProto(
        name,
        "",
        Kind.INTS,
        0,
        0,
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        values,
        List.of());
  }

  /** The same attribute under another name, without a reference. */
  public AttributeProto named(String other) {
    return new AttributeProto(
        other, "", kind, real, integer, text, tensor, graph, reals, integers, texts);
  }
}
