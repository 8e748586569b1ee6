package dev.gradpoet.processor;

import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkReader;
import java.util.Optional;
import java.util.function.Consumer;
import javax.lang.model.element.TypeElement;

/** The option {@code -Agradpoet.simd}: whether classes hold vector kernels beside the plain ones. */
final class SimdOption {

  static final String NAME = "gradpoet.simd";

  private final String value;
  private final NetworkReader reader;

  SimdOption(String value, NetworkReader reader) {
    this.value = value == null ? "auto" : value;
    this.reader = reader;
  }

  /**
   * Whether the class of a declaration holds vector kernels.
   *
   * @param problems takes what stands against it; then there is no answer
   */
  Optional<Boolean> decide(TypeElement declaration, Consumer<Problem> problems) {
    switch (value) {
      case "auto":
        return Optional.of(reader.readsVectors(declaration));
      case "off":
        return Optional.of(false);
      case "required":
        if (reader.readsVectors(declaration)) {
          return Optional.of(true);
        }
        problems.accept(
            problem(
                declaration,
                ProblemCode.VECTORS_NOT_READABLE,
                "vector kernels are required, but the module jdk.incubator.vector is not readable here: "
                    + (reader.isInNamedModule(declaration)
                        ? "add \"requires jdk.incubator.vector;\" to module-info.java"
                        : "add --add-modules jdk.incubator.vector to the options of javac, and of java")));
        return Optional.empty();
      default:
        problems.accept(problem(
            declaration,
            ProblemCode.UNKNOWN_SIMD,
            "the option -A" + NAME + " is \"" + value
                + "\", expected auto, off or required: correct it, or leave it out for auto"));
        return Optional.empty();
    }
  }

  private Problem problem(TypeElement declaration, ProblemCode code, String text) {
    return new Problem(code, text, reader.site(declaration));
  }
}
