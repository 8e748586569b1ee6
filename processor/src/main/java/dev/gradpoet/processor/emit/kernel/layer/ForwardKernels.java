package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** The methods of each kind of kernel of the forward pass; some kinds also have a method for one row. */
record ForwardKernels(LayerEmitters emitters, boolean hasRowPass)
    implements ForwardKernel.Cases<Stream<MethodSpec>> {

  /** The methods of all kernels of a plan. */
  static List<MethodSpec> methods(Plan plan, LayerEmitters emitters) {
    ForwardKernels kernels = new ForwardKernels(emitters, plan.hasRowPass());
    return plan.forwardKernels().stream()
        .flatMap(kernel -> kernel.match(kernels))
        .toList();
  }

  @Override
  public Stream<MethodSpec> linear(LinearKernels.Linear kernel) {
    return Stream.of(emitters.linear().forward(kernel));
  }

  @Override
  public Stream<MethodSpec> add(MergeKernels.Add kernel) {
    return emitters.merges().add(kernel);
  }

  @Override
  public Stream<MethodSpec> mul(MergeKernels.Mul kernel) {
    return emitters.merges().mul(kernel);
  }

  @Override
  public Stream<MethodSpec> concat(MergeKernels.Concat kernel) {
    return emitters.merges().concat(kernel);
  }

  @Override
  public Stream<MethodSpec> layerNorm(NormKernels.LayerNorm kernel) {
    return emitters.norms().layerNorm(kernel);
  }

  @Override
  public Stream<MethodSpec> batchNorm(NormKernels.BatchNorm kernel) {
    return Stream.of(emitters.batchNorms().training(kernel));
  }

  @Override
  public Stream<MethodSpec> runningNorm(NormKernels.RunningNorm kernel) {
    MethodSpec rows = emitters.batchNorms().inference(kernel);
    return hasRowPass
        ? Stream.of(rows, emitters.batchNorms().inferenceOfRow(kernel))
        : Stream.of(rows);
  }

  @Override
  public Stream<MethodSpec> normalization(NormKernels.Normalization kernel) {
    return emitters.norms().normalization(kernel);
  }

  @Override
  public Stream<MethodSpec> dropout(ElementKernels.Dropout kernel) {
    return Stream.of(emitters.elements().dropout(kernel));
  }

  @Override
  public Stream<MethodSpec> window(MapKernels.Window kernel) {
    return Stream.of(emitters.windows().forward(kernel));
  }

  @Override
  public Stream<MethodSpec> convolution(MapKernels.Convolution kernel) {
    return Stream.of(emitters.convolutions().forward(kernel));
  }

  @Override
  public Stream<MethodSpec> reshape(CopyKernels.Reshape kernel) {
    return Stream.of(emitters.copies().reshape(kernel));
  }

  @Override
  public Stream<MethodSpec> prelu(ElementKernels.PRelu kernel) {
    return emitters.prelus().forward(kernel);
  }

  @Override
  public Stream<MethodSpec> embedding(CopyKernels.Embedding kernel) {
    return emitters.copies().embedding(kernel);
  }

  @Override
  public Stream<MethodSpec> activation(ElementKernels.Activation kernel) {
    return Stream.of(emitters.elements().activation(kernel));
  }
}
