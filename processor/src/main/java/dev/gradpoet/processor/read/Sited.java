package dev.gradpoet.processor.read;

import dev.gradpoet.processor.diagnostic.Site;

/**
 * A value as written in the source, with its position.
 *
 * @param value the value
 * @param site its position
 */
public record Sited<T>(T value, Site site) {}
