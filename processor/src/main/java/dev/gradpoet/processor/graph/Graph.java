package dev.gradpoet.processor.graph;

import java.util.List;

/**
 * The forward graph, with its operations in an order in which every value is computed before it is read.
 *
 * @param network the declaration
 * @param input the input rows
 * @param ops the operations
 * @param output the output rows
 */
public record Graph(Network network, Value input, List<Op> ops, Value output) {
  public Graph {
    ops = List.copyOf(ops);
  }
}
