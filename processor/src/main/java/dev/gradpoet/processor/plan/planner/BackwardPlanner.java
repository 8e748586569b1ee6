package dev.gradpoet.processor.plan.planner;

import static dev.gradpoet.processor.plan.planner.Buffers.gradient;

import dev.gradpoet.processor.graph.GradientOp;
import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.Derivative;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Parameter.Layout;
import dev.gradpoet.processor.plan.Statistic;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import dev.gradpoet.processor.shape.Convolving;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans the kernels of a part of the backward pass. The derivative of an activation is fused into the last kernel that contributes to its gradient.
 */
final class BackwardPlanner implements GradientOp.Cases<List<BackwardKernel>> {

  private final Buffers buffers;
  private final List<GradientOp> before;
  private final List<GradientOp> after;

  private BackwardPlanner(Buffers buffers, List<GradientOp> before, List<GradientOp> after) {
    this.buffers = buffers;
    this.before = before;
    this.after = after;
  }

  /** The kernels of the gradients of parameters, in order. */
  static List<BackwardKernel> ofParameters(Buffers buffers, List<GradientOp> ops) {
    Set<BackwardKernel> prepared = new HashSet<>();
    List<BackwardKernel> kernels = new ArrayList<>();
    for (BackwardKernel kernel : kernels(buffers, ops)) {
      kernel.preparation().filter(prepared::add).ifPresent(kernels::add);
      kernels.add(kernel);
    }
    return kernels;
  }

