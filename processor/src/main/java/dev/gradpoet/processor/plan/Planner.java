package dev.gradpoet.processor.plan;

import static dev.gradpoet.processor.plan.Buffers.gradient;

import dev.gradpoet.processor.graph.DifferentiatedGraph;
import dev.gradpoet.processor.graph.Graph;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a graph into kernels: fuses each activation into the kernel before it, and chooses layouts and orders of summation. */
public final class Planner {

  private Planner() {}

  /** The plan of a graph. */
  public static Plan plan(DifferentiatedGraph graph) {
    Graph forwardGraph = graph.forward();
    Buffers buffers = new Buffers(forwardGraph);
    Slots slots = new Slots();
    List<Parameter> parameters =
        forwardGraph.ops().stream().flatMap(op -> op.match(slots).stream()).toList();
    ForwardPlanner planner = new ForwardPlanner(buffers);
    List<ForwardKernel> forward =
        forwardGraph.ops().stream().flatMap(op -> op.match(planner).stream()).toList();
    List<BackwardKernel> backward = BackwardPlanner.kernels(buffers, graph.toParameters());
    List<BackwardKernel> inputGradient = BackwardPlanner.kernels(buffers, graph.toInput());
    Set<Buffer> ends = Set.of(buffers.of(forwardGraph.input()), buffers.of(forwardGraph.output()));
    // inputGradient may be asked twice: what it reads must still be there.
    Set<Buffer> pinned = inputGradient.stream()
        .flatMap(kernel -> Stream.concat(kernel.reads().stream(), kernel.writes().stream()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    pinned.add(gradient(forwardGraph.output()));
    return new Plan(
        forwardGraph.network(),
        parameters,
        forward,
        backward,
        inputGradient,
        Stream.concat(buffers.values().stream(), forward.stream().flatMap(k -> k.keeps().stream()))
            .toList(),
        buffers.gradients(),
        LifeTimes.share(forward, ends),
        LifeTimes.share(backward, pinned));
  }
}
