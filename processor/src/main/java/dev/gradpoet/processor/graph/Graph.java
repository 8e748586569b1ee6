package dev.gradpoet.processor.graph;

import java.util.List;

/**
 * The forward graph, with its operations in an order in which every value is computed before it is read.
 *
 * @param network the declaration
 * @param inputs the rows of the inputs
 * @param ops the operations
 * @param output the output rows
 */
public record Graph(Network network, List<Value> inputs, List<Op> ops, Value output) {
  public Graph {
    inputs = List.copyOf(inputs);
    ops = List.copyOf(ops);
  }
}
