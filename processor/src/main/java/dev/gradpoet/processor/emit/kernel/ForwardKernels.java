package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.norm.BatchNormKernels;
import dev.gradpoet.processor.emit.kernel.norm.NormalizationKernels;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.CopyKernels;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.MapKernels;
import dev.gradpoet.processor.plan.MergeKernels;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prints the kernels of the forward pass, which are the same in all families. */
public final class ForwardKernels {

  private final Plan plan;
  private final Signatures signatures;
  private final Primitives primitives;
  private final PReluKernels prelus;
  private final WindowKernels windows;
  private final ConvolutionKernels convolutions;
  private final BatchNormKernels batchNorms;

  ForwardKernels(
      Plan plan,
      Signatures signatures,
      Primitives primitives,
      WindowKernels windows,
      ConvolutionKernels convolutions,
      BatchNormKernels batchNorms) {
    this.windows = windows;
    this.convolutions = convolutions;
    this.plan = plan;
    this.signatures = signatures;
    this.primitives = primitives;
    this.prelus = new PReluKernels(signatures, primitives);
    this.batchNorms = batchNorms;
  }

  /** The kernels of all layers. */
  public List<MethodSpec> methods() {
    return plan.forwardKernels().stream()
        .flatMap(kernel -> kernel.match(new ForwardKernel.Cases<Stream<MethodSpec>>() {
          @Override
          public Stream<MethodSpec> linear(LinearKernels.Linear kernel) {
            return Stream.of(kernel.isInLanes() ? lanes(kernel) : blocks(kernel));
          }

          @Override
          public Stream<MethodSpec> add(MergeKernels.Add kernel) {
            String terms = operands(kernel, " + ");
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            combine(row, kernel, " + ");
            return merge(kernel, terms, "Add", row);
          }

          @Override
          public Stream<MethodSpec> mul(MergeKernels.Mul kernel) {
            String factors = operands(kernel, " * ");
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            combine(row, kernel, " * ");
            return merge(kernel, factors, "Mul", row);
          }

          @Override
          public Stream<MethodSpec> concat(MergeKernels.Concat kernel) {
            String parts = "[" + operands(kernel, ", ") + "]";
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            copyParts(row, kernel);
            return merge(kernel, parts, "Concat", row);
          }

          @Override
          public Stream<MethodSpec> layerNorm(NormKernels.LayerNorm kernel) {
            String normalized = normalized(kernel, kernel.weight().isPresent());
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            row.addStatement("rstd[0] = $L", normOfRow(kernel));
            return merge(kernel, normalized, "LayerNorm", row);
          }

          @Override
          public Stream<MethodSpec> batchNorm(NormKernels.BatchNorm kernel) {
            return Stream.of(training(kernel));
          }

          @Override
          public Stream<MethodSpec> runningNorm(NormKernels.RunningNorm kernel) {
            MethodSpec rows = inference(kernel);
            return plan.hasRowPass() ? Stream.of(rows, inferenceOfRow(kernel)) : Stream.of(rows);
          }

          @Override
          public Stream<MethodSpec> normalization(NormKernels.Normalization kernel) {
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            NormalizationKernels.row(row, kernel);
            return merge(kernel, "(" + source(kernel) + " - mean) / std", "Normalization", row);
          }

          @Override
          public Stream<MethodSpec> dropout(ElementKernels.Dropout kernel) {
            return Stream.of(masked(kernel));
          }

          @Override
          public Stream<MethodSpec> window(MapKernels.Window kernel) {
            MethodSpec.Builder method = signatures.method(
                kernel,
                WindowKernels.describe(
                    kernel.what(),
                    kernel.layer(),
                    source(kernel),
                    value -> formula(kernel, value)));
            windows.forward(method, kernel.what());
            return Stream.of(activated(method, kernel));
          }

          @Override
          public Stream<MethodSpec> convolution(MapKernels.Convolution kernel) {
            boolean bias = kernel.bias().isPresent();
            MethodSpec.Builder method = signatures.method(
                kernel,
                formula(kernel, source(kernel) + " * w" + (bias ? " + b" : ""))
                    + ", " + kernel.what().geometry().input() + " to "
                    + kernel.what().geometry().output(kernel.what().out())
                    + ". Each sum is one chain from " + (bias ? "the bias" : "zero") + ".\n");
            convolutions.forward(method, kernel);
            return Stream.of(kernel.endsInRelu() ? method.build() : activated(method, kernel));
          }

          @Override
          public Stream<MethodSpec> reshape(CopyKernels.Reshape kernel) {
            return Stream.of(ReshapeKernels.forward(
                kernel, source(kernel), signatures, activationOfRow(kernel)));
          }

          @Override
          public Stream<MethodSpec> prelu(ElementKernels.PRelu kernel) {
            return kernel.input().positions() == 1
                ? merge(
                    kernel,
                    "prelu(" + source(kernel) + ")",
                    "PRelu",
                    signatures.rowMethod(kernel).addStatement(prelus.ofRow(kernel, "x", "y")))
                : Stream.of(prelus.ofChannels(
                    kernel,
                    signatures.method(
                        kernel, formula(kernel, "prelu(" + source(kernel) + ")") + ".\n"),
                    activationOfRow(kernel)));
          }

          @Override
          public Stream<MethodSpec> embedding(CopyKernels.Embedding kernel) {
            return merge(
                kernel,
                "w[" + source(kernel) + "]",
                "Embedding",
                signatures.rowMethod(kernel).addStatement(lookUp(kernel)));
          }

          @Override
          public Stream<MethodSpec> activation(ElementKernels.Activation kernel) {
            return Stream.of(activationAlone(kernel));
          }
        }))
        .toList();
  }

