/**
 * Trains a network on a data set in a few lines. Start with {@link dev.gradpoet.training.Training}; data comes from {@link dev.gradpoet.training.Dataset},
 * {@link dev.gradpoet.training.Csv} and {@link dev.gradpoet.training.Idx}.
 */
package dev.gradpoet.training;
