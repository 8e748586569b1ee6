package dev.gradpoet.processor.diagnostic;

/**
 * A problem with a declaration.
 *
 * @param code its code
 * @param text the value found, what was expected, and how to fix it
 * @param site where it is reported
 */
public record Problem(ProblemCode code, String text, Site site) {}
