/** Judges declarations: all problems of one at once, or a specification without any. Pure functions; nothing of javac. */
package dev.gradpoet.processor.validate;
