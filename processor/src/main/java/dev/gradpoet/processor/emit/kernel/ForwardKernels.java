package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prints the kernels of the forward pass, which are the same in all families. */
public final class ForwardKernels {

  private final Plan plan;
  private final Signatures signatures;
  private final Primitives primitives;

  public ForwardKernels(Plan plan, Signatures signatures, Primitives primitives) {
    this.plan = plan;
    this.signatures = signatures;
    this.primitives = primitives;
  }

  /** The kernels of all layers. */
  public List<MethodSpec> methods() {
    return plan.forwardKernels().stream()
        .flatMap(kernel -> kernel.match(new ForwardKernel.Cases<Stream<MethodSpec>>() {
          @Override
          public Stream<MethodSpec> linear(ForwardKernel.Linear kernel) {
            return Stream.of(kernel.isInLanes() ? lanes(kernel) : blocks(kernel));
          }

          @Override
          public Stream<MethodSpec> add(ForwardKernel.Add kernel) {
            String terms = operands(kernel, " + ");
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            addTerms(row, kernel);
            return merge(kernel, terms, "Add", row);
          }

          @Override
          public Stream<MethodSpec> concat(ForwardKernel.Concat kernel) {
            String parts = "[" + operands(kernel, ", ") + "]";
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            copyParts(row, kernel);
            return merge(kernel, parts, "Concat", row);
          }

          @Override
          public Stream<MethodSpec> layerNorm(ForwardKernel.LayerNorm kernel) {
            String normalized = "normalize(" + kernel.input().layer() + ")"
                + (kernel.weight().isPresent() ? " w + b" : "");
            MethodSpec.Builder row = signatures.rowMethod(kernel);
            row.addStatement("rstd[0] = $L", normOfRow(kernel));
            return merge(kernel, normalized, "LayerNorm", row);
          }

          @Override
          public Stream<MethodSpec> dropout(ForwardKernel.Dropout kernel) {
            return Stream.of(masked(kernel));
          }

          @Override
          public Stream<MethodSpec> activation(ForwardKernel.Activation kernel) {
            String words = formula(kernel, kernel.input().layer()) + ", in inference.\n";
            MethodSpec.Builder method = signatures.method(kernel, words);
            primitives.activationOfRows(method, kernel.applied(), "xs", "ys");
            return Stream.of(method.build());
          }
        }))
        .toList();
  }

  // product(n, xs, 64, 32, w, b, partial, ys, 32);
  // relu(n, ys, ys, 32);
  private MethodSpec blocks(ForwardKernel.Linear kernel) {
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
  private MethodSpec masked(ForwardKernel.Dropout kernel) {
    MethodSpec.Builder method = signatures
        .method(
            kernel,
            formula(kernel, kernel.input().layer() + " * mask") + ", of {@code @Dropout "
                + kernel.layer() + "}, in training.\n")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            "$T x = xs[r], mask = masks[r], y = ys[r]", signatures.scalar().array())
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = x[o] * mask[o]")
        .endControlFlow()
        .endControlFlow();
    return activated(method, kernel);
  }

  /** Ends the method with the activation of all rows, if any. */
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
  private MethodSpec lanes(ForwardKernel.Linear kernel) {
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
  public static String start(ForwardKernel.Linear kernel) {
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
  private CodeBlock normOfRow(ForwardKernel.LayerNorm kernel) {
    RowMethod program = kernel.program();
    List<CodeBlock> passed = Stream.concat(
            program.rows().stream().map(row -> CodeBlock.of("$L", row.name())),
            Stream.of(signatures.scalar().literal(kernel.eps())))
        .toList();
    return primitives.programs().call(program, kernel.output().width(), passed);
  }

  private static String operands(ForwardKernel kernel, String separator) {
    return kernel.reads().stream().map(Buffer::layer).collect(Collectors.joining(separator));
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = x0[o] + x1[o];
  // }
  private static void addTerms(MethodSpec.Builder method, ForwardKernel.Add kernel) {
    String terms = IntStream.range(0, kernel.reads().size())
        .mapToObj(i -> "x" + i + "[o]")
        .collect(Collectors.joining(" + "));
    method
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = $L", terms)
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

  /** The activation of a row {@code y}, in place, or to {@code z} if both are kept. */
  private CodeBlock activation(Buffer output, Epilogue epilogue, String y, String z) {
    return primitives.activation(
        epilogue, CodeBlock.of(y), CodeBlock.of(epilogue.output().equals(output) ? y : z));
  }

  private static String describeLinear(ForwardKernel.Linear kernel) {
    boolean bias = kernel.bias().isPresent();
    String value = kernel.input().layer() + (bias ? " W^T + b" : " W^T");
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
