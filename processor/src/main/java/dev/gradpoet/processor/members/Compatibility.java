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

/** Decides, by javac's rules, whether a method of the generated class implements a method of an interface. */
final class Compatibility {

  private final Types types;

  /** Finds the types that the declaration can see; null for others. */
  private final Function<String, TypeElement> visible;

  /** The generated class and its nested classes, which javac does not know yet. */
  private final Map<ClassName, TypeSpec> generated;

  /** The interface that the outermost generated class implements, perhaps through a stand-in. */
  private final TypeMirror declaration;

  Compatibility(
      Types types,
      Function<String, TypeElement> visible,
      Map<ClassName, TypeSpec> generated,
      TypeMirror declaration) {
    this.types = types;
    this.declaration = declaration;
    this.visible = visible;
    this.generated = generated;
  }

  /** Why the method does not implement the declared one, or empty if it does. */
  Optional<String> obstacle(ClassMethod method, InterfaceMethod declared) {
    if (!method.implementsOthers()) {
      return Optional.of("which is static or private");
    }
    if (!declared.element().getTypeParameters().isEmpty()) {
      return Optional.of("which has no type parameters");
    }
    if (method.varargs() != declared.element().isVarArgs()) {
      return Optional.of(
          "whose last parameter is " + (method.varargs() ? "a varargs parameter" : "an array"));
    }
    if (!method.parameters().equals(declared.parameters())) {
      return Optional.of("whose parameters have other type arguments");
    }
    if (!isSubtype(method.returns(), declared.type().getReturnType())) {
      return Optional.of("which does not return " + TypeNames.of(declared.returns()));
    }
    return method.exceptions().stream()
        .filter(thrown -> !isAllowed(thrown, declared))
        .findFirst()
        .map(thrown -> "which throws " + TypeNames.of(thrown));
  }

  private boolean isAllowed(TypeName thrown, InterfaceMethod declared) {
    return declared.type().getThrownTypes().stream()
        .anyMatch(allowed -> isSubtype(thrown, allowed));
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
