package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.norm.BatchNormKernels;
import dev.gradpoet.processor.emit.kernel.norm.NormalizationKernels;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.Derivative;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints the kernels of the backward pass that belong to one layer and are the same in all families; families print those that all layers share. */
public final class BackwardKernels implements BackwardKernel.Cases<Optional<MethodSpec>> {

  private final Signatures signatures;
  private final Primitives primitives;
  private final PReluKernels prelus;
  private final WindowKernels windows;
  private final ConvolutionKernels convolutions;
  private final BatchNormKernels batchNorms;

  private BackwardKernels(
      Signatures signatures,
      Primitives primitives,
      WindowKernels windows,
      ConvolutionKernels convolutions,
      BatchNormKernels batchNorms) {
    this.windows = windows;
    this.convolutions = convolutions;
    this.signatures = signatures;
    this.primitives = primitives;
    this.prelus = new PReluKernels(signatures, primitives);
    this.batchNorms = batchNorms;
  }

  /** The kernels of all layers. */
  public static List<MethodSpec> methods(
      Plan plan,
      Signatures signatures,
      Primitives primitives,
      WindowKernels windows,
      ConvolutionKernels convolutions,
      BatchNormKernels batchNorms) {
    BackwardKernels kernels =
        new BackwardKernels(signatures, primitives, windows, convolutions, batchNorms);
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

  // product(n, dys, 10, 10, w, ZEROS, null, dxs, 32);
  // reluGradient(n, kept, dxs, 32);
  @Override
  public Optional<MethodSpec> linearGradient(LinearKernels.LinearGradient kernel) {
    SumOrder order = kernel.order();
    String words = formula("dY W", kernel.first(), kernel.derivative())
        + " for the input of " + kernel.layer() + ". "
        + ForwardKernels.describeOrder(order, kernel.first() ? "zero" : "dX")
        + "\n";
    MethodSpec.Builder method = signatures.method(kernel, words);
    if (kernel.isInLanes()) {
      method
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement(Primitives.dotProducts(
              order,
              CodeBlock.of("dys[r]"),
              CodeBlock.of("w"),
              CodeBlock.of(kernel.first() ? Primitives.ZEROS : "dxs[r]"),
              CodeBlock.of("partial"),
              CodeBlock.of("dxs[r]")));
      return finish(method, kernel.derivative());
    }
    method.addStatement(
        kernel.first()
            ? Primitives.product(order, "dys", Primitives.ZEROS, "dxs")
            : Primitives.accumulatingProduct(order, "dys", "dxs"));
    kernel.derivative().ifPresent(next -> primitives.derivativeOfRows(method, next, "kept", "dxs"));
    return Optional.of(method.build());
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] += dy[i];
  // }
  @Override
  public Optional<MethodSpec> addGradient(MergeKernels.AddGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, an operand of %s.\n"
            .formatted(
                formula("dY", kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    part(method, 0, kernel.target().width(), kernel.first());
    return finish(method, kernel.derivative());
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] = dy[i] * x2[i] * x0[i];
  // }
  /** The product goes the way back through {@code x0 * x1 * x2}, as PyTorch does: from the last operand to this one, then the product of those before it. */
  @Override
  public Optional<MethodSpec> mulGradient(MergeKernels.MulGradient kernel) {
    List<String> layers = kernel.operands().stream().map(Buffer::layer).toList();
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, an operand of %s.\n"
            .formatted(
                formula(
                    factors("dY", layers, kernel.operand()), kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    List<String> values = new ArrayList<>();
    StringBuilder rows = new StringBuilder("dy = dys[r]");
    for (int i = 0; i < layers.size(); i++) {
      values.add("x" + i + "[i]");
      rows.append(i == kernel.operand() ? "" : ", x%1$d = xs%1$d[r]".formatted(i));
    }
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T $L, dx = dxs[r]", signatures.scalar().array(), rows)
        .beginControlFlow("for (int i = 0; i < $L; i++)", kernel.target().width())
        .addStatement(
            "dx[i] $L $L", kernel.first() ? "=" : "+=", factors("dy[i]", values, kernel.operand()))
        .endControlFlow();
    return finish(method, kernel.derivative());
  }

  /** {@code dy * x3 * (x0 * x1)}, of operand 2. */
  private static String factors(String dy, List<String> operands, int operand) {
    StringBuilder product = new StringBuilder(dy);
    for (int i = operands.size() - 1; i > operand; i--) {
      product.append(" * ").append(operands.get(i));
    }
    String before = String.join(" * ", operands.subList(0, operand));
    return product
        .append(operand == 0 ? "" : operand == 1 ? " * " + before : " * (" + before + ")")
        .toString();
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] = dy[64 + i];
  // }
  @Override
  public Optional<MethodSpec> concatGradient(MergeKernels.ConcatGradient kernel) {
    int width = kernel.target().width();
    String part = "dY[" + kernel.offset() + " .. " + (kernel.offset() + width) + "]";
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, an operand of %s.\n"
            .formatted(
                formula(part, kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    part(method, kernel.offset(), width, kernel.first());
    return finish(method, kernel.derivative());
  }

  @Override
  public Optional<MethodSpec> normalizationGradient(NormKernels.NormalizationGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, which %s normalizes.\n"
            .formatted(
                formula("dY / std", kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    NormalizationKernels.gradient(method, kernel, signatures.scalar());
    return finish(method, kernel.derivative());
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] = dy[i] * mask[i];
  // }
  @Override
  public Optional<MethodSpec> dropoutGradient(ElementKernels.DropoutGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, which %s drops values of.\n"
            .formatted(
                formula("dY * mask", kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            "$T dy = dys[r], mask = masks[r], dx = dxs[r]", signatures.scalar().array())
        .beginControlFlow("for (int i = 0; i < $L; i++)", kernel.target().width())
        .addStatement("dx[i] $L dy[i] * mask[i]", kernel.first() ? "=" : "+=")
        .endControlFlow();
    return finish(method, kernel.derivative());
  }

  // for (int r = 0; r < n; r++) {
  //   layerNormGradient(dys[r], xhats[r], w, partial, dxs[r], rstds[r][0], 32);
  //   reluGradient(kept[r], dxs[r], 32);
  // }
  @Override
  public Optional<MethodSpec> layerNormGradient(NormKernels.LayerNormGradient kernel) {
    String layer = kernel.layer();
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, which %s normalizes.\n"
            .formatted(
                formula("normalize'(dY)", kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                layer));
    Stream<String> passed = kernel.weight().isPresent()
        ? Stream.of("dys[r]", "xhats[r]", "w", "partial", "dxs[r]", "rstds[r][0]")
        : Stream.of("dys[r]", "xhats[r]", "dxs[r]", "rstds[r][0]");
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(primitives
            .programs()
            .call(
                kernel.program(),
                kernel.target().width(),
                passed.map(CodeBlock::of).toList()));
    return finish(method, kernel.derivative());
  }

  @Override
  public Optional<MethodSpec> windowGradient(MapKernels.WindowGradient kernel) {
    return Optional.of(signatures
        .method(
            kernel,
            "%s: the gradient of %s.\n"
                .formatted(
                    formula(
                        WindowKernels.name(kernel.what()) + "'(dY)",
                        kernel.first(),
                        Optional.empty()),
                    kernel.target().layer()))
        .addStatement(windows.backward(kernel))
        .build());
  }

  @Override
  public Optional<MethodSpec> kernelGradient(MapKernels.KernelGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "{@code d = d + factor dw} of %s, a row of D for each value of a window%s, each sum over samples and positions in order from zero.\n"
            .formatted(
                kernel.layer(),
                kernel.bias().isPresent() ? ", and {@code db = db + factor sum dY}" : ""));
    convolutions.weightGradient(method, kernel);
    return Optional.of(method.build());
  }

  @Override
  public Optional<MethodSpec> channelGradient(MapKernels.ChannelGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "{@code d = d + factor sum dY} of %s, for each channel the samples and positions in order from zero.\n"
            .formatted(kernel.layer()));
    convolutions.biasGradient(method, kernel);
    return Optional.of(method.build());
  }

  @Override
  public Optional<MethodSpec> channelsLast(MapKernels.ChannelsLast kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel, "The gradient of %s with the channels last, in place.\n".formatted(kernel.layer()));
    convolutions.channelsLast(method, kernel);
    return Optional.of(method.build());
  }

  @Override
  public Optional<MethodSpec> convolutionGradient(MapKernels.ConvolutionGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s for what %s reads, window by window.\n"
            .formatted(formula("dY W", kernel.first(), Optional.empty()), kernel.layer()));
    convolutions.inputGradient(method, kernel);
    return Optional.of(method.build());
  }

  @Override
  public Optional<MethodSpec> reshapeGradient(CopyKernels.ReshapeGradient kernel) {
    String formula = formula("dY", kernel.first(), Optional.empty());
    return Optional.of(ReshapeKernels.backward(kernel, formula, signatures));
  }

  // for (int r = 0; r < n; r++) {
  //   preluGradient(dys[r], xs[r], dxs[r], w[0], 32);
  //   reluGradient(kept[r], dxs[r], 32);
  // }
  @Override
  public Optional<MethodSpec> preluGradient(ElementKernels.PReluGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, which %s reads.\n"
            .formatted(
                formula("prelu'(dY)", kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(prelus.inputGradient(kernel));
    return finish(method, kernel.derivative());
  }

  @Override
  public Optional<MethodSpec> slopeGradient(ElementKernels.SlopeGradient kernel) {
    return Optional.of(prelus.slopeGradient(kernel));
  }

  // FloatTables.gradient(part, dys, n, 2, xs, 8, sums, factor, d);
  @Override
  public Optional<MethodSpec> tableGradient(CopyKernels.TableGradient kernel) {
    return Optional.of(signatures
        .method(
            kernel,
            ("{@code D[xs] = D[xs] + factor dY} for the weight of %s, the samples and their indices in order. With factor 1, D is the gradient,"
                    + "\n{@code sums}; with -lr, D is the weight itself, for a step of plain SGD, whose gradient is summed in {@code sums} first.\n")
                .formatted(kernel.layer()))
        .addStatement(
            "$T.gradient(part, dys, n, $L, xs, $L, sums, factor, d)",
            signatures.scalar().tables(),
            kernel.indices().width(),
            kernel.dim())
        .build());
  }

  @Override
  public Optional<MethodSpec> mapScaleGradient(NormKernels.MapScaleGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "{@code d = d + factor sum dY xhat} and {@code db = db + factor sum dY} of %s, for each channel over the samples in order, then over the positions.\n"
            .formatted(kernel.layer()));
    batchNorms.scaleGradient(method, kernel);
    return Optional.of(method.build());
  }

  @Override
  public Optional<MethodSpec> batchNormGradient(NormKernels.BatchNormGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, which %s normalizes over the batch.\n"
            .formatted(
                formula("normalize'(dY)", kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    batchNorms.gradient(method, kernel);
    return finish(method, kernel.derivative());
  }

  // for (int r = 0; r < n; r++) {
  //   sigmoidGradient(ys[r], dxs[r], 10);
  // }
  @Override
  public Optional<MethodSpec> activationGradient(ElementKernels.ActivationGradient kernel) {
    String function = kernel.applied().function().name();
    MethodSpec.Builder method = signatures.method(
        kernel, "{@code dX = %s'(dY)} of %s, in place.\n".formatted(function, kernel.layer()));
    primitives.derivativeOfRows(method, kernel.applied(), "ys", "dxs");
    return Optional.of(method.build());
  }

  private void part(MethodSpec.Builder method, int offset, int width, boolean first) {
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r], dx = dxs[r]", signatures.scalar().array());
    if (first) {
      method.addStatement("$T.arraycopy(dy, $L, dx, 0, $L)", System.class, offset, width);
      return;
    }
    method
        .beginControlFlow("for (int i = 0; i < $L; i++)", width)
        .addStatement(offset == 0 ? "dx[i] += dy[i]" : "dx[i] += dy[" + offset + " + i]")
        .endControlFlow();
  }

  /** Ends the loop over the rows, after the derivative, if any. */
  private Optional<MethodSpec> finish(MethodSpec.Builder method, Optional<Derivative> derivative) {
    derivative.ifPresent(next -> method.addStatement(
        primitives.derivative(next, CodeBlock.of("kept[r]"), CodeBlock.of("dxs[r]"))));
    return Optional.of(method.endControlFlow().build());
  }

  private static String formula(String value, boolean first, Optional<Derivative> derivative) {
    String sum = first ? value : "dX + " + value;
    String result =
        derivative.map(next -> next.function().name() + "'(" + sum + ")").orElse(sum);
    return "{@code dX = " + result + "}";
  }
}