  /** The kernels of operations, in order; what they read is prepared. */
  static List<BackwardKernel> kernels(Buffers buffers, List<GradientOp> ops) {
    List<BackwardKernel> kernels = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      List<GradientOp> before = ops.subList(0, i);
      List<GradientOp> after = ops.subList(i + 1, ops.size());
      kernels.addAll(ops.get(i).match(new BackwardPlanner(buffers, before, after)));
    }
    return kernels;
  }

  @Override
  public List<BackwardKernel> weight(GradientOp.Weight op) {
    Op.Linear linear = op.op();
    return List.of(new LinearKernels.WeightGradient(
        Slots.weight(linear), buffers.of(linear.input()), gradient(linear.output())));
  }

  @Override
  public List<BackwardKernel> bias(GradientOp.Bias op) {
    return List.of(new LinearKernels.BiasGradient(
        Slots.bias(op.op()).orElseThrow(), gradient(op.op().output())));
  }

  @Override
  public List<BackwardKernel> throughLinear(GradientOp.ThroughLinear op) {
    Parameter weight = Slots.weight(op.op());
    SumOrder order = SumOrder.of(weight.out(), weight.in());
    Layout wanted = order.rowsByInner() ? Layout.BY_OUTPUT : Layout.BY_INPUT;
    boolean transposed = weight.layout() != wanted;
    BackwardKernel kernel = new LinearKernels.LinearGradient(
        weight,
        order,
        gradient(op.source()),
        gradient(op.target()),
        op.first(),
        transposed,
        derivative(op));
    return transposed ? List.of(new LinearKernels.Transpose(weight), kernel) : List.of(kernel);
  }

  @Override
  public List<BackwardKernel> kernel(GradientOp.Kernel op) {
    Op.Convolution convolution = op.op();
    Convolving what = convolution.what();
    Buffer gradient = gradient(convolution.output());
    Optional<Parameter> bias = Slots.bias(convolution);
    boolean inGroups = what.groups() > 1;
    List<BackwardKernel> kernels = new ArrayList<>();
    kernels.add(new MapKernels.KernelGradient(
        Slots.weight(convolution),
        inGroups ? Optional.empty() : bias,
        what,
        buffers.of(convolution.input()),
        gradient));
    if (inGroups) {
      bias.ifPresent(b -> kernels.add(new MapKernels.ChannelGradient(b, what, gradient)));
    }
    return kernels;
  }

  @Override
  public List<BackwardKernel> throughConvolution(GradientOp.ThroughConvolution op) {
    Parameter weight = Slots.weight(op.op());
    BackwardKernel kernel = new MapKernels.ConvolutionGradient(
        weight, op.op().what(), gradient(op.source()), gradient(op.target()), op.first());
    return op.op().what().groups() == 1
        ? List.of(new LinearKernels.Transpose(weight), kernel)
        : List.of(kernel);
  }

  @Override
  public List<BackwardKernel> throughAdd(GradientOp.ThroughAdd op) {
    return List.of(unchanged(op));
  }

  @Override
  public List<BackwardKernel> throughIdentity(GradientOp.ThroughIdentity op) {
    return List.of(unchanged(op));
  }

  private BackwardKernel unchanged(GradientOp.Contribution op) {
    return new MergeKernels.AddGradient(
        gradient(op.source()), gradient(op.target()), op.first(), derivative(op));
  }

  @Override
  public List<BackwardKernel> throughMul(GradientOp.ThroughMul op) {
    return List.of(new MergeKernels.MulGradient(
        gradient(op.source()),
        buffers.of(op.op().inputs()),
        op.operand(),
        gradient(op.target()),
        op.first(),
        derivative(op)));
  }

  @Override
  public List<BackwardKernel> throughConcat(GradientOp.ThroughConcat op) {
    return List.of(new MergeKernels.ConcatGradient(
        gradient(op.source()),
        op.op().offset(op.operand()),
        gradient(op.target()),
        op.first(),
        derivative(op)));
  }

  @Override
  public List<BackwardKernel> affine(GradientOp.Affine op) {
    Op.Norm norm = op.op();
    Buffer gradient = gradient(norm.output());
    if (norm.map().isPresent()) {
      return List.of(new NormKernels.MapScaleGradient(
          Slots.weight(norm).orElseThrow(),
          Slots.bias(norm).orElseThrow(),
          norm.map().get(),
          Buffers.normalized(norm),
          Buffers.statistics(norm),
          gradient));
    }
    return List.of(
        new NormKernels.ScaleGradient(
            Slots.weight(norm).orElseThrow(), Buffers.normalized(norm), gradient),
        new LinearKernels.BiasGradient(Slots.bias(norm).orElseThrow(), gradient));
  }

  @Override
  public List<BackwardKernel> throughLayerNorm(GradientOp.ThroughLayerNorm op) {
    return List.of(new NormKernels.LayerNormGradient(
        Slots.weight(op.op()),
        gradient(op.source()),
        Buffers.normalized(op.op()),
        Buffers.scale(op.op()),
        gradient(op.target()),
        op.first(),
        derivative(op)));
  }

  @Override
  public List<BackwardKernel> throughBatchNorm(GradientOp.ThroughBatchNorm op) {
    return List.of(new NormKernels.BatchNormGradient(
        Slots.weight(op.op()),
        op.op().map(),
        gradient(op.source()),
        Buffers.normalized(op.op()),
        Buffers.statistics(op.op()),
        gradient(op.target()),
        op.first(),
        derivative(op)));
  }

  @Override
  public List<BackwardKernel> throughNormalization(GradientOp.ThroughNormalization op) {
    return List.of(new NormKernels.NormalizationGradient(
        Statistic.std(op.op()),
        gradient(op.source()),
        gradient(op.target()),
        op.first(),
        derivative(op)));
  }

  @Override
  public List<BackwardKernel> throughDropout(GradientOp.ThroughDropout op) {
    return List.of(new ElementKernels.DropoutGradient(
        gradient(op.source()),
        Buffers.mask(op.op()),
        gradient(op.target()),
        op.first(),
        derivative(op)));
  }

  @Override
  public List<BackwardKernel> throughWindow(GradientOp.ThroughWindow op) {
    return List.of(new MapKernels.WindowGradient(
        op.op().what(),
        gradient(op.source()),
        buffers.of(op.target()),
        buffers.unactivated(op.op()),
        gradient(op.target()),
        op.first()));
  }

  @Override
  public List<BackwardKernel> throughReshape(GradientOp.ThroughReshape op) {
    return List.of(
        new CopyKernels.ReshapeGradient(gradient(op.source()), gradient(op.target()), op.first()));
  }

  @Override
  public List<BackwardKernel> slope(GradientOp.Slope op) {
    return List.of(new ElementKernels.SlopeGradient(
        Slots.weight(op.op()), buffers.of(op.op().input()), gradient(op.op().output())));
  }

  @Override
  public List<BackwardKernel> throughPRelu(GradientOp.ThroughPRelu op) {
    return List.of(new ElementKernels.PReluGradient(
        Slots.weight(op.op()),
        gradient(op.source()),
        buffers.of(op.target()),
        gradient(op.target()),
        op.first(),
        derivative(op)));
  }

  @Override
  public List<BackwardKernel> table(GradientOp.Table op) {
    Op.Embedding embedding = op.op();
    return List.of(new CopyKernels.TableGradient(
        Slots.weight(embedding),
        buffers.of(embedding.input()),
        embedding.dim(),
        gradient(embedding.output())));
  }

  @Override
  public List<BackwardKernel> throughActivation(GradientOp.ThroughActivation op) {
    boolean fused = before.stream()
        .filter(earlier -> earlier.contributesTo(op.op().output()))
        .reduce((earlier, later) -> later)
        .filter(GradientOp::fuses)
        .isPresent();
    return fused
        ? List.of()
        : List.of(new ElementKernels.ActivationGradient(
            gradient(op.op().output()), buffers.derivative(op.op())));
  }

  /**
   * The derivative that is fused into the kernel of a contribution: that of the activation that computed its target, if no later operation
   * contributes to it.
   */
  private Optional<Derivative> derivative(GradientOp.Contribution op) {
    if (!op.fuses()) {
      return Optional.empty();
    }
    for (GradientOp later : after) {
      if (later.contributesTo(op.target())) {
        return Optional.empty();
      }
      Optional<Op.Activate> activation =
          later.activation().filter(next -> next.output().equals(op.target()));
      if (activation.isPresent()) {
        return activation.map(buffers::derivative);
      }
    }
    return Optional.empty();
  }
}
