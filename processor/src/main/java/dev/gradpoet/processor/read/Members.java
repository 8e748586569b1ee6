package dev.gradpoet.processor.read;

import dev.gradpoet.processor.diagnostic.ElementSite;
import dev.gradpoet.processor.diagnostic.Site;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** The members that are written in one annotation, each with its position. */
final class Members {

  /** The package of the annotations, followed by a dot. */
  static final String ANNOTATIONS = "dev.gradpoet.";

  private final Element element;
  private final AnnotationMirror mirror;
  private final Map<String, AnnotationValue> written = new HashMap<>();

  Members(Element element, AnnotationMirror mirror) {
    this.element = element;
    this.mirror = mirror;
    mirror
        .getElementValues()
        .forEach((member, value) -> written.put(member.getSimpleName().toString(), value));
  }

  /** The position of the annotation. */
  Site site() {
    return new ElementSite(element, mirror, null);
  }

  Optional<Sited<Integer>> integer(String name) {
    return get(name, value -> cast(Integer.class, value));
  }

  Optional<Sited<Double>> real(String name) {
    return get(name, value -> cast(Number.class, value).doubleValue());
  }

  Optional<Sited<Boolean>> bool(String name) {
    return get(name, value -> cast(Boolean.class, value));
  }

  Optional<Sited<String>> string(String name) {
    return get(name, value -> cast(String.class, value));
  }

  <E extends Enum<E>> Optional<Sited<E>> constant(String name, Class<E> type) {
    return get(name, value -> {
      String constant = cast(VariableElement.class, value).getSimpleName().toString();
      for (E known : type.getEnumConstants()) {
        if (known.name().equals(constant)) {
          return known;
        }
      }
      throw new MalformedException("no constant " + constant + " of " + type.getSimpleName());
    });
  }

  Optional<Sited<List<Sited<Integer>>>> integers(String name) {
    return list(name, Integer.class);
  }

  Optional<Sited<List<Sited<String>>>> strings(String name) {
    return list(name, String.class);
  }

  Optional<Sited<List<Sited<Double>>>> reals(String name) {
    return list(name, Double.class);
  }

  /** The values of those members that are written, by name, in the order of {@code names}. */
  <T> Map<String, Sited<T>> written(List<String> names, Function<String, Optional<Sited<T>>> read) {
    Map<String, Sited<T>> found = new LinkedHashMap<>();
    names.forEach(name -> read.apply(name).ifPresent(value -> found.put(name, value)));
    return found;
  }

  /** Rejects an annotation that lacks a member without a default; javac reports the error itself. */
  void require(String name) {
    if (!written.containsKey(name)) {
      throw new MalformedException("no " + name);
    }
  }

  private <T> Optional<Sited<List<Sited<T>>>> list(String name, Class<T> type) {
    return get(
        name,
        value -> ((List<?>) cast(List.class, value))
            .stream()
                .map(AnnotationValue.class::cast)
                .map(each -> new Sited<>(cast(type, each), site(each)))
                .toList());
  }

  private <T> Optional<Sited<T>> get(String name, Function<AnnotationValue, T> read) {
    return Optional.ofNullable(written.get(name))
        .map(value -> new Sited<>(read.apply(value), site(value)));
  }

  private Site site(AnnotationValue value) {
    return new ElementSite(element, mirror, value);
  }

  private static <T> T cast(Class<T> type, AnnotationValue value) {
    if (!type.isInstance(value.getValue())) {
      throw new MalformedException(value + " is no " + type.getSimpleName());
    }
    return type.cast(value.getValue());
  }

  /** Whether an annotation is one of those that declare networks. */
  static boolean isOurs(AnnotationMirror mirror) {
    TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
    return type.getQualifiedName().toString().startsWith(ANNOTATIONS);
  }

  /** The members of an annotation of ours, if the element has it. */
  static Optional<Members> of(Element element, String simpleName) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      Element type = mirror.getAnnotationType().asElement();
      if (((TypeElement) type).getQualifiedName().contentEquals(ANNOTATIONS + simpleName)) {
        return Optional.of(new Members(element, mirror));
      }
    }
    return Optional.empty();
  }
}
