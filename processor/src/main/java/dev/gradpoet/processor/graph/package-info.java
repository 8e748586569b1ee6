/** The network as a graph of operations, with its backward pass. Pure functions, independent of javac. */
package dev.gradpoet.processor.graph;
