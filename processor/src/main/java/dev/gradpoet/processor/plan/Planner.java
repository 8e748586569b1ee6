package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.DifferentiatedGraph;
import dev.gradpoet.processor.graph.GradientOp;
import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.graph.Value;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.plan.Kernel.Derivative;
import dev.gradpoet.processor.plan.Kernel.Epilogue;
import dev.gradpoet.processor.plan.LinearParameters.Layout;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a graph into kernels: fuses each activation into the kernel before it, and chooses layouts and orders of summation. */
public final class Planner {

  private final DifferentiatedGraph graph;

  /** The activation that follows a value, where one does. */
  private final Map<Value, Op.Activate> activations = new HashMap<>();

  private final Map<Value, Buffer> buffers = new LinkedHashMap<>();
  private final Map<Op.Linear, LinearParameters> parameters = new LinkedHashMap<>();

  private Planner(DifferentiatedGraph graph) {
    this.graph = graph;
  }

  /** The plan of a graph. */
  public static Plan plan(DifferentiatedGraph graph) {
    return new Planner(graph).plan();
  }

  private Plan plan() {
    for (Op op : graph.forward().ops()) {
      if (op instanceof Op.Activate activate) {
        activations.put(activate.input(), activate);
      }
    }
    buffers.put(graph.forward().input(), buffer(graph.forward().input()));
    graph.forward().ops().forEach(op -> buffers.put(op.output(), buffer(op.output())));
    for (Op op : graph.forward().ops()) {
      if (op instanceof Op.Linear linear) {
        parameters.put(linear, parameters(linear));
      }
    }
    List<Kernel> forward = forward();
    List<Kernel> backward = backward(graph.toParameters());
    List<Kernel> inputGradient = backward(graph.toInput());
    List<Buffer> values = buffers.values().stream().distinct().toList();
    Set<Buffer> ends =
        Set.of(buffer(graph.forward().input()), buffers.get(graph.forward().output()));
    // inputGradient may be asked twice: what it reads must still be there.
    Set<Buffer> pinned = inputGradient.stream()
        .flatMap(kernel -> Stream.concat(kernel.reads().stream(), kernel.writes().stream()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    pinned.add(gradient(graph.forward().output()));
    return new Plan(
        graph.forward().network(),
        List.copyOf(parameters.values()),
        forward,
        backward,
        inputGradient,
        values,
        buffers.keySet().stream().map(Planner::gradient).distinct().toList(),
        LifeTimes.share(forward, ends),
        LifeTimes.share(backward, pinned));
  }

  /** A value and what its activation makes of it share rows, unless the derivative needs the value before the activation. */
  private Buffer buffer(Value value) {
    Op.Activate next = activations.get(value);
    boolean kept = next != null && next.function().reads() == ActivationOp.Reads.INPUT;
    return new Buffer(
        kept ? Buffer.Role.BEFORE_ACTIVATION : Buffer.Role.OUTPUT, value.layer(), value.width());
  }

  private static Buffer gradient(Value value) {
    return new Buffer(Buffer.Role.GRADIENT, value.layer(), value.width());
  }

  private static LinearParameters parameters(Op.Linear op) {
    int in = op.input().width();
    int out = op.output().width();
    Layout layout = SumOrder.of(in, out).rowsByInner() ? Layout.BY_INPUT : Layout.BY_OUTPUT;
    return new LinearParameters(op.output().layer(), in, out, op.bias(), layout);
  }

  private List<Kernel> forward() {
    List<Kernel> kernels = new ArrayList<>();
    for (Op op : graph.forward().ops()) {
      op.match(new Op.Cases<Optional<Kernel>>() {
            @Override
            public Optional<Kernel> linear(Op.Linear op) {
              SumOrder order = SumOrder.of(op.input().width(), op.output().width());
              return Optional.of(new Kernel.Product(
                  parameters.get(op),
                  order,
                  buffers.get(op.input()),
                  buffers.get(op.output()),
                  epilogue(op)));
            }

            @Override
            public Optional<Kernel> add(Op.Add op) {
              return Optional.of(new Kernel.Sum(read(op), buffers.get(op.output()), epilogue(op)));
            }

            @Override
            public Optional<Kernel> concat(Op.Concat op) {
              return Optional.of(new Kernel.Join(read(op), buffers.get(op.output()), epilogue(op)));
            }

            @Override
            public Optional<Kernel> activate(Op.Activate op) {
              return Optional.empty(); // the epilogue of the kernel before
            }
          })
          .ifPresent(kernels::add);
    }
    return kernels;
  }

  private List<Buffer> read(Op op) {
    return op.inputs().stream().map(buffers::get).toList();
  }

  private Optional<Epilogue> epilogue(Op op) {
    return Optional.ofNullable(activations.get(op.output()))
        .map(next -> new Epilogue(next.function(), buffers.get(next.output())));
  }

  private List<Kernel> backward(List<GradientOp> ops) {
    GradientKernels kernels = new GradientKernels(ops);
    for (int i = 0; i < ops.size(); i++) {
      kernels.at = i;
      ops.get(i).match(kernels);
    }
    return kernels.kernels;
  }

  /** The kernels of the way back; a derivative goes with the last contribution to its gradient. */
  private final class GradientKernels implements GradientOp.Cases<Void> {

    private final List<GradientOp> ops;
    private final List<Kernel> kernels = new ArrayList<>();
    private int at;

    GradientKernels(List<GradientOp> ops) {
      this.ops = ops;
    }

    @Override
    public Void weight(GradientOp.Weight op) {
      Op.Linear linear = op.op();
      return add(new Kernel.WeightGradient(
          parameters.get(linear), buffers.get(linear.input()), gradient(linear.output())));
    }

    @Override
    public Void bias(GradientOp.Bias op) {
      return add(
          new Kernel.BiasGradient(parameters.get(op.op()), gradient(op.op().output())));
    }

    @Override
    public Void throughLinear(GradientOp.ThroughLinear op) {
      LinearParameters weight = parameters.get(op.op());
      SumOrder order = SumOrder.of(weight.out(), weight.in());
      Layout wanted = order.rowsByInner() ? Layout.BY_OUTPUT : Layout.BY_INPUT;
      boolean transposed = weight.layout() != wanted;
      if (transposed) {
        add(new Kernel.Transpose(weight));
      }
      return add(new Kernel.InputGradient(
          weight,
          order,
          gradient(op.source()),
          gradient(op.target()),
          op.first(),
          transposed,
          derivative(op)));
    }

    @Override
    public Void throughAdd(GradientOp.ThroughAdd op) {
      return add(new Kernel.SumGradient(
          gradient(op.source()), gradient(op.target()), op.first(), derivative(op)));
    }

    @Override
    public Void throughConcat(GradientOp.ThroughConcat op) {
      return add(new Kernel.JoinGradient(
          gradient(op.source()),
          op.op().offset(op.operand()),
          gradient(op.target()),
          op.first(),
          derivative(op)));
    }

    @Override
    public Void throughActivation(GradientOp.ThroughActivation op) {
      boolean fused =
          ops.subList(0, at).stream().anyMatch(earlier -> contributes(earlier, op.op()));
      return fused
          ? null
          : add(new Kernel.ActivationGradient(gradient(op.op().output()), derivative(op.op())));
    }

    /** The derivative that can follow a contribution: that of its target, if nothing contributes to it later. */
    private Optional<Derivative> derivative(GradientOp.Contribution op) {
      for (GradientOp later : ops.subList(at + 1, ops.size())) {
        if (later instanceof GradientOp.Contribution more && more.target().equals(op.target())) {
          return Optional.empty();
        }
        if (later instanceof GradientOp.ThroughActivation next
            && next.op().output().equals(op.target())) {
          return Optional.of(derivative(next.op()));
        }
      }
      return Optional.empty();
    }

    private boolean contributes(GradientOp op, Op.Activate activation) {
      return op instanceof GradientOp.Contribution contribution
          && contribution.target().equals(activation.output());
    }

    private Derivative derivative(Op.Activate op) {
      boolean readsInput = op.function().reads() == ActivationOp.Reads.INPUT;
      return new Derivative(op.function(), buffers.get(readsInput ? op.input() : op.output()));
    }

    private Void add(Kernel kernel) {
      kernels.add(kernel);
      return null;
    }
  }
}
