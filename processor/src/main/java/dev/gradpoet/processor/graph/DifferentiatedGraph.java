package dev.gradpoet.processor.graph;

import java.util.List;

/**
 * A graph and its derivative.
 *
 * @param forward what is differentiated
 * @param toParameters the way back to the parameters, in order
 * @param toInput the rest of the way, to the gradient of the input, for those who ask for it
 */
public record DifferentiatedGraph(
    Graph forward, List<GradientOp> toParameters, List<GradientOp> toInput) {
  public DifferentiatedGraph {
    toParameters = List.copyOf(toParameters);
    toInput = List.copyOf(toInput);
  }
}
