package dev.gradpoet.processor.diagnostic;

/** A position in the user's source. The stages only pass it on: the reader creates it, and the printer uses it. */
public interface Site {}
