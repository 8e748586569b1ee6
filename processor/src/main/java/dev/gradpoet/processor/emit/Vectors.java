package dev.gradpoet.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;

/** The names of the Vector API's types for the type that a network computes in. */
final class Vectors {

  static final ClassName OPERATORS = ClassName.get(KernelChoice.VECTORS, "VectorOperators");
  static final ClassName SPECIES = ClassName.get(KernelChoice.VECTORS, "VectorSpecies");
  static final ClassName MASK = ClassName.get(KernelChoice.VECTORS, "VectorMask");
  static final ClassName INTS = ClassName.get(KernelChoice.VECTORS, "IntVector");

  /** The species of the machine's vectors. */
  static final String WHOLE = "S";

  /** The species of vectors of four values. */
  static final String OF_FOUR = "S4";

  private final Scalar scalar;
  private final String constant;

  Vectors(Scalar scalar) {
    this(scalar, WHOLE);
  }

  Vectors(Scalar scalar, String constant) {
    this.scalar = scalar;
    this.constant = constant;
  }

  /** {@code FloatVector}. */
  ClassName type() {
    return ClassName.get(
        KernelChoice.VECTORS, scalar == Scalar.FLOAT ? "FloatVector" : "DoubleVector");
  }

  /** {@code VectorSpecies<Float>}. */
  TypeName species() {
    return ParameterizedTypeName.get(SPECIES, box());
  }

  /** {@code Float}, in the type of the species. */
  ClassName box() {
    return (ClassName) scalar.type().box();
  }

  /** {@code FloatVector.fromArray(S, w, at + L)}. */
  CodeBlock load(String array, String place) {
    return CodeBlock.of("$T.fromArray($L, $L, $L)", type(), constant, array, place);
  }

  /** {@code FloatVector.broadcast(S, 1f)}. */
  CodeBlock all(CodeBlock value) {
    return CodeBlock.of("$T.broadcast($L, $L)", type(), constant, value);
  }

  /** {@code FloatVector.zero(S)}. */
  CodeBlock zero() {
    return CodeBlock.of("$T.zero($L)", type(), constant);
  }

  /** {@code o}, {@code o + L}, {@code o + 2 * L}: the place of a vector. */
  static String place(String start, int vector) {
    return switch (vector) {
      case 0 -> start;
      case 1 -> start + " + L";
      default -> start + " + " + vector + " * L";
    };
  }
}
