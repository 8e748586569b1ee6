package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.Problem;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one declaration. */
final class Problems {

  private final List<Problem> found = new ArrayList<>();
  private boolean errors;

  void add(ProblemCode code, Site site, String text) {
    found.add(new Problem(code, text, site));
    errors |= !code.isWarning();
  }

  /** Whether there is an error, so that the network cannot be generated. */
  boolean hasErrors() {
    return errors;
  }

  List<Problem> found() {
    return found;
  }
}
