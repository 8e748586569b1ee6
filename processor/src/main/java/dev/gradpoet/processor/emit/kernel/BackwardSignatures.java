package dev.gradpoet.processor.emit.kernel;

import dev.gradpoet.processor.emit.code.Passed;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Parameter;
import dev.gradpoet.processor.plan.Parameter.Layout;
import java.util.ArrayList;
import java.util.List;

/** Builds the signatures of the kernels of the backward pass. */
final class BackwardSignatures implements BackwardKernel.Cases<Signature> {

  private final SignatureParts parts;

  BackwardSignatures(SignatureParts parts) {
    this.parts = parts;
  }

  @Override
  public Signature activationGradient(ElementKernels.ActivationGradient kernel) {
    List<Passed> passed = parts.start(
        kernel.gradient(),
        parts.rows("y", kernel.applied().kept()),
        parts.rows("dx", kernel.gradient()));
    if (parts.needsScratch(kernel.applied())) {
      passed.add(parts.partial());
    }
    return parts.named(kernel.layer(), "ActivationGradient", passed);
  }

  // weightGradient(part, total, all.v.hidden, all.g.logits, scratch, factor, to.logitsWeight.rows,
  // 32, 10)
  @Override
  public Signature weightGradient(LinearKernels.WeightGradient kernel) {
    Parameter weight = kernel.weight();
    // a row of D for each column of the first rows
    boolean byInput = weight.layout() == Layout.BY_INPUT;
    List<Passed> passed = parts.startOfAll(
        kernel.gradient().positions(),
        parts.rowsOfAll("x", byInput ? kernel.input() : kernel.gradient()),
        parts.rowsOfAll("dy", byInput ? kernel.gradient() : kernel.input()));
    parts.addTo(passed, parts.matrix(), parts.matrixOf("to", weight));
    parts.size(passed, weight.height(), weight.width());
    return parts.shared(KernelNames.WEIGHT_GRADIENT, passed);
  }

  // biasGradient(part, total, all.g.logits, scratch, factor, to.logitsBias.values)
  @Override
  public Signature biasGradient(LinearKernels.BiasGradient kernel) {
    List<Passed> passed =
        parts.startOfAll(kernel.gradient().positions(), parts.rowsOfAll("dy", kernel.gradient()));
    parts.addTo(passed, parts.vector(), parts.vectorOf("to", kernel.bias()));
    return parts.shared(KernelNames.BIAS_GRADIENT, passed);
  }

  // scaleGradient(part, total, all.v.normNormalized, all.g.norm, scratch, factor,
  // to.normWeight.values)
  @Override
  public Signature scaleGradient(NormKernels.ScaleGradient kernel) {
    List<Passed> passed = parts.startOfAll(
        kernel.gradient().positions(),
        parts.rowsOfAll("x", kernel.normalized()),
        parts.rowsOfAll("dy", kernel.gradient()));
    parts.addTo(passed, parts.vector(), parts.vectorOf("to", kernel.weight()));
    return parts.shared(KernelNames.SCALE_GRADIENT, passed);
  }

  // bnScaleGradient(part, total, all.g.bnMap, all.v.bnNormalized, v.bnStatistics, factor,
  // to.bnWeight.values,
  // to.bnBias.values)
  @Override
  public Signature mapScaleGradient(NormKernels.MapScaleGradient kernel) {
    List<Passed> passed = parts.startOfAll(
        kernel.gradient().positions(),
        parts.rowsOfAll("dy", kernel.gradient()),
        parts.rowsOfAll("xhat", kernel.normalized()),
        parts.statistics(kernel.kept()));
    parts.addFactorAndTarget(passed, parts.vector(), parts.vectorOf("to", kernel.weight()));
    passed.add(new Passed(parts.vector(), "db", parts.vectorOf("to", kernel.bias())));
    return parts.named(kernel.layer(), "ScaleGradient", passed);
  }

  // transpose(part, p.logitsWeight.rows, g.logitsTransposed, 32, 10)
  @Override
  public Signature transpose(LinearKernels.Transpose kernel) {
    Parameter weight = kernel.weight();
    List<Passed> passed = new ArrayList<>();
    passed.add(parts.part());
    passed.add(parts.weight(kernel.weight()));
    passed.add(parts.transposed("transposed", kernel.layer()));
    parts.size(passed, weight.height(), weight.width());
    return parts.shared(KernelNames.TRANSPOSE, passed);
  }

  // logitsInputGradient(n, g.logits, g.logitsTransposed, v.hidden, g.hidden)
  @Override
  public Signature linearGradient(LinearKernels.LinearGradient kernel) {
    Passed weight =
        kernel.transposed() ? parts.transposed("w", kernel.layer()) : parts.weight(kernel.weight());
    List<Passed> passed =
        parts.start(kernel.gradient(), parts.rows("dy", kernel.gradient()), weight);
    if (kernel.order().chains() > 1) {
      passed.add(parts.partial());
    }
    return inputGradient(kernel, passed);
  }

