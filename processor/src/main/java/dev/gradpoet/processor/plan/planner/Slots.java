package dev.gradpoet.processor.plan.planner;

import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Parameter.Initial;
import dev.gradpoet.processor.plan.Parameter.Layout;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import dev.gradpoet.processor.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists the parameter slots of each operation, in PyTorch's order. */
final class Slots implements Op.Cases<List<Parameter>> {

  /** The weight of a linear layer, in the layout that the product of the forward pass reads. */
  static Parameter weight(Op.Linear op) {
    int in = op.input().width();
    int out = op.output().width();
    return new Parameter(
        op.output().layer(),
        "weight",
        op.weight(),
        SumOrder.of(in, out).rowsByInner() ? Layout.BY_INPUT : Layout.BY_OUTPUT,
        Initial.WEIGHT);
  }

  /** The bias of a linear layer, if it has one. */
  static Optional<Parameter> bias(Op.Linear op) {
    return op.bias()
        ? Optional.of(
            vector(op.output().layer(), "bias", Shape.of(op.output().width()), Initial.BIAS))
        : Optional.empty();
  }

  /** The weight of a convolution. */
  static Parameter weight(Op.Convolution op) {
    return new Parameter(
        op.output().layer(),
        "weight",
        op.weight(),
        op.what().groups() == 1 ? Layout.BY_INPUT : Layout.BY_TAP,
        Initial.WEIGHT);
  }

  /** The bias of a convolution, if it has one. */
  static Optional<Parameter> bias(Op.Convolution op) {
    return op.bias()
        ? Optional.of(vector(op.output().layer(), "bias", Shape.of(op.what().out()), Initial.BIAS))
        : Optional.empty();
  }

  /** The weight of a norm, if it has one. */
  static Optional<Parameter> weight(Op.Norm op) {
    return ofNorm(op, "weight", Initial.ONES);
  }

  /** The bias of a norm, if it has one. */
  static Optional<Parameter> bias(Op.Norm op) {
    return ofNorm(op, "bias", Initial.ZEROS);
  }

  private static Optional<Parameter> ofNorm(Op.Norm op, String name, Initial initial) {
    return op.affine()
        ? Optional.of(vector(op.output().layer(), name, op.normalized(), initial))
        : Optional.empty();
  }

  /** The slopes of a PReLU. */
  static Parameter weight(Op.PRelu op) {
    return vector(op.output().layer(), "weight", Shape.of(op.slopes()), Initial.SLOPE);
  }

  /** The table of an embedding. */
  static Parameter weight(Op.Embedding op) {
    return vector(
        op.output().layer(), "weight", new Shape(List.of(op.classes(), op.dim())), Initial.TABLE);
  }

  private static Parameter vector(String layer, String name, Shape shape, Initial initial) {
    return new Parameter(layer, name, shape, Layout.VECTOR, initial);
  }

  @Override
  public List<Parameter> linear(Op.Linear op) {
    return bias(op).map(bias -> List.of(weight(op), bias)).orElse(List.of(weight(op)));
  }

  @Override
  public List<Parameter> convolution(Op.Convolution op) {
    return bias(op).map(bias -> List.of(weight(op), bias)).orElse(List.of(weight(op)));
  }

  @Override
  public List<Parameter> add(Op.Add op) {
    return List.of();
  }

  @Override
  public List<Parameter> mul(Op.Mul op) {
    return List.of();
  }

  @Override
  public List<Parameter> concat(Op.Concat op) {
    return List.of();
  }

  @Override
  public List<Parameter> layerNorm(Op.LayerNorm op) {
    return ofNorm(op);
  }

  @Override
  public List<Parameter> batchNorm(Op.BatchNorm op) {
    return ofNorm(op);
  }

  private static List<Parameter> ofNorm(Op.Norm op) {
    return Stream.of(weight(op), bias(op)).flatMap(Optional::stream).toList();
  }

  @Override
  public List<Parameter> normalization(Op.Normalization op) {
    return List.of();
  }

  @Override
  public List<Parameter> dropout(Op.Dropout op) {
    return List.of();
  }

  @Override
  public List<Parameter> prelu(Op.PRelu op) {
    return List.of(weight(op));
  }

  @Override
  public List<Parameter> embedding(Op.Embedding op) {
    return List.of(weight(op));
  }

  @Override
  public List<Parameter> identity(Op.Identity op) {
    return List.of();
  }

  @Override
  public List<Parameter> window(Op.Window op) {
    return List.of();
  }

  @Override
  public List<Parameter> reshape(Op.Reshape op) {
    return List.of();
  }

  @Override
  public List<Parameter> activate(Op.Activate op) {
    return List.of();
  }
}
