package dev.gradpoet.onnx.torch;

import dev.gradpoet.DType;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of PyTorch's storages, of whose values a safetensors file of ours holds the same numbers. */
enum TorchType {
  FLOAT("Float", 4, DType.FLOAT32),
  DOUBLE("Double", 8, DType.FLOAT64),
  HALF("Half", 2, DType.FLOAT32),
  BFLOAT16("BFloat16", 2, DType.FLOAT32),
  LONG("Long", 8, DType.INT64),
  INT("Int", 4, DType.INT64),
  SHORT("Short", 2, DType.INT64),
  CHAR("Char", 1, DType.INT64),
  BYTE("Byte", 1, DType.INT64),
  BOOL("Bool", 1, DType.INT64);

  private final String prefix;
  private final int bytes;
  private final DType dtype;

  TorchType(String prefix, int bytes, DType dtype) {
    this.prefix = prefix;
    this.bytes = bytes;
    this.dtype = dtype;
  }

  /** The type of {@code torch.FloatStorage} and the like. */
  static Optional<TorchType> ofStorage(String name) {
    for (TorchType type : values()) {
      if (name.equals("torch." + type.prefix + "Storage")) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The bytes of a value. */
  int bytes() {
    return bytes;
  }

  /** The type that holds its values without rounding. */
  DType dtype() {
    return dtype;
  }

  /** A real value. */
  double real(ByteBuffer values, int index) {
    return switch (this) {
      case FLOAT -> values.getFloat(index * 4);
      case DOUBLE -> values.getDouble(index * 8);
      case HALF -> HalfPrecision.toFloat(values.getShort(index * 2));
      case BFLOAT16 -> Float.intBitsToFloat(values.getShort(index * 2) << 16);
      default -> integer(values, index);
    };
  }

  /** An integer value. */
  long integer(ByteBuffer values, int index) {
    return switch (this) {
      case LONG -> values.getLong(index * 8);
      case INT -> values.getInt(index * 4);
      case SHORT -> values.getShort(index * 2);
      case CHAR -> values.get(index);
      case BYTE, BOOL -> values.get(index) & 0xff;
      default -> (long) real(values, index);
    };
  }
}
