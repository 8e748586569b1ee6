package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.Optional;

/** The method of each kind of kernel of the backward pass that belongs to one layer; families print those that all layers share. */
record BackwardKernels(LayerEmitters emitters)
    implements BackwardKernel.Cases<Optional<MethodSpec>> {

  /** The methods of all kernels of a plan. */
  static List<MethodSpec> methods(Plan plan, LayerEmitters emitters) {
    BackwardKernels kernels = new BackwardKernels(emitters);
    return plan.backwardKernels().stream()
        .flatMap(kernel -> kernel.match(kernels).stream())
        .toList();
  }

  @Override
  public Optional<MethodSpec> weightGradient(LinearKernels.WeightGradient kernel) {
    return Optional.empty();
  }

  @Override
  public Optional<MethodSpec> biasGradient(LinearKernels.BiasGradient kernel) {
    return Optional.empty();
  }

  @Override
  public Optional<MethodSpec> scaleGradient(NormKernels.ScaleGradient kernel) {
    return Optional.empty();
  }

  @Override
  public Optional<MethodSpec> transpose(LinearKernels.Transpose kernel) {
    return Optional.empty();
  }

  @Override
  public Optional<MethodSpec> linearGradient(LinearKernels.LinearGradient kernel) {
    return Optional.of(emitters.linear().gradient(kernel));
  }

  @Override
  public Optional<MethodSpec> addGradient(MergeKernels.AddGradient kernel) {
    return Optional.of(emitters.merges().addGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> mulGradient(MergeKernels.MulGradient kernel) {
    return Optional.of(emitters.merges().mulGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> concatGradient(MergeKernels.ConcatGradient kernel) {
    return Optional.of(emitters.merges().concatGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> layerNormGradient(NormKernels.LayerNormGradient kernel) {
    return Optional.of(emitters.norms().layerNormGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> batchNormGradient(NormKernels.BatchNormGradient kernel) {
    return Optional.of(emitters.batchNorms().gradient(kernel));
  }

  @Override
  public Optional<MethodSpec> mapScaleGradient(NormKernels.MapScaleGradient kernel) {
    return Optional.of(emitters.batchNorms().scaleGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> normalizationGradient(NormKernels.NormalizationGradient kernel) {
    return Optional.of(emitters.norms().normalizationGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> dropoutGradient(ElementKernels.DropoutGradient kernel) {
    return Optional.of(emitters.elements().dropoutGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> windowGradient(MapKernels.WindowGradient kernel) {
    return Optional.of(emitters.windows().gradient(kernel));
  }

  @Override
  public Optional<MethodSpec> kernelGradient(MapKernels.KernelGradient kernel) {
    return Optional.of(emitters.convolutions().weightGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> channelGradient(MapKernels.ChannelGradient kernel) {
    return Optional.of(emitters.convolutions().biasGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> channelsLast(MapKernels.ChannelsLast kernel) {
    return Optional.of(emitters.convolutions().channelsLast(kernel));
  }

  @Override
  public Optional<MethodSpec> convolutionGradient(MapKernels.ConvolutionGradient kernel) {
    return Optional.of(emitters.convolutions().inputGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> reshapeGradient(CopyKernels.ReshapeGradient kernel) {
    return Optional.of(emitters.copies().reshapeGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> preluGradient(ElementKernels.PReluGradient kernel) {
    return Optional.of(emitters.prelus().inputGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> slopeGradient(ElementKernels.SlopeGradient kernel) {
    return Optional.of(emitters.prelus().slopeGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> tableGradient(CopyKernels.TableGradient kernel) {
    return Optional.of(emitters.copies().tableGradient(kernel));
  }

  @Override
  public Optional<MethodSpec> activationGradient(ElementKernels.ActivationGradient kernel) {
    return Optional.of(emitters.elements().activationGradient(kernel));
  }
}
