package dev.gradpoet.processor.emit.kernel;

import dev.gradpoet.processor.emit.code.Passed;
import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the signatures of the kernels of the forward pass; each has a second form, for one row. */
final class ForwardSignatures implements ForwardKernel.Cases<Signature> {

  private final SignatureParts parts;

  ForwardSignatures(SignatureParts parts) {
    this.parts = parts;
  }

  // hiddenForward(n, v.input, p.hiddenWeight.rows, p.hiddenBias.values, v.partial, v.hidden)
  @Override
  public Signature linear(LinearKernels.Linear kernel) {
    List<Passed> passed = parts.start(
        kernel.output(), parts.rows("x", kernel.input()), parts.weightAndRow(kernel.weight()));
    kernel.bias().ifPresent(bias -> passed.add(parts.biasAndRow(bias)));
    if (kernel.order().chains() > 1) {
      passed.add(parts.partialAndRow());
    }
    return forward(kernel, passed);
  }

  // sumForward(n, v.a, v.b, v.sum)
  @Override
  public Signature add(MergeKernels.Add kernel) {
    return forward(kernel, operands(kernel));
  }

  @Override
  public Signature mul(MergeKernels.Mul kernel) {
    return forward(kernel, operands(kernel));
  }

  @Override
  public Signature concat(MergeKernels.Concat kernel) {
    return forward(kernel, operands(kernel));
  }

  // normForward(n, v.hidden, p.normWeight.values, p.normBias.values, v.normNormalized, v.normScale,
  // v.norm)
  @Override
  public Signature layerNorm(NormKernels.LayerNorm kernel) {
    List<Passed> passed = parts.start(kernel.output(), parts.rows("x", kernel.input()));
    kernel.weight().ifPresent(weight -> passed.add(parts.vectorAndRow("w", weight)));
    kernel.bias().ifPresent(bias -> passed.add(parts.vectorAndRow("b", bias)));
    passed.add(parts.rows("xhat", kernel.normalized()));
    passed.add(parts.rows("rstd", kernel.scale()));
    return forward(kernel, passed);
  }

  // bnTraining(n, v.hidden, p.bnWeight.values, p.bnBias.values, p.bnRunningMean.values,
  // p.bnRunningVar.values, v.bnStatistics, v.frozen[0], part, total, all.hidden, v.bnNormalized,
  // v.bn)
  @Override
  public Signature batchNorm(NormKernels.BatchNorm kernel) {
    List<Passed> passed = parts.start(kernel.output(), parts.rows("x", kernel.input()));
    kernel.weight().ifPresent(weight -> passed.add(parts.vectorAndRow("w", weight)));
    kernel.bias().ifPresent(bias -> passed.add(parts.vectorAndRow("b", bias)));
    passed.add(parts.statisticAndRow("runningMean", kernel.running().mean()));
    passed.add(parts.statisticAndRow("runningVar", kernel.running().variance()));
    passed.add(parts.statistics(kernel.kept()));
    passed.add(parts.frozen(kernel.layer()));
    passed.add(parts.part());
    passed.add(parts.total());
    passed.add(parts.valuesOfAll("allX", kernel.input()));
    passed.add(parts.rows("xhat", kernel.normalized()));
    return parts.named(kernel.layer(), "Training", withOutputs(kernel, passed));
  }

  // bnForward(n, v.hidden, p.bnWeight.values, p.bnBias.values, p.bnRunningMean.values,
  // p.bnRunningVar.values, v.partial, v.bn)
  @Override
  public Signature runningNorm(NormKernels.RunningNorm kernel) {
    List<Passed> passed = parts.start(kernel.output(), parts.rows("x", kernel.input()));
    kernel.weight().ifPresent(weight -> passed.add(parts.vectorAndRow("w", weight)));
    kernel.bias().ifPresent(bias -> passed.add(parts.vectorAndRow("b", bias)));
    passed.add(parts.statisticAndRow("mean", kernel.running().mean()));
    passed.add(parts.statisticAndRow("variance", kernel.running().variance()));
    passed.add(kernel.map().isPresent() ? parts.statistics(kernel.spread()) : parts.partial());
    return forward(kernel, passed);
  }

  // scaledForward(n, v.input, p.scaledMean.values, p.scaledStd.values, v.scaled)
  @Override
  public Signature normalization(NormKernels.Normalization kernel) {
    return forward(
        kernel,
        parts.start(
            kernel.output(),
            parts.rows("x", kernel.input()),
            parts.statisticAndRow("mean", kernel.mean()),
            parts.statisticAndRow("std", kernel.std())));
  }

