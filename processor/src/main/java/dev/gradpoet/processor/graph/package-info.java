/** The network as a graph of operations, and its derivative: what is computed, not yet how. Pure functions; nothing of javac. */
package dev.gradpoet.processor.graph;
