package dev.gradpoet.processor;

import com.google.auto.service.AutoService;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * Claims annotations such as {@code @NonNull} that appear only on layers, so that {@code -Xlint:all -Werror} does not fail because no processor
 * claimed them. In {@code @NonNull Layer hidden()}, javac applies an annotation with both targets to the method as well as to the type. Only
 * annotations that may be applied to types are claimed; processors have no use for those. This processor must follow {@link NetworkProcessor} in
 * alphabetical order.
 */
@AutoService(Processor.class)
public final class TypeAnnotationsOfLayers extends AbstractProcessor {

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  /**
   * A processor can claim only all of the annotations or none, so it claims none if any one is of another kind. Annotations of {@code java.lang} need
   * no processor.
   */
  @Override
  public boolean process(Set<? extends TypeElement> unclaimed, RoundEnvironment round) {
    List<? extends TypeElement> foreign = unclaimed.stream()
        .filter(annotation -> !annotation.getQualifiedName().toString().startsWith("java.lang."))
        .toList();
    return !foreign.isEmpty()
        && foreign.stream()
            .allMatch(annotation -> isOfTypes(annotation)
                && round.getElementsAnnotatedWith(annotation).stream()
                    .allMatch(TypeAnnotationsOfLayers::isLayer));
  }

  private static boolean isOfTypes(TypeElement annotation) {
    Target target = annotation.getAnnotation(Target.class);
    return target != null && Arrays.asList(target.value()).contains(ElementType.TYPE_USE);
  }

  private static boolean isLayer(Element element) {
    return element instanceof ExecutableElement
        && element.getEnclosingElement().getAnnotationMirrors().stream()
            .map(mirror -> (TypeElement) mirror.getAnnotationType().asElement())
            .anyMatch(type -> type.getQualifiedName().contentEquals(NetworkProcessor.NETWORK));
  }
}