  // dropForward(n, v.hidden, v.dropMask, v.drop)
  @Override
  public Signature dropout(ElementKernels.Dropout kernel) {
    return forward(
        kernel,
        parts.start(
            kernel.output(), parts.rows("x", kernel.input()), parts.rows("mask", kernel.mask())));
  }

  // convPadded(n, v.input, v.convPadded)
  @Override
  public Signature window(MapKernels.Window kernel) {
    List<Passed> passed = parts.start(1, parts.rows("x", kernel.input()));
    if (kernel.scratch().isPresent()) {
      passed.add(parts.partial());
    }
    passed.add(parts.rows("y", kernel.output()));
    kernel
        .epilogue()
        .filter(next -> !next.output().equals(kernel.output()))
        .ifPresent(next -> passed.add(parts.rows("z", next.output())));
    return parts.named(kernel.layer(), windowSuffix(kernel.what()), passed);
  }

  // convForward(n, v.convPadded, p.convWeight.rows, p.convBias.values, v.partial, v.convMap)
  @Override
  public Signature convolution(MapKernels.Convolution kernel) {
    List<Passed> passed =
        parts.start(1, parts.rows("x", kernel.input()), parts.weight(kernel.weight()));
    kernel.bias().ifPresent(bias -> passed.add(parts.vectorAndRow("b", bias)));
    passed.add(parts.partial());
    return parts.named(kernel.layer(), "Forward", withOutputs(kernel, passed));
  }

  static String windowSuffix(WindowOp window) {
    return window.match(new WindowOp.Cases<>() {
      @Override
      public String relayout(WindowOp.Relayout op) {
        return "RowMajor";
      }

      @Override
      public String pad(WindowOp.Pad op) {
        return "Padded";
      }

      @Override
      public String maxPool(WindowOp.MaxPool op) {
        return "Forward";
      }

      @Override
      public String averagePool(WindowOp.AveragePool op) {
        return "Forward";
      }
    });
  }

  // hiddenInputRows(n * 3, v.input, v.hiddenInputRows)
  @Override
  public Signature reshape(CopyKernels.Reshape kernel) {
    List<Passed> passed = parts.start(
        kernel.positions(), parts.rows("x", kernel.input()), parts.rows("y", kernel.output()));
    kernel
        .epilogue()
        .filter(next -> !next.output().equals(kernel.output()))
        .ifPresent(next -> passed.add(parts.rows("z", next.output())));
    return parts.named(kernel.layer(), reshapeSuffix(kernel.output()), passed);
  }

  /** {@code InputRows}; {@code Sample} of rows that become one again. */
  private static String reshapeSuffix(Buffer output) {
    return output.positions() == 1 ? "Sample" : output.role().suffix();
  }

  // bentForward(n, v.hidden, p.bentWeight.values, v.bent)
  @Override
  public Signature prelu(ElementKernels.PRelu kernel) {
    return forward(
        kernel,
        parts.start(
            kernel.output(),
            parts.rows("x", kernel.input()),
            parts.vectorAndRow("w", kernel.weight())));
  }

  // embeddedForward(n, v.categories, p.embeddedWeight.values, v.embedded)
  @Override
  public Signature embedding(CopyKernels.Embedding kernel) {
    return forward(
        kernel,
        parts.start(
            kernel.output(),
            parts.rows("x", kernel.indices()),
            parts.vectorAndRow("w", kernel.weight())));
  }

  // dropActivation(n, v.hidden, v.drop)
  @Override
  public Signature activation(ElementKernels.Activation kernel) {
    return parts.named(
        kernel.layer(),
        "Activation",
        parts.start(
            kernel.output(), parts.rows("x", kernel.input()), parts.rows("y", kernel.output())));
  }

  private List<Passed> operands(ForwardKernel kernel) {
    List<Buffer> reads = kernel.reads();
    List<Passed> passed = parts.start(kernel.output());
    for (int i = 0; i < reads.size(); i++) {
      passed.add(parts.rows("x", String.valueOf(i), reads.get(i)));
    }
    return passed;
  }

  private Signature forward(ForwardKernel kernel, List<Passed> inputs) {
    return parts.forward(kernel.layer(), withOutputs(kernel, inputs));
  }

  /** Adds the output, and that of the activation if both are kept. */
  private List<Passed> withOutputs(ForwardKernel kernel, List<Passed> inputs) {
    List<Passed> passed = new ArrayList<>(inputs);
    passed.add(parts.rows("y", kernel.output()));
    Optional<Epilogue> kept =
        kernel.epilogue().filter(next -> !next.output().equals(kernel.output()));
    kept.ifPresent(next -> passed.add(parts.rows("z", next.output())));
    return passed;
  }
}
