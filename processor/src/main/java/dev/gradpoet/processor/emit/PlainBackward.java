package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.graph.ActivationOp;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Derivative;
import dev.gradpoet.processor.plan.LinearParameters;
import dev.gradpoet.processor.plan.LinearParameters.Layout;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.Arrays;
import java.util.Optional;

/** Prints the plain kernels of the way back. */
final class PlainBackward implements Kernel.Cases<MethodSpec> {

  private final Signatures signatures;
  private final Scalar scalar;
  private final PlainHelpers helpers;
  private final RowFunctions functions;

  PlainBackward(Signatures signatures, PlainHelpers helpers, RowFunctions functions) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.helpers = helpers;
    this.functions = functions;
  }

  @Override
  public MethodSpec product(Kernel.Product kernel) {
    throw forward(kernel);
  }

  @Override
  public MethodSpec sum(Kernel.Sum kernel) {
    throw forward(kernel);
  }

  @Override
  public MethodSpec join(Kernel.Join kernel) {
    throw forward(kernel);
  }

  private static IllegalArgumentException forward(Kernel kernel) {
    return new IllegalArgumentException("a kernel of the way forth: " + kernel);
  }

  // for (int i = 0; i < 64; i++) {
  //   for (int r = 0; r < n; r++) {
  //     column[r] = xs[r][i];
  //   }
  //   Arrays.fill(scratch, 0, 32, 0f);
  //   addRows32(column, 0, n, dys, scratch);
  //   float[] row = d[i];
  //   for (int j = 0; j < 32; j++) {
  //     row[j] = Math.fma(factor, scratch[j], row[j]);
  //   }
  // }
  @Override
  public MethodSpec weightGradient(Kernel.WeightGradient kernel) {
    LinearParameters parameters = kernel.parameters();
    boolean byInput = parameters.layout() == Layout.BY_INPUT;
    String index = byInput ? "i" : "o";
    int columns = byInput ? parameters.in() : parameters.out();
    int width = byInput ? parameters.out() : parameters.in();
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(weightGradientInWords(kernel))
        .beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", index, columns)
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("column[r] = $L[r][$L]", byInput ? "xs" : "dys", index)
        .endControlFlow();
    method
        .addStatement("$T.fill(scratch, 0, $L, $L)", Arrays.class, width, scalar.literal(0))
        .addStatement(
            "$L(column, 0, n, $L, scratch)", helpers.addRows(width), byInput ? "dys" : "xs")
        .addStatement("$T row = d[$L]", scalar.array(), index);
    addScratch(method, "row", width);
    return method.endControlFlow().build();
  }

  /** The Javadoc of the gradient of a weight. */
  static String weightGradientInWords(Kernel.WeightGradient kernel) {
    boolean byInput = kernel.parameters().layout() == Layout.BY_INPUT;
    return "{@code D = D + factor dY^T X} of " + kernel.layer() + ", stored as "
        + (byInput ? "[in][out]" : "[out][in]")
        + ", the samples in order: its gradient with factor 1; with\n"
        + "-lr, D being the weight itself, the step of plain descent, which then needs no gradient.\n";
  }

  /** The Javadoc of the gradient of a bias. */
  static String biasGradientInWords(Kernel.BiasGradient kernel) {
    return "{@code d = d + factor sum dY} of " + kernel.layer() + ", the samples in order.\n";
  }

  // for (int j = 0; j < 32; j++) {
  //   row[j] = Math.fma(factor, scratch[j], row[j]);
  // }
  private static void addScratch(MethodSpec.Builder method, String to, int width) {
    method
        .beginControlFlow("for (int j = 0; j < $L; j++)", width)
        .addStatement("$1L[j] = $2T.fma(factor, scratch[j], $1L[j])", to, Math.class)
        .endControlFlow();
  }

  // Arrays.fill(scratch, 0, 32, 0f);
  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r];
  //   for (int o = 0; o < 32; o++) {
  //     scratch[o] += dy[o];
  //   }
  // }
  // for (int j = 0; j < 32; j++) {
  //   d[j] = Math.fma(factor, scratch[j], d[j]);
  // }
  @Override
  public MethodSpec biasGradient(Kernel.BiasGradient kernel) {
    int width = kernel.parameters().out();
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(biasGradientInWords(kernel))
        .addStatement("$T.fill(scratch, 0, $L, $L)", Arrays.class, width, scalar.literal(0))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r]", scalar.array())
        .beginControlFlow("for (int o = 0; o < $L; o++)", width)
        .addStatement("scratch[o] += dy[o]")
        .endControlFlow()
        .endControlFlow();
    addScratch(method, "d", width);
    return method.build();
  }

  // for (int i = 0; i < 32; i++) {
  //   float[] row = w[i];
  //   for (int o = 0; o < 10; o++) {
  //     transposed[o][i] = row[o];
  //   }
  // }
  @Override
  public MethodSpec transpose(Kernel.Transpose kernel) {
    LinearParameters parameters = kernel.parameters();
    boolean byInput = parameters.layout() == Layout.BY_INPUT;
    return signatures
        .method(kernel)
        .addJavadoc(
            "A copy of the weight of $L, transposed for the gradient of its input; made anew on each way back, so never stale.\n",
            kernel.layer())
        .beginControlFlow(
            "for (int i = 0; i < $L; i++)", byInput ? parameters.in() : parameters.out())
        .addStatement("$T row = w[i]", scalar.array())
        .beginControlFlow(
            "for (int o = 0; o < $L; o++)", byInput ? parameters.out() : parameters.in())
        .addStatement("transposed[o][i] = row[o]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r];
  //   float[] dx = dxs[r];
  //   Arrays.fill(dx, 0, 32, 0f);
  //   addRows32(dy, 0, 10, w, dx);
  //   float[] y = kept[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] = y[i] <= 0f ? 0f : dx[i];
  //   }
  // }
  @Override
  public MethodSpec inputGradient(Kernel.InputGradient kernel) {
    SumOrder order = kernel.order();
    MethodSpec.Builder method = signatures.method(kernel).addJavadoc(inputGradientInWords(kernel));
    rows(method);
    if (order.kind() == SumOrder.Kind.LANES) {
      CodeBlock first = kernel.first() ? scalar.literal(0) : CodeBlock.of("dx[i]");
      method.addCode(PlainForward.lanes(order, first, "dx", "dy", "i"));
    } else {
      if (kernel.first()) {
        method.addStatement(
            "$T.fill(dx, 0, $L, $L)", Arrays.class, order.outer(), scalar.literal(0));
      }
      method.addCode(PlainForward.blocks(scalar, helpers, order, "dx", "dy"));
    }
    return finish(method, kernel.target().width(), kernel.derivative());
  }

  /** The Javadoc of the gradient of a linear layer's input. */
  static String inputGradientInWords(Kernel.InputGradient kernel) {
    return formula("dY W", kernel.first(), kernel.derivative())
        + ": the gradient of what " + kernel.layer() + " reads. "
        + PlainForward.orderInWords(kernel.order(), kernel.first() ? "zero" : "what is there")
        + "\n";
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] += dy[i];
  // }
  @Override
  public MethodSpec sumGradient(Kernel.SumGradient kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(
            "$L: the gradient of $L, which $L adds.\n",
            formula("dY", kernel.first(), kernel.derivative()),
            kernel.target().layer(),
            kernel.layer());
    rows(method);
    part(method, 0, kernel.target().width(), kernel.first());
    return finish(method, kernel.target().width(), kernel.derivative());
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] = dy[64 + i];
  // }
  @Override
  public MethodSpec joinGradient(Kernel.JoinGradient kernel) {
    int width = kernel.target().width();
    String part = "dY[" + kernel.offset() + " .. " + (kernel.offset() + width) + "]";
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(
            "$L: the gradient of $L, which $L joins.\n",
            formula(part, kernel.first(), kernel.derivative()),
            kernel.target().layer(),
            kernel.layer());
    rows(method);
    part(method, kernel.offset(), width, kernel.first());
    return finish(method, width, kernel.derivative());
  }

  // for (int r = 0; r < n; r++) {
  //   float[] y = ys[r];
  //   float[] dx = dxs[r];
  //   for (int i = 0; i < 10; i++) {
  //     dx[i] = dx[i] * (1f - y[i]) * y[i];
  //   }
  // }
  @Override
  public MethodSpec activationGradient(Kernel.ActivationGradient kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(
            "{@code dX = $L'(dY)} of $L, in place.\n",
            kernel.derivative().function().name(),
            kernel.layer())
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dx = dxs[r]", scalar.array());
    return method
        .addCode(derivative(kernel.derivative(), kernel.gradient().width(), "ys"))
        .endControlFlow()
        .build();
  }

  private void rows(MethodSpec.Builder method) {
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r]", scalar.array())
        .addStatement("$T dx = dxs[r]", scalar.array());
  }

  private static void part(MethodSpec.Builder method, int offset, int width, boolean first) {
    if (first) {
      method.addStatement("$T.arraycopy(dy, $L, dx, 0, $L)", System.class, offset, width);
      return;
    }
    method
        .beginControlFlow("for (int i = 0; i < $L; i++)", width)
        .addStatement(offset == 0 ? "dx[i] += dy[i]" : "dx[i] += dy[" + offset + " + i]")
        .endControlFlow();
  }

  private MethodSpec finish(MethodSpec.Builder method, int width, Optional<Derivative> derivative) {
    derivative.ifPresent(next -> method.addCode(derivative(next, width, "kept")));
    return method.endControlFlow().build();
  }

  /** The derivative applied to the row {@code dx}. */
  CodeBlock derivative(Derivative derivative, int width, String kept) {
    String value = derivative.function().reads() == ActivationOp.Reads.INPUT ? "x" : "y";
    return CodeBlock.builder()
        .addStatement("$T $L = $L[r]", scalar.array(), value, kept)
        .add(functions.gradient(derivative.function(), width, value))
        .build();
  }

  private static String formula(String value, boolean first, Optional<Derivative> derivative) {
    String sum = first ? value : "dX + " + value;
    String result =
        derivative.map(next -> next.function().name() + "'(" + sum + ")").orElse(sum);
    return "{@code dX = " + result + "}";
  }
}
