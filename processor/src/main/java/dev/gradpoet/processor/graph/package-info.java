/** The network as a graph of operations, with its backward pass: what is computed, not yet how. Pure functions, independent of javac. */
package dev.gradpoet.processor.graph;
