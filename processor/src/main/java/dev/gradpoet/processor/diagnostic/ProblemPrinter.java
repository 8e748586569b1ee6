package dev.gradpoet.processor.diagnostic;

import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;

/** Reports problems through javac, at the exact value that is wrong. */
public final class ProblemPrinter {

  private final Messager messager;

  public ProblemPrinter(Messager messager) {
    this.messager = messager;
  }

  /** Reports one problem. */
  public void print(Problem problem) {
    Diagnostic.Kind kind = problem.code().isError()
        ? Diagnostic.Kind.ERROR
        : problem.code().isWarning() ? Diagnostic.Kind.WARNING : Diagnostic.Kind.NOTE;
    String text = problem.text() + " [" + problem.code().code() + "]";
    ElementSite site = (ElementSite) problem.site();
    messager.printMessage(kind, text, site.element(), site.mirror(), site.value());
  }
}
