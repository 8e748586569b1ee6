package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.Op;
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
    return Optional.of(new ForwardKernel.Linear(
        Slots.weight(op),
        Slots.bias(op),
        SumOrder.of(op.input().width(), op.output().width()),
        buffers.of(op.input()),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> add(Op.Add op) {
    return Optional.of(new ForwardKernel.Add(
        buffers.of(op.inputs()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> mul(Op.Mul op) {
    return Optional.of(new ForwardKernel.Mul(
        buffers.of(op.inputs()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> concat(Op.Concat op) {
    return Optional.of(new ForwardKernel.Concat(
        buffers.of(op.inputs()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> layerNorm(Op.LayerNorm op) {
    return Optional.of(new ForwardKernel.LayerNorm(
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
    return Optional.of(new ForwardKernel.BatchNorm(
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
    return Optional.of(new ForwardKernel.Normalization(
        Statistic.mean(op),
        Statistic.std(op),
        buffers.of(op.input()),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> dropout(Op.Dropout op) {
    return Optional.of(new ForwardKernel.Dropout(
        op.p(),
        buffers.of(op.input()),
        Buffers.mask(op),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> prelu(Op.PRelu op) {
    return Optional.of(new ForwardKernel.PRelu(
        Slots.weight(op), buffers.of(op.input()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> embedding(Op.Embedding op) {
    return Optional.of(new ForwardKernel.Embedding(
        Slots.weight(op),
        buffers.of(op.input()),
        op.dim(),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> identity(Op.Identity op) {
    Optional<Epilogue> epilogue = buffers.epilogue(op);
    return Optional.of(new ForwardKernel.Activation(
        buffers.of(op.input()),
        epilogue.map(Epilogue::output).orElseGet(() -> buffers.of(op.output())),
        epilogue));
  }

  @Override
  public Optional<ForwardKernel> window(Op.Window op) {
    return Optional.of(new ForwardKernel.Window(
        op.what(), buffers.of(op.input()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> convolution(Op.Convolution op) {
    return Optional.of(new ForwardKernel.Convolution(
        Slots.weight(op),
        Slots.bias(op),
        op.what(),
        buffers.of(op.input()),
        buffers.of(op.output()),
        buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> reshape(Op.Reshape op) {
    return Optional.of(new ForwardKernel.Reshape(
        buffers.of(op.input()), buffers.of(op.output()), buffers.epilogue(op)));
  }

  @Override
  public Optional<ForwardKernel> activate(Op.Activate op) {
    return Optional.empty();
  }
}
