package dev.gradpoet.processor.diagnostic;

/** A place in the user's source. Stages carry it along; only the reader makes one, only the printer opens it. */
public interface Site {}
