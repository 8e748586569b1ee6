package dev.gradpoet.onnx.wire;

import java.util.Optional;

/** The types of tensors that a file can hold and this module can read, with their numbers in {@code TensorProto.DataType}. */
public enum ElementType {
  FLOAT(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  UINT16(4, 2),
  INT16(5, 2),
  INT32(6, 4),
  INT64(7, 8),
  BOOL(9, 1),
  FLOAT16(10, 2),
  DOUBLE(11, 8),
  UINT32(12, 4),
  UINT64(13, 8),
  BFLOAT16(16, 2);

  private final int number;
  private final int bytes;

  ElementType(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /** Its number in the format. */
  public int number() {
    return number;
  }

  /** The bytes of a value in {@code raw_data}. */
  public int bytes() {
    return bytes;
  }

  /** Whether its values are floating-point numbers. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /** The type of a number; empty for strings, complex numbers and the types of fewer than 8 bits. */
  public static Optional<ElementType> of(int number) {
    for (ElementType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The name of a number in the format, for messages. */
  public static String name(int number) {
    return switch (number) {
      case 0 -> "UNDEFINED";
      case 8 -> "STRING";
      case 14 -> "COMPLEX64";
      case 15 -> "COMPLEX128";
      case 17, 18, 19, 20 -> "FLOAT8";
      case 21 -> "UINT4";
      case 22 -> "INT4";
      case 23 -> "FLOAT4E2M1";
      default -> of(number).map(ElementType::name).orElse("type " + number);
    };
  }
}
