package dev.gradpoet.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import java.util.Map;
import java.util.Optional;

/**
 * The properties that a generated class takes from its declaration, apart from the network.
 *
 * @param deprecated the annotations of deprecated layers, by their names
 * @param standIn the simple name of an interface that extends the declaration and is implemented in its place
 * @param serializable whether the declaration extends {@code Serializable}
 */
public record Origin(
    Map<String, AnnotationSpec> deprecated, Optional<String> standIn, boolean serializable) {

  /** The origin of a declaration without such properties. */
  static Origin plain() {
    return new Origin(Map.of(), Optional.empty(), false);
  }
}
