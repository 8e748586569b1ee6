/** Formulas of single numbers, programs of rows made of them, and what is declared by these: activations and losses, each value beside its derivative, and the updates of optimizers. */
package dev.gradpoet.processor.graph.formula;
