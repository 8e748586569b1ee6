package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.GradientOp.Contribution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reverse-mode differentiation: visits the operations from the last to the first. When it reaches the operation that computes a value, all readers of
 * the value have contributed, so its gradient is complete.
 */
public final class Differentiation {

  private final Graph graph;
  private final List<GradientOp> toParameters = new ArrayList<>();
  private final List<GradientOp> toInput = new ArrayList<>();
  private final Set<Value> reached = new HashSet<>();

  /** The values that do not depend on any parameter: their gradients are needed only for the gradients of the inputs. */
  private final Set<Value> withoutParameters = new HashSet<>();

  private Differentiation(Graph graph) {
    this.graph = graph;
    withoutParameters.addAll(graph.inputs());
    for (Op op : graph.ops()) {
      if (!op.hasParameters() && withoutParameters.containsAll(op.inputs())) {
        withoutParameters.add(op.output());
      }
    }
  }

  /** The graph with its backward pass. */
  public static DifferentiatedGraph differentiate(Graph graph) {
    Differentiation differentiation = new Differentiation(graph);
    for (int i = graph.ops().size() - 1; i >= 0; i--) {
      graph.ops().get(i).match(differentiation.derivatives);
    }
    return new DifferentiatedGraph(graph, differentiation.toParameters, differentiation.toInput);
  }

  /** The derivative of each kind of operation. */
  private final Op.Cases<Void> derivatives = new Op.Cases<>() {
    @Override
    public Void linear(Op.Linear op) {
      // the input's gradient first: it reads the weight, which plain SGD updates in place
      contribute(new GradientOp.ThroughLinear(op, first(op.input())));
      toParameters.add(new GradientOp.Weight(op));
      if (op.bias()) {
        toParameters.add(new GradientOp.Bias(op));
      }
      return null;
    }

    @Override
    public Void convolution(Op.Convolution op) {
      // as of a linear layer
      contribute(new GradientOp.ThroughConvolution(op, first(op.input())));
      toParameters.add(new GradientOp.Kernel(op));
      return null;
    }

    @Override
    public Void add(Op.Add op) {
      for (int operand = 0; operand < op.inputs().size(); operand++) {
        contribute(new GradientOp.ThroughAdd(op, operand, first(op.inputs().get(operand))));
      }
      return null;
    }

    @Override
    public Void mul(Op.Mul op) {
      for (int operand = 0; operand < op.inputs().size(); operand++) {
        contribute(new GradientOp.ThroughMul(op, operand, first(op.inputs().get(operand))));
      }
      return null;
    }

    @Override
    public Void concat(Op.Concat op) {
      for (int operand = 0; operand < op.inputs().size(); operand++) {
        contribute(new GradientOp.ThroughConcat(op, operand, first(op.inputs().get(operand))));
      }
      return null;
    }

    @Override
    public Void layerNorm(Op.LayerNorm op) {
      contribute(new GradientOp.ThroughLayerNorm(op, first(op.input())));
      return affine(op);
    }

    @Override
    public Void batchNorm(Op.BatchNorm op) {
      contribute(new GradientOp.ThroughBatchNorm(op, first(op.input())));
      return affine(op);
    }

    /** As of a linear layer, after the gradient of the input, which reads the weight. */
    private Void affine(Op.Norm op) {
      if (op.affine()) {
        toParameters.add(new GradientOp.Affine(op));
      }
      return null;
    }

    @Override
    public Void normalization(Op.Normalization op) {
      contribute(new GradientOp.ThroughNormalization(op, first(op.input())));
      return null;
    }

    @Override
    public Void dropout(Op.Dropout op) {
      contribute(new GradientOp.ThroughDropout(op, first(op.input())));
      return null;
    }

    @Override
    public Void prelu(Op.PRelu op) {
      // as of a linear layer, before the weight changes
      contribute(new GradientOp.ThroughPRelu(op, first(op.input())));
      toParameters.add(new GradientOp.Slope(op));
      return null;
    }

    @Override
    public Void identity(Op.Identity op) {
      contribute(new GradientOp.ThroughIdentity(op, first(op.input())));
      return null;
    }

    @Override
    public Void window(Op.Window op) {
      contribute(new GradientOp.ThroughWindow(op, first(op.input())));
      return null;
    }

    @Override
    public Void embedding(Op.Embedding op) {
      toParameters.add(new GradientOp.Table(op)); // class indices have no gradient
      return null;
    }

    @Override
    public Void reshape(Op.Reshape op) {
      contribute(new GradientOp.ThroughReshape(op, first(op.input())));
      return null;
    }

    @Override
    public Void activate(Op.Activate op) {
      place(new GradientOp.ThroughActivation(op), op.input());
      return null;
    }
  };

  private boolean first(Value target) {
    return reached.add(target);
  }

  private void contribute(Contribution contribution) {
    place(contribution, contribution.target());
  }

  private void place(GradientOp op, Value target) {
    (withoutParameters.contains(target) ? toInput : toParameters).add(op);
  }
}
