package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What validation says of a declaration.
 *
 * @param problems all of them, warnings too, in the order in which they were found
 * @param spec the specification; empty where a problem is an error
 */
public record Verdict(List<Problem> problems, Optional<ValidSpec> spec) {
  public Verdict {
    problems = List.copyOf(problems);
  }
}
