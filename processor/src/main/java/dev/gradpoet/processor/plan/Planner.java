package dev.gradpoet.processor.plan;

import static dev.gradpoet.processor.plan.Buffers.gradient;

import dev.gradpoet.processor.graph.DifferentiatedGraph;
import dev.gradpoet.processor.graph.Graph;
import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.plan.LinearParameters.Layout;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    Map<Op.Linear, LinearParameters> parameters = new LinkedHashMap<>();
    forwardGraph.ops().stream()
        .flatMap(op -> op.linear().stream())
        .forEach(linear -> parameters.put(linear, parameters(linear)));
    ForwardPlanner planner = new ForwardPlanner(buffers, parameters);
    List<ForwardKernel> forward =
        forwardGraph.ops().stream().flatMap(op -> op.match(planner).stream()).toList();
    List<BackwardKernel> backward =
        BackwardPlanner.kernels(buffers, parameters, graph.toParameters());
    List<BackwardKernel> inputGradient =
        BackwardPlanner.kernels(buffers, parameters, graph.toInput());
    Set<Buffer> ends = Set.of(buffers.of(forwardGraph.input()), buffers.of(forwardGraph.output()));
    // inputGradient may be asked twice: what it reads must still be there.
    Set<Buffer> pinned = inputGradient.stream()
        .flatMap(kernel -> Stream.concat(kernel.reads().stream(), kernel.writes().stream()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    pinned.add(gradient(forwardGraph.output()));
    return new Plan(
        forwardGraph.network(),
        List.copyOf(parameters.values()),
        forward,
        backward,
        inputGradient,
        buffers.values(),
        buffers.gradients(),
        LifeTimes.share(forward, ends),
        LifeTimes.share(backward, pinned));
  }

  private static LinearParameters parameters(Op.Linear op) {
    int in = op.input().width();
    int out = op.output().width();
    Layout layout = SumOrder.of(in, out).rowsByInner() ? Layout.BY_INPUT : Layout.BY_OUTPUT;
    return new LinearParameters(op.output().layer(), in, out, op.bias(), layout);
  }
}
