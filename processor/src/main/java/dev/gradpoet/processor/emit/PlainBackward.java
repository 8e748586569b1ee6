package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Derivative;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.Arrays;
import java.util.Optional;

/** Prints the plain kernels of the way back. */
final class PlainBackward implements Kernel.Cases<MethodSpec> {

  private final Signatures signatures;
  private final Scalar scalar;
  private final PlainProducts products;
  private final PlainGradients gradients;
  private final RowFunctions functions;

  PlainBackward(Plan plan, Signatures signatures, PlainProducts products, RowFunctions functions) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.products = products;
    this.gradients = new PlainGradients(scalar, products, plan.parameters());
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

  static final String WEIGHT_GRADIENT =
      "{@code D = D + factor xs^T dys} of any layer, a row of D for each column of xs, each sum over n samples in order from zero: the gradient of a"
          + "\nweight with factor 1; with -lr, D being the weight itself, the step of plain descent, which then needs no gradient.\n";

  @Override
  public MethodSpec weightGradient(Kernel.WeightGradient kernel) {
    return gradients.gradient(signatures.method(kernel, WEIGHT_GRADIENT));
  }

  static final String BIAS_GRADIENT =
      "{@code d = d + factor sum dY} of any layer, the samples in order from zero.\n";

  // float[] sums = scratch[0];
  // Arrays.fill(sums, 0f);
  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r];
  //   for (int o = 0; o < d.length; o++) {
  //     sums[o] += dy[o];
  //   }
  // }
  // for (int o = 0; o < d.length; o++) {
  //   d[o] = Math.fma(factor, sums[o], d[o]);
  // }
  @Override
  public MethodSpec biasGradient(Kernel.BiasGradient kernel) {
    return signatures
        .method(kernel, BIAS_GRADIENT)
        .addStatement("$T sums = scratch[0]", scalar.array())
        .addStatement("$T.fill(sums, $L)", Arrays.class, scalar.literal(0))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r]", scalar.array())
        .beginControlFlow("for (int o = 0; o < d.length; o++)")
        .addStatement("sums[o] += dy[o]")
        .endControlFlow()
        .endControlFlow()
        .beginControlFlow("for (int o = 0; o < d.length; o++)")
        .addStatement("d[o] = $T.fma(factor, sums[o], d[o])", Math.class)
        .endControlFlow()
        .build();
  }

  static final String TRANSPOSE =
      "A copy of any layer's weight for the gradient of its input; made anew on each way back, so never stale.\n";

  // for (int i = 0; i < height; i++) {
  //   float[] row = w[i];
  //   for (int o = 0; o < width; o++) {
  //     transposed[o][i] = row[o];
  //   }
  // }
  @Override
  public MethodSpec transpose(Kernel.Transpose kernel) {
    return signatures
        .method(kernel, TRANSPOSE)
        .beginControlFlow("for (int i = 0; i < height; i++)")
        .addStatement("$T row = w[i]", scalar.array())
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("transposed[o][i] = row[o]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  // product(n, dys, 10, 10, w, ZEROS, null, dxs, 32);
  // for (int r = 0; r < n; r++) {
  //   reluGradient(kept[r], dxs[r], 32);
  // }
  @Override
  public MethodSpec inputGradient(Kernel.InputGradient kernel) {
    SumOrder order = kernel.order();
    MethodSpec.Builder method = signatures.method(kernel, inputGradientInWords(kernel));
    if (order.kind() == SumOrder.Kind.LANES) {
      rows(method);
      CodeBlock first = kernel.first() ? scalar.literal(0) : CodeBlock.of("dx[i]");
      method.addCode(PlainForward.lanes(order, first, "dx", "dy", "i"));
      return finish(method, kernel.target().width(), kernel.derivative());
    }
    if (!PlainProducts.isTiled(order)) {
      rows(method);
      method.addStatement(
          products.ofRow(order, "dy", kernel.first() ? PlainForward.ZEROS : "dx", "dx"));
      return finish(method, kernel.target().width(), kernel.derivative());
    }
    method.addStatement(
        products.ofRows(order, "dys", kernel.first() ? PlainForward.ZEROS : "null", "dxs"));
    return finishRows(method, kernel.target().width(), kernel.derivative());
  }

  /** The Javadoc of the gradient of a linear layer's input. */
  static String inputGradientInWords(Kernel.InputGradient kernel) {
    return formula("dY W", kernel.first(), kernel.derivative())
        + " of what " + kernel.layer() + " reads. "
        + PlainForward.orderInWords(kernel.order(), kernel.first() ? "zero" : "what is there")
        + "\n";
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] += dy[i];
  // }
  @Override
  public MethodSpec sumGradient(Kernel.SumGradient kernel) {
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, which %s adds.\n"
            .formatted(
                formula("dY", kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
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
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s: the gradient of %s, which %s joins.\n"
            .formatted(
                formula(part, kernel.first(), kernel.derivative()),
                kernel.target().layer(),
                kernel.layer()));
    rows(method);
    part(method, kernel.offset(), width, kernel.first());
    return finish(method, width, kernel.derivative());
  }

  // for (int r = 0; r < n; r++) {
  //   sigmoidGradient(ys[r], dxs[r], 10);
  // }
  @Override
  public MethodSpec activationGradient(Kernel.ActivationGradient kernel) {
    return signatures
        .method(
            kernel,
            "{@code dX = %s'(dY)} of %s, in place.\n"
                .formatted(kernel.derivative().function().name(), kernel.layer()))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addCode(functions.gradient(
            kernel.derivative().function(), kernel.gradient().width(), "ys[r]", "dxs[r]"))
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
    derivative.ifPresent(
        next -> method.addCode(functions.gradient(next.function(), width, "kept[r]", "dx")));
    return method.endControlFlow().build();
  }

  /** The method, after the derivative of all rows, if there is one. */
  MethodSpec finishRows(MethodSpec.Builder method, int width, Optional<Derivative> derivative) {
    derivative.ifPresent(next -> method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addCode(functions.gradient(next.function(), width, "kept[r]", "dxs[r]"))
        .endControlFlow());
    return method.build();
  }

  private static String formula(String value, boolean first, Optional<Derivative> derivative) {
    String sum = first ? value : "dX + " + value;
    String result =
        derivative.map(next -> next.function().name() + "'(" + sum + ")").orElse(sum);
    return "{@code dX = " + result + "}";
  }
}
