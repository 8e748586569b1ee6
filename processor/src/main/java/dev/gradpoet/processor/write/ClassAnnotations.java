package dev.gradpoet.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * The annotations of a generated class that tools read: that it is generated, that it is deprecated because its declaration is, and which compiler
 * warnings are suppressed because code that refers to the user's declaration cannot avoid them.
 */
final class ClassAnnotations {

  private static final String PROCESSOR = "dev.gradpoet.processor.NetworkProcessor";
  private static final String GENERATED = "javax.annotation.processing.Generated";

  private final Elements elements;

  ClassAnnotations(Elements elements) {
    this.elements = elements;
  }

  /** The annotations of the deprecated layers of a declaration, by their names. */
  Map<String, AnnotationSpec> deprecatedLayers(TypeElement origin) {
    Map<String, AnnotationSpec> layers = new HashMap<>();
    for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(origin))) {
      if (method.getParameters().isEmpty()) {
        deprecation(method)
            .ifPresent(mirror ->
                layers.put(method.getSimpleName().toString(), AnnotationSpec.get(mirror)));
      }
    }
    return layers;
  }

  /** The type with its annotations. */
  TypeSpec on(TypeSpec type, TypeElement origin, boolean exported) {
    TypeSpec.Builder marked = type.toBuilder();
    Set<String> suppressed = new TreeSet<>();
    for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(origin))) {
      if (isImplemented(method) && isForRemoval(method)) {
        suppressed.add("removal");
      } else if (isImplemented(method) && elements.isDeprecated(method) && !isLayer(method)) {
        suppressed.add("deprecation");
      }
    }
    if (isReadable(origin, GENERATED)) {
      marked.addAnnotation(AnnotationSpec.builder(ClassName.bestGuess(GENERATED))
          .addMember("value", "$S", PROCESSOR)
          .build());
    }
    deprecation(origin).map(AnnotationSpec::get).ifPresent(marked::addAnnotation);
    for (Element named = origin;
        named instanceof TypeElement;
        named = named.getEnclosingElement()) {
      if (isForRemoval(named)) {
        suppressed.add("removal");
      } else if (elements.isDeprecated(named) && !elements.isDeprecated(origin)) {
        suppressed.add("deprecation");
      }
    }
    if (exported || (isReadable(origin, GENERATED) && isExported(origin))) {
      suppressed.add("exports");
    }
    if (type.typeSpecs().stream()
        .anyMatch(nested -> nested.superinterfaces().contains(TypeName.get(Serializable.class)))) {
      // its serialized form has a version; the network itself is never written to a stream
      suppressed.add("serial");
    }
    if (!suppressed.isEmpty()) {
      AnnotationSpec.Builder suppressWarnings = AnnotationSpec.builder(SuppressWarnings.class);
      suppressed.forEach(warning -> suppressWarnings.addMember("value", "$S", warning));
      marked.addAnnotation(suppressWarnings.build());
    }
    return marked.build();
  }

  /** Whether a method is a layer; the method that implements a deprecated one is itself deprecated. */
  private static boolean isLayer(ExecutableElement method) {
    return method.getAnnotationMirrors().stream()
        .map(mirror -> (TypeElement) mirror.getAnnotationType().asElement())
        .anyMatch(type -> type.getQualifiedName().toString().startsWith("dev.gradpoet."));
  }

  private static boolean isImplemented(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.ABSTRACT);
  }

  private boolean isExported(TypeElement origin) {
    ModuleElement module = elements.getModuleOf(origin);
    return module != null
        && ElementFilter.exportsIn(module.getDirectives()).stream()
            .anyMatch(exports -> exports.getPackage().equals(elements.getPackageOf(origin)));
  }

  private boolean isReadable(TypeElement origin, String type) {
    ModuleElement module = elements.getModuleOf(origin);
    return module == null
        ? elements.getTypeElement(type) != null
        : elements.getTypeElement(module, type) != null;
  }

  private static boolean isForRemoval(Element element) {
    Deprecated deprecated = element.getAnnotation(Deprecated.class);
    return deprecated != null && deprecated.forRemoval();
  }

  private static Optional<? extends AnnotationMirror> deprecation(Element element) {
    return element.getAnnotationMirrors().stream()
        .filter(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
            .getQualifiedName()
            .contentEquals("java.lang.Deprecated"))
        .findFirst();
  }
}
