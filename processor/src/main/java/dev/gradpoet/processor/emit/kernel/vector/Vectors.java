package dev.gradpoet.processor.emit.kernel.vector;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;

/** The types and basic operations of the Vector API, for the type in which a network computes. */
public final class Vectors {

  /** The module of the Vector API, whose name is passed to the runtime. */
  public static final String MODULE = "jdk.incubator.vector";

  public static final ClassName OPERATORS = ClassName.get(MODULE, "VectorOperators");
  public static final ClassName SPECIES = ClassName.get(MODULE, "VectorSpecies");
  public static final ClassName MASK = ClassName.get(MODULE, "VectorMask");
  public static final ClassName INTS = ClassName.get(MODULE, "IntVector");

  /**
   * The species of all vectors of a generated class. A second width would not do: methods such as {@code FloatVector.intoArray} are shared by all
   * widths, and where C2 has seen two of them there and has no clean profile of the caller, it allocates the vectors of both as objects.
   */
  private static final String SPECIES_CONSTANT = "S";

  private final Scalar scalar;

  public Vectors(Scalar scalar) {
    this.scalar = scalar;
  }

  /** {@code FloatVector}. */
  public ClassName type() {
    return ClassName.get(MODULE, scalar == Scalar.FLOAT ? "FloatVector" : "DoubleVector");
  }

  /** {@code VectorSpecies<Float>}. */
  public TypeName species() {
    return ParameterizedTypeName.get(SPECIES, box());
  }

  /** {@code Float}, the type argument of the species. */
  public ClassName box() {
    return (ClassName) scalar.type().box();
  }

  /** {@code FloatVector.fromArray(S, w, at + L)}. */
  public CodeBlock load(String array, String place) {
    return CodeBlock.of("$T.fromArray($L, $L, $L)", type(), SPECIES_CONSTANT, array, place);
  }

  /** {@code FloatVector.broadcast(S, 1f)}. */
  public CodeBlock all(CodeBlock value) {
    return CodeBlock.of("$T.broadcast($L, $L)", type(), SPECIES_CONSTANT, value);
  }

  /** {@code FloatVector.zero(S)}. */
  public CodeBlock zero() {
    return CodeBlock.of("$T.zero($L)", type(), SPECIES_CONSTANT);
  }

  /** {@code o}, {@code o + L}, {@code o + 2 * L}: the index of a vector. */
  public static String place(String start, int vector) {
    return switch (vector) {
      case 0 -> start;
      case 1 -> start + " + L";
      default -> start + " + " + vector + " * L";
    };
  }
}
