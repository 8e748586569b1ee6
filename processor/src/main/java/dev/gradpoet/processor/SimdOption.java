package dev.gradpoet.processor;

import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.lang.model.element.TypeElement;

/** The option {@code -Agradpoet.simd}: whether classes contain vector kernels in addition to the plain ones. */
final class SimdOption {

  static final String NAME = "gradpoet.simd";

  private static final String MODULE = "jdk.incubator.vector";

  private final String value;
  private final NetworkReader reader;

  /** The notes already reported: each appears once per compilation. */
  private final Set<String> reported = new HashSet<>();

  SimdOption(String value, NetworkReader reader) {
    this.value = value == null ? "auto" : value;
    this.reader = reader;
  }

  /**
   * Whether the class of a declaration contains vector kernels; empty if that is an error.
   *
   * @param problems receives the error, or, once per compilation, the note about an automatic decision
   */
  Optional<Boolean> decide(TypeElement declaration, Consumer<Problem> problems) {
    boolean readable = reader.readsVectors(declaration);
    switch (value) {
      case "auto":
        note(
            readable ? withVectors(declaration) : withoutVectors(declaration),
            declaration,
            problems);
        return Optional.of(readable);
      case "off":
        return Optional.of(false);
      case "required":
        if (readable) {
          return Optional.of(true);
        }
        problems.accept(problem(
            declaration,
            ProblemCode.VECTORS_NOT_READABLE,
            "vector kernels are required, but the module " + MODULE + " is not readable here: "
                + fix(declaration)));
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

  private String withVectors(TypeElement declaration) {
    return "networks are compiled with vector kernels in addition to the plain ones, and use them if java is started with "
        + (reader.isInNamedModule(declaration) ? "this module, or with " : "")
        + "--add-modules " + MODULE + " (to suppress this note, -A" + NAME + "=required)";
  }

  private String withoutVectors(TypeElement declaration) {
    return "networks are compiled without the faster vector kernels, because the module " + MODULE
        + " is not readable here: " + fix(declaration) + " (to suppress this note, -A" + NAME
        + "=off)";
  }

  private String fix(TypeElement declaration) {
    return reader.isInNamedModule(declaration)
        ? "add \"requires " + MODULE + ";\" to module-info.java"
        : "add --add-modules " + MODULE + " to the options of javac and of java";
  }

  private void note(String text, TypeElement declaration, Consumer<Problem> problems) {
    if (reported.add(text)) {
      problems.accept(problem(declaration, ProblemCode.VECTORS, text));
    }
  }

  private Problem problem(TypeElement declaration, ProblemCode code, String text) {
    return new Problem(code, text, reader.site(declaration));
  }
}
