package dev.gradpoet.processor.diagnostic;

/**
 * Something wrong with a declaration.
 *
 * @param code its place in the catalogue
 * @param text the value found, what was expected, and the way out
 * @param site where it is said
 */
public record Problem(ProblemCode code, String text, Site site) {}
