package dev.gradpoet.training;

/**
 * Two parts of a data set.
 *
 * @param train the rows for training
 * @param test the other rows, for validation or test
 */
public record Split(Dataset train, Dataset test) {}
