package dev.gradpoet.processor.graph;

import java.util.List;

/**
 * A graph with its backward pass.
 *
 * @param forward the graph that is differentiated
 * @param toParameters the backward pass to the gradients of the parameters, in order
 * @param toInput the remaining operations, to the gradients of the inputs; they run only if it is requested
 */
public record DifferentiatedGraph(
    Graph forward, List<GradientOp> toParameters, List<GradientOp> toInput) {
  public DifferentiatedGraph {
    toParameters = List.copyOf(toParameters);
    toInput = List.copyOf(toInput);
  }
}