  @Override
  public Signature addGradient(MergeKernels.AddGradient kernel) {
    return inputGradient(
        kernel, parts.start(kernel.gradient(), parts.rows("dy", kernel.gradient())));
  }

  // gatedInputGradient(n, g.gated, v.gate, g.hidden)
  @Override
  public Signature mulGradient(MergeKernels.MulGradient kernel) {
    List<Passed> passed = parts.start(kernel.gradient(), parts.rows("dy", kernel.gradient()));
    for (int i = 0; i < kernel.operands().size(); i++) {
      if (i != kernel.operand()) {
        passed.add(parts.rows("x", String.valueOf(i), kernel.operands().get(i)));
      }
    }
    return inputGradient(kernel, passed);
  }

  @Override
  public Signature concatGradient(MergeKernels.ConcatGradient kernel) {
    return inputGradient(
        kernel, parts.start(kernel.gradient(), parts.rows("dy", kernel.gradient())));
  }

  // normInputGradient(n, g.norm, v.normNormalized, v.normScale, p.normWeight.values, v.partial,
  // g.hidden)
  @Override
  public Signature layerNormGradient(NormKernels.LayerNormGradient kernel) {
    List<Passed> passed = parts.start(
        kernel.gradient(),
        parts.rows("dy", kernel.gradient()),
        parts.rows("xhat", kernel.normalized()),
        parts.rows("rstd", kernel.scale()));
    kernel.weight().ifPresent(weight -> {
      passed.add(parts.vectorAndRow("w", weight));
      passed.add(parts.partial());
    });
    return inputGradient(kernel, passed);
  }

  // bnInputGradient(n, g.bn, v.bnNormalized, v.bnStatistics, v.frozen[0], part, total, all.g.bn,
  // all.v.bnNormalized, p.bnWeight.values, g.hidden)
  @Override
  public Signature batchNormGradient(NormKernels.BatchNormGradient kernel) {
    List<Passed> passed = parts.start(
        kernel.gradient(),
        parts.rows("dy", kernel.gradient()),
        parts.rows("xhat", kernel.normalized()),
        parts.statistics(kernel.kept()),
        parts.frozen(kernel.layer()),
        parts.part(),
        parts.total(),
        parts.rowsOfAll("allDy", kernel.gradient()),
        parts.rowsOfAll("allXhat", kernel.normalized()));
    kernel.weight().ifPresent(weight -> passed.add(parts.vectorAndRow("w", weight)));
    return inputGradient(kernel, passed);
  }

  // scaledInputGradient(n, g.scaled, p.scaledStd.values, g.input)
  @Override
  public Signature normalizationGradient(NormKernels.NormalizationGradient kernel) {
    return inputGradient(
        kernel,
        parts.start(
            kernel.gradient(),
            parts.rows("dy", kernel.gradient()),
            parts.statisticAndRow("std", kernel.std())));
  }

  // dropInputGradient(n, g.drop, v.dropMask, g.hidden)
  @Override
  public Signature dropoutGradient(ElementKernels.DropoutGradient kernel) {
    return inputGradient(
        kernel,
        parts.start(
            kernel.gradient(),
            parts.rows("dy", kernel.gradient()),
            parts.rows("mask", kernel.mask())));
  }

  // convWeightGradient(part, total, all.v.convPadded, all.g.convMap, g.maps, factor,
  // to.convWeight.rows, to.convBias.values)
  @Override
  public Signature kernelGradient(MapKernels.KernelGradient kernel) {
    List<Passed> passed = parts.startOfAll(
        1,
        parts.rowsOfAll("x", kernel.input()),
        parts.rowsOfAll("dy", kernel.gradient()),
        parts.maps());
    parts.addFactorAndTarget(passed, parts.matrix(), parts.matrixOf("to", kernel.weight()));
    kernel
        .bias()
        .ifPresent(
            bias -> passed.add(new Passed(parts.vector(), "db", parts.vectorOf("to", bias))));
    return parts.named(kernel.layer(), "WeightGradient", passed);
  }

  // convBiasGradient(part, total, all.g.convMap, v.partial, factor, to.convBias.values)
  @Override
  public Signature channelGradient(MapKernels.ChannelGradient kernel) {
    List<Passed> passed =
        parts.startOfAll(1, parts.rowsOfAll("dy", kernel.gradient()), parts.partial());
    parts.addFactorAndTarget(passed, parts.vector(), parts.vectorOf("to", kernel.bias()));
    return parts.named(kernel.layer(), "BiasGradient", passed);
  }

