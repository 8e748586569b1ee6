package dev.gradpoet.processor.graph;

/**
 * The result of an operation, or the input of the network: one row of numbers for each sample. Each value is computed once.
 *
 * @param id its number, 0 for the input of the network
 * @param layer the name of the layer it belongs to
 * @param width the number of values in a row
 */
public record Value(int id, String layer, int width) {}
