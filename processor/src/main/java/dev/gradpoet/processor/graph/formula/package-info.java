/** Formulas of single numbers, and what is declared by them: activations and losses, each value beside its derivative. */
package dev.gradpoet.processor.graph.formula;
