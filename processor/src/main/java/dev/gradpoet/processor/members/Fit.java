package dev.gradpoet.processor.members;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Judges whether a method of the generated class implements a method of an interface, as javac will. */
final class Fit {

  private final Types types;

  /** Finds the types that the declaration can see, null for others. */
  private final Function<String, TypeElement> visible;

  /** The generated class and its nested ones, which javac does not know yet. */
  private final Map<ClassName, TypeSpec> generated;

  /** The interface, which the outermost generated class implements, perhaps through another one. */
  private final TypeMirror declaration;

  Fit(
      Types types,
      Function<String, TypeElement> visible,
      Map<ClassName, TypeSpec> generated,
      TypeMirror declaration) {
    this.types = types;
    this.declaration = declaration;
    this.visible = visible;
    this.generated = generated;
  }

  /** What stands in the way, or empty. */
  Optional<String> obstacle(Provided method, Wanted wanted) {
    if (!method.implementsOthers()) {
      return Optional.of("which is static or private");
    }
    if (!wanted.element().getTypeParameters().isEmpty()) {
      return Optional.of("which has no type parameters");
    }
    if (method.varargs() != wanted.element().isVarArgs()) {
      return Optional.of(
          "whose last parameter is " + (method.varargs() ? "a varargs parameter" : "an array"));
    }
    if (!method.parameters().equals(wanted.parameters())) {
      return Optional.of("whose parameters have other type arguments");
    }
    if (!isSubtype(method.returns(), wanted.type().getReturnType())) {
      return Optional.of("which does not return " + Words.of(wanted.returns()));
    }
    return method.exceptions().stream()
        .filter(thrown -> !isAllowed(thrown, wanted))
        .findFirst()
        .map(thrown -> "which throws " + Words.of(thrown));
  }

  private boolean isAllowed(TypeName thrown, Wanted wanted) {
    return wanted.type().getThrownTypes().stream().anyMatch(allowed -> isSubtype(thrown, allowed));
  }

  private boolean isSubtype(TypeName type, TypeMirror expected) {
    if (type.equals(TypeName.VOID) || expected.getKind() == TypeKind.VOID) {
      return type.equals(TypeName.VOID) && expected.getKind() == TypeKind.VOID;
    }
    if (type.isPrimitive() || expected.getKind().isPrimitive()) {
      return TypeName.get(expected).withoutAnnotations().equals(type);
    }
    if (type instanceof ClassName name && generated.containsKey(name)) {
      return isSubtypeOfGenerated(name, expected);
    }
    return mirror(type).filter(known -> types.isSubtype(known, expected)).isPresent();
  }

  private boolean isSubtypeOfGenerated(ClassName name, TypeMirror expected) {
    if (expected.getKind() == TypeKind.ERROR) {
      return ((DeclaredType) expected).asElement().getSimpleName().contentEquals(name.simpleName());
    }
    return TypeName.get(expected).withoutAnnotations().equals(name)
        || TypeName.get(expected).withoutAnnotations().equals(ClassName.OBJECT)
        || name.enclosingClassName() == null && types.isSubtype(declaration, expected)
        || isSubtype(generated.get(name).superclass(), expected)
        || generated.get(name).superinterfaces().stream()
            .anyMatch(parent -> isSubtype(parent, expected));
  }

  private Optional<TypeMirror> mirror(TypeName type) {
    if (type.isPrimitive()) {
      return Optional.of(
          types.getPrimitiveType(TypeKind.valueOf(type.toString().toUpperCase(Locale.ROOT))));
    }
    if (type instanceof ArrayTypeName array) {
      return mirror(array.componentType()).map(types::getArrayType);
    }
    if (type instanceof ParameterizedTypeName parameterized) {
      TypeMirror[] arguments = parameterized.typeArguments().stream()
          .flatMap(argument -> mirror(argument).stream())
          .toArray(TypeMirror[]::new);
      return element(parameterized.rawType())
          .filter(raw -> raw.getTypeParameters().size() == arguments.length)
          .map(raw -> types.getDeclaredType(raw, arguments));
    }
    return type instanceof ClassName name
        ? element(name).map(TypeElement::asType)
        : Optional.empty();
  }

  private Optional<TypeElement> element(ClassName name) {
    return Optional.ofNullable(visible.apply(name.canonicalName()));
  }
}
