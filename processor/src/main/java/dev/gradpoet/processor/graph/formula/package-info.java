/**
 * Formulas on single numbers, row programs, and the functions declared with them: activations, losses and norms, each value beside its derivative,
 * and the updates of optimizers.
 */
package dev.gradpoet.processor.graph.formula;