  // convChannelsLast(n, g.convMap, g.maps)
  @Override
  public Signature channelsLast(MapKernels.ChannelsLast kernel) {
    List<Passed> passed = parts.start(1, parts.rows("dy", kernel.gradient()), parts.maps());
    return parts.named(kernel.layer(), "ChannelsLast", passed);
  }

  // convInputGradient(n, g.convMap, g.convTransposed, v.partial, g.maps, g.convPadded)
  @Override
  public Signature convolutionGradient(MapKernels.ConvolutionGradient kernel) {
    boolean inGroups = kernel.what().groups() > 1;
    List<Passed> passed = parts.start(
        1,
        parts.rows("dy", kernel.gradient()),
        inGroups ? parts.weight(kernel.weight()) : parts.transposed("w", kernel.layer()));
    if (!inGroups) {
      passed.add(parts.partial());
      passed.add(parts.maps());
    }
    passed.add(parts.rows("dx", kernel.target()));
    return parts.named(kernel.layer(), "InputGradient", passed);
  }

  // convPaddedGradient(n, g.convPadded, g.input)
  @Override
  public Signature windowGradient(MapKernels.WindowGradient kernel) {
    List<Passed> passed = parts.start(1, parts.rows("dy", kernel.gradient()));
    if (kernel.readsInput()) {
      passed.add(parts.rows("x", kernel.input()));
      kernel.result().ifPresent(result -> passed.add(parts.rows("y", result)));
    }
    passed.add(parts.rows("dx", kernel.target()));
    String forward = ForwardSignatures.windowSuffix(kernel.what());
    return parts.named(kernel.layer(), forward.replace("Forward", "Input") + "Gradient", passed);
  }

  // hiddenInputRowsGradient(n * 3, g.hiddenInputRows, g.input)
  @Override
  public Signature reshapeGradient(CopyKernels.ReshapeGradient kernel) {
    List<Passed> passed = parts.start(
        kernel.positions(), parts.rows("dy", kernel.gradient()), parts.rows("dx", kernel.target()));
    String from =
        kernel.gradient().positions() == 1 ? "Sample" : kernel.gradient().role().suffix();
    return parts.named(kernel.layer(), from + "Gradient", passed);
  }

  // bentInputGradient(n, g.bent, v.hidden, p.bentWeight.values, g.hidden)
  @Override
  public Signature preluGradient(ElementKernels.PReluGradient kernel) {
    return inputGradient(
        kernel,
        parts.start(
            kernel.gradient(),
            parts.rows("dy", kernel.gradient()),
            parts.rows("x", kernel.input()),
            parts.vectorAndRow("w", kernel.weight())));
  }

  // bentWeightGradient(part, total, all.g.bent, all.v.hidden, v.partial, factor,
  // to.bentWeight.values)
  @Override
  public Signature slopeGradient(ElementKernels.SlopeGradient kernel) {
    List<Passed> passed = parts.startOfAll(
        kernel.gradient().positions(),
        parts.rowsOfAll("dy", kernel.gradient()),
        parts.rowsOfAll("x", kernel.input()),
        parts.partial());
    parts.addFactorAndTarget(passed, parts.vector(), parts.vectorOf("to", kernel.weight()));
    return parts.named(kernel.layer(), "WeightGradient", passed);
  }

  // embeddedWeightGradient(part, total, all.g.embedded, all.v.categories, d.embeddedWeight.values,
  // factor,
  // to.embeddedWeight.values)
  @Override
  public Signature tableGradient(CopyKernels.TableGradient kernel) {
    List<Passed> passed = parts.startOfAll(
        kernel.gradient().positions(),
        parts.rowsOfAll("dy", kernel.gradient()),
        parts.rowsOfAll("x", kernel.indices()));
    passed.add(new Passed(parts.vector(), "sums", parts.vectorOf("d", kernel.weight())));
    parts.addFactorAndTarget(passed, parts.vector(), parts.vectorOf("to", kernel.weight()));
    return parts.named(kernel.layer(), "WeightGradient", passed);
  }

  /** Adds the parameters of the derivative, if any, and the gradient that is written. */
  private Signature inputGradient(BackwardKernel kernel, List<Passed> gradients) {
    List<Passed> passed = new ArrayList<>(gradients);
    kernel.derivative().ifPresent(next -> {
      if (parts.needsScratch(next) && !passed.contains(parts.partial())) {
        passed.add(parts.partial());
      }
      passed.add(parts.kept(next.kept()));
    });
    passed.add(parts.rows("dx", kernel.writes().orElseThrow()));
    return parts.named(kernel.layer(), "InputGradient", passed);
  }
}
