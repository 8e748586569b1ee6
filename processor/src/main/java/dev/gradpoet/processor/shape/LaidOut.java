package dev.gradpoet.processor.shape;

/**
 * A map, and where its values lie in an array.
 *
 * @param shape the shape of a sample
 * @param layout where its values lie
 */
public record LaidOut(Shape shape, MapLayout layout) {}
