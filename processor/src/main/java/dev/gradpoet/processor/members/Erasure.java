package dev.gradpoet.processor.members;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;

/** Erases types as the virtual machine does: without type arguments and annotations. */
final class Erasure {

  private Erasure() {}

  /** The erasure of a type. Type variables do not occur, because generated classes have none. */
  static TypeName of(TypeName type) {
    if (type instanceof ParameterizedTypeName parameterized) {
      return parameterized.rawType();
    }
    if (type instanceof ArrayTypeName array) {
      return ArrayTypeName.of(of(array.componentType()));
    }
    return type.withoutAnnotations();
  }
}
