/** Validates declarations: reports all problems of a declaration at once, or returns its specification. Pure functions, independent of javac. */
package dev.gradpoet.processor.validate;
