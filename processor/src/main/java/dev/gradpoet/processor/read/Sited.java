package dev.gradpoet.processor.read;

import dev.gradpoet.processor.diagnostic.Site;

/**
 * A value as it is written, and where.
 *
 * @param value the value
 * @param site its place
 */
public record Sited<T>(T value, Site site) {}