  // FloatTables.lookUp(x, 2, w, 8, y);
  private CodeBlock lookUp(CopyKernels.Embedding kernel) {
    return CodeBlock.of(
        "$T.lookUp(x, $L, w, $L, y)",
        signatures.scalar().tables(),
        kernel.indices().width(),
        kernel.dim());
  }

  // product(n, xs, 64, 32, w, b, partial, ys, 32);
  // relu(n, ys, ys, 32);
  private MethodSpec blocks(LinearKernels.Linear kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel, describeLinear(kernel))
        .addStatement(Primitives.product(kernel.order(), "xs", start(kernel), "ys"));
    return activated(method, kernel);
  }

  // for (int r = 0; r < n; r++) {
  //   float[] x = xs[r], mask = masks[r], y = ys[r];
  //   for (int o = 0; o < 32; o++) {
  //     y[o] = x[o] * mask[o];
  //   }
  // }
  // relu(n, ys, ys, 32);
  private MethodSpec masked(ElementKernels.Dropout kernel) {
    MethodSpec.Builder method = signatures
        .method(
            kernel,
            formula(kernel, source(kernel) + " * mask") + ", of {@code @Dropout " + kernel.layer()
                + "}, in training.\n")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            "$T x = xs[r], mask = masks[r], y = ys[r]", signatures.scalar().array())
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = x[o] * mask[o]")
        .endControlFlow()
        .endControlFlow();
    return activated(method, kernel);
  }

  // relu(n, xs, ys, 32);
  //
  // for (int r = 0; r < n; r++) {
  //   System.arraycopy(xs[r], 0, ys[r], 0, 32);
  // }
  /** A dropout is an activation in inference only. */
  private MethodSpec activationAlone(ElementKernels.Activation kernel) {
    String origin = plan.training().contains(kernel)
        ? ", of {@code @Activate " + kernel.layer() + "}.\n"
        : ", in inference.\n";
    MethodSpec.Builder method = signatures.method(kernel, formula(kernel, source(kernel)) + origin);
    kernel
        .epilogue()
        .ifPresentOrElse(
            next -> primitives.activationOfRows(method, next, "xs", "ys"),
            () -> method
                .beginControlFlow("for (int r = 0; r < n; r++)")
                .addStatement(
                    "$T.arraycopy(xs[r], 0, ys[r], 0, $L)",
                    System.class,
                    kernel.output().width())
                .endControlFlow());
    return method.build();
  }

  /** The method, ending with the activation of all rows, if there is one. */
  private MethodSpec activated(MethodSpec.Builder method, ForwardKernel kernel) {
    kernel
        .epilogue()
        .ifPresent(next -> primitives.activationOfRows(
            method, next, "ys", next.output().equals(kernel.output()) ? "ys" : "zs"));
    return method.build();
  }

  // for (int r = 0; r < n; r++) {
  //   dotProducts(xs[r], 784, w, b, partial, ys[r], 3);
  //   sigmoid(ys[r], ys[r], 3);
  // }
  private MethodSpec lanes(LinearKernels.Linear kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel, describeLinear(kernel))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(Primitives.dotProducts(
            kernel.order(),
            CodeBlock.of("xs[r]"),
            CodeBlock.of("w"),
            CodeBlock.of(start(kernel)),
            CodeBlock.of("partial"),
            CodeBlock.of("ys[r]")));
    kernel
        .epilogue()
        .ifPresent(
            next -> method.addStatement(activation(kernel.output(), next, "ys[r]", "zs[r]")));
    return method.endControlFlow().build();
  }

  /** The row from which the first chains start. */
  public static String start(LinearKernels.Linear kernel) {
    return kernel.bias().isPresent() ? "b" : Primitives.ZEROS;
  }

  // for (int r = 0; r < n; r++) {
  //   bothRow(xs0[r], xs1[r], ys[r]);
  // }
  /** The methods of a kernel for all rows and for one row; {@code row} is the latter without its activation. */
  private Stream<MethodSpec> merge(
      ForwardKernel kernel, String merged, String annotation, MethodSpec.Builder row) {
    MethodSpec rows = signatures
        .method(
            kernel,
            formula(kernel, merged) + ", of {@code @" + annotation + " " + kernel.layer() + "}.\n")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(signatures.of(kernel).rowOfRows())
        .endControlFlow()
        .build();
    kernel
        .epilogue()
        .ifPresent(next -> row.addStatement(activation(kernel.output(), next, "y", "z")));
    return Stream.of(rows, row.build());
  }

  // rstd[0] = layerNorm(x, w, b, xhat, y, 1.0E-5f, 32);
  private CodeBlock normOfRow(NormKernels.LayerNorm kernel) {
    RowMethod program = kernel.program();
    List<CodeBlock> passed = Stream.concat(
            program.rows().stream().map(row -> CodeBlock.of("$L", row.name())),
            Stream.of(signatures.scalar().literal(kernel.eps())))
        .toList();
    return primitives.programs().call(program, kernel.output().width(), passed);
  }

  private MethodSpec training(NormKernels.BatchNorm kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        formula(kernel, normalized(kernel, kernel.weight().isPresent())) + ", of {@code @BatchNorm "
            + kernel.layer() + "}, in training.\n");
    batchNorms.training(method, kernel);
    return activated(method, kernel);
  }

  private MethodSpec inference(NormKernels.RunningNorm kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        formula(kernel, normalized(kernel, kernel.weight().isPresent())) + ", of {@code @BatchNorm "
            + kernel.layer() + "}, in inference.\n");
    batchNorms.inference(method, kernel);
    return activated(method, kernel);
  }

  private MethodSpec inferenceOfRow(NormKernels.RunningNorm kernel) {
    MethodSpec.Builder row = signatures.rowMethod(kernel);
    batchNorms.inferenceOfRow(row, kernel);
    kernel
        .epilogue()
        .ifPresent(next -> row.addStatement(activation(kernel.output(), next, "y", "z")));
    return row.build();
  }

  private String normalized(ForwardKernel kernel, boolean affine) {
    return "normalize(" + source(kernel) + ")" + (affine ? " w + b" : "");
  }

  /** The names of the layers that a kernel reads, as declared. */
  private String operands(ForwardKernel kernel, String separator) {
    return String.join(separator, plan.network().layer(kernel.layer()).from());
  }

  /** The name of the only layer that a kernel reads. */
  private String source(ForwardKernel kernel) {
    return plan.network().layer(kernel.layer()).from().get(0);
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = x0[o] + x1[o];
  // }
  private static void combine(MethodSpec.Builder method, ForwardKernel kernel, String operator) {
    String values = IntStream.range(0, kernel.reads().size())
        .mapToObj(i -> "x" + i + "[o]")
        .collect(Collectors.joining(operator));
    method
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = $L", values)
        .endControlFlow();
  }

  // System.arraycopy(x0, 0, y, 0, 32);
  // System.arraycopy(x1, 0, y, 32, 64);
  private static void copyParts(MethodSpec.Builder method, ForwardKernel kernel) {
    int offset = 0;
    for (int i = 0; i < kernel.reads().size(); i++) {
      int width = kernel.reads().get(i).width();
      method.addStatement("$T.arraycopy(x$L, 0, y, $L, $L)", System.class, i, offset, width);
      offset += width;
    }
  }

  /** The activation of row r of all rows, if any. */
  private Optional<CodeBlock> activationOfRow(ForwardKernel kernel) {
    return kernel.epilogue().map(next -> activation(kernel.output(), next, "ys[r]", "zs[r]"));
  }

  /** The activation of a row {@code y}, in place, or to {@code z} if both are kept. */
  private CodeBlock activation(Buffer output, Epilogue epilogue, String y, String z) {
    return primitives.activation(
        epilogue, CodeBlock.of(y), CodeBlock.of(epilogue.output().equals(output) ? y : z));
  }

  private String describeLinear(LinearKernels.Linear kernel) {
    boolean bias = kernel.bias().isPresent();
    String value = source(kernel) + (bias ? " W^T + b" : " W^T");
    return formula(kernel, value)
        + ", " + kernel.weight().in() + " to " + kernel.weight().out() + ". "
        + describeOrder(kernel.order(), bias ? "the bias" : "zero") + "\n";
  }

  private static String formula(ForwardKernel kernel, String value) {
    String applied = kernel
        .epilogue()
        .map(next -> next.function().name() + "(" + value + ")")
        .orElse(value);
    return "{@code " + kernel.layer() + " = " + applied + "}";
  }

  /** The description of the order of a kernel's sums. */
  public static String describeOrder(SumOrder order, String start) {
    if (order.kind() == SumOrder.Kind.LANES) {
      return "Each sum is 16 interleaved chains, chain 0 from " + start + ", added by a tree.";
    }
    return order.chains() == 1
        ? "Each sum is one chain from " + start + "."
        : "Each sum is "
            + order.chains()
            + " chains over blocks of "
            + order.blockLength()
            + " from "
            + start
            + ", added in order.";
  }
}
