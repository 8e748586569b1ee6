package dev.gradpoet.processor.graph;

/**
 * What an operation computes: one row of numbers for each sample. Each value is computed once.
 *
 * @param id its place among the values, 0 for the input of the network
 * @param layer the name of the layer it belongs to
 * @param width how many numbers a row has
 */
public record Value(int id, String layer, int width) {}
