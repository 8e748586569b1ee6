package dev.gradpoet.processor.read;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Finds out whether a declaration refers to types or values that do not exist yet; another processor may still generate them. */
final class Unresolved {

  /** What javac and ecj return as the value of a member that they cannot compute. A string with the same text is printed in quotation marks. */
  private static final String NO_VALUE = "<error>";

  private final Elements elements;

  /** The simple names of the generated class and of its nested types, for which no declaration waits. */
  private final Set<String> own;

  Unresolved(Elements elements, Set<String> own) {
    this.elements = elements;
    this.own = own;
  }

  /** Whether a declaration must wait. */
  boolean in(TypeElement type) {
    return isWritten(type) || inherited(type).isPresent();
  }

  /** Whether the source of the declaration, or a superinterface, refers to something that does not exist. If it never does, javac reports it. */
  boolean isWritten(TypeElement type) {
    return inSuperInterfaces(type, new HashSet<>())
        || inAnnotations(type)
        || methods(type)
            .anyMatch(method -> method.getEnclosingElement().equals(type)
                && (hasUnknown(method) || inAnnotations(method)));
  }

  /** An inherited method that uses a type that does not exist. If the method comes from a class file, javac may not report it. */
  Optional<ExecutableElement> inherited(TypeElement type) {
    return methods(type)
        .filter(method -> !method.getEnclosingElement().equals(type) && hasUnknown(method))
        .findFirst();
  }

  private Stream<ExecutableElement> methods(TypeElement type) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT));
  }

  private boolean inSuperInterfaces(TypeElement type, Set<TypeElement> seen) {
    for (TypeMirror parent : type.getInterfaces()) {
      if (parent.getKind() == TypeKind.ERROR) {
        return true;
      }
      TypeElement element = (TypeElement) ((DeclaredType) parent).asElement();
      if (seen.add(element) && inSuperInterfaces(element, seen)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasUnknown(ExecutableElement method) {
    return isUnknown(method.getReturnType())
        || method.getParameters().stream().map(VariableElement::asType).anyMatch(this::isUnknown);
  }

  private boolean isUnknown(TypeMirror type) {
    return type.getKind() == TypeKind.ERROR
        && !own.contains(((DeclaredType) type).asElement().getSimpleName().toString());
  }

  /** Whether an annotation is unknown (perhaps one of ours that is not imported), or one of ours has an unknown value. */
  private static boolean inAnnotations(Element element) {
    return element.getAnnotationMirrors().stream().anyMatch(mirror -> {
      return mirror.getAnnotationType().getKind() == TypeKind.ERROR
          || Members.isOurs(mirror) && hasNoValue(mirror);
    });
  }

  private static boolean hasNoValue(AnnotationMirror mirror) {
    return mirror.getElementValues().values().stream().anyMatch(Unresolved::isNoValue);
  }

  private static boolean isNoValue(AnnotationValue value) {
    return value.getValue() instanceof List<?> list
        ? list.stream().anyMatch(each -> isNoValue((AnnotationValue) each))
        : NO_VALUE.equals(value.getValue()) && NO_VALUE.equals(value.toString());
  }
}
