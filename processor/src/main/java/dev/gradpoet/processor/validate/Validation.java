package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.List;
import java.util.Optional;

/**
 * The result of validating a declaration.
 *
 * @param problems all problems, including warnings, in the order in which they were found
 * @param spec the specification; empty if a problem is an error
 */
public record Validation(List<Problem> problems, Optional<ValidSpec> spec) {
  public Validation {
    problems = List.copyOf(problems);
  }
}
