package dev.gradpoet.processor.plan.planner;

import static dev.gradpoet.processor.plan.planner.Buffers.gradient;

import dev.gradpoet.processor.graph.DifferentiatedGraph;
import dev.gradpoet.processor.graph.Graph;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Plan;
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
    Slots slots = new Slots();
    List<Parameter> parameters =
        forwardGraph.ops().stream().flatMap(op -> op.match(slots).stream()).toList();
    ForwardPlanner planner = new ForwardPlanner(buffers);
    List<ForwardKernel> training =
        forwardGraph.ops().stream().flatMap(op -> op.match(planner).stream()).toList();
    List<BackwardKernel> backward = BackwardPlanner.ofParameters(buffers, graph.toParameters());
    List<BackwardKernel> inputGradient = BackwardPlanner.kernels(buffers, graph.toInput());
    Map<Buffer, Buffer> passedOn = passedOn(training);
    Set<Buffer> ends = Stream.concat(
            forwardGraph.inputs().stream(), Stream.of(forwardGraph.output()))
        .map(buffers::of)
        .map(end -> passedOn.getOrDefault(end, end))
        .collect(Collectors.toSet());
    // inputGradient may be called twice: the buffers that it reads must stay valid.
    Set<Buffer> pinned = inputGradient.stream()
        .flatMap(kernel -> Stream.concat(kernel.reads().stream(), kernel.writes().stream()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    pinned.add(gradient(forwardGraph.output()));
    return new Plan(
        forwardGraph.network(),
        parameters,
        training,
        backward,
        inputGradient,
        Stream.concat(
                buffers.values().stream(),
                training.stream().flatMap(kernel -> kernel.keeps().stream()))
            .toList(),
        buffers.gradients(),
        buffers.of(forwardGraph.output()),
        LifeTimes.share(Plan.inference(training), ends, passedOn),
        LifeTimes.share(backward, pinned, Map.of()));
  }

  /** The buffers that no kernel writes in inference, each with the buffer whose rows it uses. */
  private static Map<Buffer, Buffer> passedOn(List<ForwardKernel> training) {
    Map<Buffer, Buffer> passedOn = new LinkedHashMap<>();
    for (ForwardKernel kernel : training) {
      if (kernel.inference().isEmpty()) {
        Buffer read = kernel.reads().get(0);
        passedOn.put(kernel.output(), passedOn.getOrDefault(read, read));
      }
    }
    return passedOn;
  }
}
