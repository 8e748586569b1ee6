package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.DType;

/** The type in which a network computes, and the printer of its literals. */
public enum Scalar {
  FLOAT(DType.FLOAT32, TypeName.FLOAT, "FloatMath", "FloatParameter"),
  DOUBLE(DType.FLOAT64, TypeName.DOUBLE, "DoubleMath", "DoubleParameter");

  private final DType dtype;
  private final TypeName type;
  private final ClassName math;
  private final ClassName parameter;

  Scalar(DType dtype, TypeName type, String math, String parameter) {
    this.dtype = dtype;
    this.type = type;
    this.math = RuntimeTypes.math(math);
    this.parameter = RuntimeTypes.support(parameter);
  }

  /** The scalar of a network's dtype. */
  public static Scalar of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT;
      case FLOAT64 -> DOUBLE;
      case INT64 -> throw new IllegalArgumentException("validation refuses INT64 networks");
    };
  }

  public DType dtype() {
    return dtype;
  }

  /** {@code float} or {@code double}. */
  public TypeName type() {
    return type;
  }

  /** {@code float[]}. */
  public ArrayTypeName array() {
    return ArrayTypeName.of(type);
  }

  /** {@code float[][]}: rows. */
  public ArrayTypeName rows() {
    return ArrayTypeName.of(array());
  }

  /** The runtime's class of functions. */
  public ClassName math() {
    return math;
  }

  /** The runtime's class of sums and dot products. */
  public ClassName chains() {
    return RuntimeTypes.math(this == FLOAT ? "FloatChains" : "DoubleChains");
  }

  /** The runtime's storage of a parameter. */
  public ClassName parameter() {
    return parameter;
  }

  /** The superclass of the generated class. */
  public ClassName network() {
    return RuntimeTypes.support(this == FLOAT ? "FloatNetwork" : "DoubleNetwork");
  }

  /** The superclass of the nested class {@code Predictor}. */
  public ClassName predictor() {
    return RuntimeTypes.support(this == FLOAT ? "FloatPredictorBase" : "DoublePredictorBase");
  }

  /** {@code Float} or {@code Double}, the beginning of the names of the runtime's classes. */
  public String prefix() {
    return this == FLOAT ? "Float" : "Double";
  }

  /** The runtime's copies and poolings of maps. */
  public ClassName maps() {
    return RuntimeTypes.maps(prefix() + "Maps");
  }

  /** The runtime's scratch of the backward pass of convolutions. */
  public ClassName mapScratch() {
    return RuntimeTypes.maps(prefix() + "Scratch");
  }

  /** The runtime's class of embeddings. */
  public ClassName tables() {
    return RuntimeTypes.maps(prefix() + "Tables");
  }

  /** The updates of optimizers on arrays. */
  public ClassName updates() {
    return RuntimeTypes.optim(this == FLOAT ? "FloatUpdates" : "DoubleUpdates");
  }

  /** The updates of optimizers in plain Java. */
  public ClassName plainUpdates() {
    return RuntimeTypes.optim(this == FLOAT ? "FloatPlainUpdates" : "DoublePlainUpdates");
  }

  /** The method of a tensor that copies its values into an array of this type. */
  public String toArray() {
    return this == FLOAT ? "toFloatArray" : "toDoubleArray";
  }

  /** The number of bytes of a value. */
  public int bytes() {
    return this == FLOAT ? Float.BYTES : Double.BYTES;
  }

  /**
   * {@code 1f}, {@code 1.0}, or {@code Float.POSITIVE_INFINITY} for a value that overflows the type. JavaPoet's {@code $L} would print a float as a
   * double literal.
   *
   * @throws IllegalArgumentException if the value is NaN, which no formula contains
   */
  public CodeBlock literal(double value) {
    double narrowed = this == FLOAT ? (float) value : value;
    if (Double.isNaN(narrowed)) {
      throw new IllegalArgumentException("not a number has no literal");
    }
    if (Double.isInfinite(narrowed)) {
      return CodeBlock.of(
          "$T.$L", type.box(), narrowed > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
    }
    if (this == DOUBLE) {
      return CodeBlock.of("$L", ShortestDecimal.of(value));
    }
    float single = (float) value;
    boolean negativeZero = single == 0 && Math.copySign(1, single) < 0;
    boolean integer = single == Math.rint(single) && Math.abs(single) < 1e6f && !negativeZero;
    return CodeBlock.of("$L", integer ? (long) single + "f" : ShortestDecimal.of(single) + "f");
  }
}
