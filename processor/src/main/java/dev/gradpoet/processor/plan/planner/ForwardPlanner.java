package dev.gradpoet.processor.plan.planner;

import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.RunningStatistics;
import dev.gradpoet.processor.plan.Statistic;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.Optional;

/** Plans the kernel of each operation of the forward pass in training. An activation becomes the epilogue of the kernel before it. */
final class ForwardPlanner implements Op.Cases<Optional<ForwardKernel>> {

  private final Buffers buffers;

  ForwardPlanner(Buffers buffers) {
    this.buffers = buffers;
  }

  @Override
  public Optional<ForwardKernel> linear(Op.Linear op) {
    return Optional.of(new LinearKernels.Linear(
        Slots.weight(op),
        Slots.bias(op),
        SumOrder.of(op.input().width(), op.output().width()),
        buffers.of(op.input()),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> add(Op.Add op) {
    return Optional.of(new MergeKernels.Add(
        buffers.of(op.inputs()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> mul(Op.Mul op) {
    return Optional.of(new MergeKernels.Mul(
        buffers.of(op.inputs()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> concat(Op.Concat op) {
    return Optional.of(new MergeKernels.Concat(
        buffers.of(op.inputs()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> layerNorm(Op.LayerNorm op) {
    return Optional.of(new NormKernels.LayerNorm(
        Slots.weight(op),
        Slots.bias(op),
        op.eps(),
        buffers.of(op.input()),
        Buffers.normalized(op),
        Buffers.scale(op),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> batchNorm(Op.BatchNorm op) {
    return Optional.of(new NormKernels.BatchNorm(
        Slots.weight(op),
        Slots.bias(op),
        op.map(),
        op.eps(),
        op.momentum(),
        RunningStatistics.of(op),
        buffers.of(op.input()),
        Buffers.normalized(op),
        Buffers.statistics(op),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> normalization(Op.Normalization op) {
    return Optional.of(new NormKernels.Normalization(
        Statistic.mean(op),
        Statistic.std(op),
        buffers.of(op.input()),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> dropout(Op.Dropout op) {
    return Optional.of(new ElementKernels.Dropout(
        op.p(),
        buffers.of(op.input()),
        Buffers.mask(op),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> prelu(Op.PRelu op) {
    return Optional.of(new ElementKernels.PRelu(
        Slots.weight(op), buffers.of(op.input()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> embedding(Op.Embedding op) {
    return Optional.of(new CopyKernels.Embedding(
        Slots.weight(op),
        buffers.of(op.input()),
        op.dim(),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> identity(Op.Identity op) {
    Optional<Epilogue> epilogue = buffers.epilogue(op);
    return Optional.of(new ElementKernels.Activation(
        buffers.of(op.input()),
        epilogue.map(Epilogue::output).orElseGet(() -> buffers.of(op.output())),
        epilogue));
  }

  @Override
  public Optional<ForwardKernel> window(Op.Window op) {
    return Optional.of(new MapKernels.Window(
        op.what(), buffers.of(op.input()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> convolution(Op.Convolution op) {
    return Optional.of(new MapKernels.Convolution(
        Slots.weight(op),
        Slots.bias(op),
        op.what(),
        buffers.of(op.input()),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> reshape(Op.Reshape op) {
    return Optional.of(new CopyKernels.Reshape(
        buffers.of(op.input()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> activate(Op.Activate op) {
    return Optional.empty();
  }
}
