package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.Optional;

/** The types of the format, by their names in it, each with the dtype that represents all its values exactly. */
enum SafetensorsType {
  BOOL(8, DType.INT64),
  F4(4, null),
  F6_E2M3(6, null),
  F6_E3M2(6, null),
  U8(8, DType.INT64),
  I8(8, DType.INT64),
  F8_E5M2(8, null),
  F8_E4M3(8, null),
  F8_E8M0(8, null),
  F8_E4M3FNUZ(8, null),
  F8_E5M2FNUZ(8, null),
  I16(16, DType.INT64),
  U16(16, DType.INT64),
  F16(16, DType.FLOAT32),
  BF16(16, DType.FLOAT32),
  I32(32, DType.INT64),
  U32(32, DType.INT64),
  F32(32, DType.FLOAT32),
  C64(64, null),
  F64(64, DType.FLOAT64),
  I64(64, DType.INT64),
  U64(64, null);

  private final int bits;
  private final DType dtype;

  SafetensorsType(int bits, DType dtype) {
    this.bits = bits;
    this.dtype = dtype;
  }

  /** The type with a name, or empty if this version does not know it. */
  static Optional<SafetensorsType> of(String name) {
    for (SafetensorsType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type as which tensors of a dtype are written. */
  static SafetensorsType of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT64 -> I64;
    };
  }

  /** The size of a value in bits; the smallest type has four. */
  int bits() {
    return bits;
  }

  /** The size of a value in bytes, for types that are written. */
  int bytes() {
    return bits / Byte.SIZE;
  }

  /** The dtype that tensors of this type are read into, if they can be read. */
  Optional<DType> dtype() {
    return Optional.ofNullable(dtype);
  }
}
