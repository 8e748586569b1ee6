package dev.gradpoet.onnx.net;

import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * A tensor whose values are known: a parameter, or a shape. Real numbers are held as doubles and rounded to their type by each operation; integers are held
 * as longs.
 */
public final class Constant {

  private final ElementType type;
  private final int[] dims;
  private final double[] reals;
  private final long[] integers;

  private Constant(ElementType type, int[] dims, double[] reals, long[] integers) {
    this.type = type;
    this.dims = dims;
    this.reals = reals;
    this.integers = integers;
  }

  /** Real numbers, rounded to a type. */
  public static Constant of(ElementType type, int[] dims, double[] values) {
    double[] rounded = type == ElementType.DOUBLE
        ? values.clone()
        : DoubleStream.of(values).map(value -> (float) value).toArray();
    return new Constant(type, dims.clone(), rounded, null);
  }

  /** Integers. */
  public static Constant of(int[] dims, long[] values) {
    return new Constant(ElementType.INT64, dims.clone(), null, values.clone());
  }

  /**
   * The values of a tensor.
   *
   * @throws IllegalArgumentException if its type cannot be computed with; the message names it
   */
  public static Constant of(TensorProto tensor) {
    ElementType type = ElementType.of(tensor.elementType())
        .filter(known -> known != ElementType.FLOAT16 && known != ElementType.BFLOAT16)
        .orElseThrow(() -> new IllegalArgumentException(
            "a constant of type " + ElementType.name(tensor.elementType())));
    int count = (int) tensor.count();
    int[] dims = tensor.dims().stream().mapToInt(Long::intValue).toArray();
    ByteBuffer values = tensor.values().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (type.isFloating()) {
      double[] reals = new double[count];
      for (int i = 0; i < count; i++) {
        reals[i] = type == ElementType.FLOAT ? values.getFloat() : values.getDouble();
      }
      return new Constant(type, dims, reals, null);
    }
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      integers[i] = switch (type) {
        case INT8, BOOL -> values.get();
        case UINT8 -> values.get() & 0xff;
        case INT16 -> values.getShort();
        case UINT16 -> values.getShort() & 0xffff;
        case INT32 -> values.getInt();
        case UINT32 -> values.getInt() & 0xffffffffL;
        default -> values.getLong();
      };
    }
    return new Constant(type, dims, null, integers);
  }

  /** The type of its values. */
  public ElementType type() {
    return type;
  }

  /** Whether its values are real numbers. */
  public boolean isReal() {
    return reals != null;
  }

  /** Its sizes. */
  public int[] dims() {
    return dims.clone();
  }

  /** The number of values. */
  public int size() {
    return reals != null ? reals.length : integers.length;
  }

  /** A value of real numbers, in row-major order. */
  public double real(int index) {
    return reals[index];
  }

  /** All values of real numbers. */
  public double[] reals() {
    return reals.clone();
  }

  /** All values of integers. */
  public long[] integers() {
    return integers.clone();
  }

  /** Whether all values are the same number, or there is only one. */
  public boolean isUniform() {
    return size() > 0
        && (reals != null
            ? DoubleStream.of(reals).allMatch(value -> Double.compare(value, reals[0]) == 0)
            : LongStream.of(integers).allMatch(value -> value == integers[0]));
  }

  /** Whether all values are this number. */
  public boolean isAll(double number) {
    return reals != null && DoubleStream.of(reals).allMatch(value -> value == number);
  }

  /** The same values under other sizes, of the same product. */
  public Constant reshape(int... sizes) {
    return new Constant(type, sizes.clone(), reals, integers);
  }

  /** Another function of each value, rounded to the type. */
  public Constant map(DoubleUnaryOperator function) {
    return of(type, dims, DoubleStream.of(reals).map(function).toArray());
  }

  /** The values at these places, in row-major order, under new sizes. */
  public Constant pick(int[] places, int... sizes) {
    return reals != null
        ? new Constant(
            type,
            sizes.clone(),
            Arrays.stream(places).mapToDouble(i -> reals[i]).toArray(),
            null)
        : new Constant(
            type,
            sizes.clone(),
            null,
            Arrays.stream(places).mapToLong(i -> integers[i]).toArray());
  }

  /** With its dimensions in another order. */
  public Constant transpose(int... order) {
    return pick(Places.transposed(dims, order), Places.picked(dims, order));
  }

  /** As a matrix, its transposed. */
  public Constant transposed() {
    return transpose(1, 0);
  }

  /** Type and sizes, for messages. */
  @Override
  public String toString() {
    return type + " of shape " + Arrays.toString(dims);
  }
}
