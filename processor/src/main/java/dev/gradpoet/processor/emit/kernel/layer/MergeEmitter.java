package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.BackwardKernel.InputGradient;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.MergeKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prints the kernels of sums, products and concatenations: plain loops over rows, which C2 turns into vectors. */
record MergeEmitter(ForwardMethods forward, Signatures signatures, BackwardMethods backward) {

  Stream<MethodSpec> add(MergeKernels.Add kernel) {
    return forward.rowByRow(kernel, "Add", combined(kernel, " + "));
  }

  Stream<MethodSpec> mul(MergeKernels.Mul kernel) {
    return forward.rowByRow(kernel, "Mul", combined(kernel, " * "));
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = x0[o] + x1[o];
  // }
  private MethodSpec.Builder combined(ForwardKernel kernel, String operator) {
    String values = IntStream.range(0, kernel.reads().size())
        .mapToObj(i -> "x" + i + "[o]")
        .collect(Collectors.joining(operator));
    return signatures
        .rowMethod(kernel)
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = $L", values)
        .endControlFlow();
  }

  // System.arraycopy(x0, 0, y, 0, 32);
  // System.arraycopy(x1, 0, y, 32, 64);
  Stream<MethodSpec> concat(MergeKernels.Concat kernel) {
    MethodSpec.Builder row = signatures.rowMethod(kernel);
    int offset = 0;
    for (int i = 0; i < kernel.reads().size(); i++) {
      int width = kernel.reads().get(i).width();
      row.addStatement("$T.arraycopy(x$L, 0, y, $L, $L)", System.class, i, offset, width);
      offset += width;
    }
    return forward.rowByRow(kernel, "Concat", row);
  }

  MethodSpec addGradient(MergeKernels.AddGradient kernel) {
    return part(kernel, "dY", 0);
  }

  MethodSpec concatGradient(MergeKernels.ConcatGradient kernel) {
    int offset = kernel.offset();
    String value = "dY[" + offset + " .. " + (offset + kernel.target().width()) + "]";
    return part(kernel, value, offset);
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], dx = dxs[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] += dy[64 + i];
  //   }
  //   (derivative)
  // }
  private MethodSpec part(InputGradient kernel, String value, int offset) {
    int width = kernel.target().width();
    MethodSpec.Builder method = backward
        .begin(kernel, value, "an operand of " + kernel.layer())
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r], dx = dxs[r]", signatures.scalar().array());
    if (kernel.first()) {
      method.addStatement("$T.arraycopy(dy, $L, dx, 0, $L)", System.class, offset, width);
    } else {
      method
          .beginControlFlow("for (int i = 0; i < $L; i++)", width)
          .addStatement(offset == 0 ? "dx[i] += dy[i]" : "dx[i] += dy[" + offset + " + i]")
          .endControlFlow();
    }
    return backward.derivedRowByRow(method, kernel);
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], x0 = xs0[r], x2 = xs2[r], dx = dxs[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] = dy[i] * x2[i] * x0[i];
  //   }
  //   (derivative)
  // }
  /** The product goes the way back through {@code x0 * x1 * x2}, as PyTorch does: from the last operand to this one, then the product of those before it. */
  MethodSpec mulGradient(MergeKernels.MulGradient kernel) {
    List<String> layers = kernel.operands().stream().map(Buffer::layer).toList();
    List<String> values = new ArrayList<>();
    StringBuilder rows = new StringBuilder("dy = dys[r]");
    for (int i = 0; i < layers.size(); i++) {
      values.add("x" + i + "[i]");
      rows.append(i == kernel.operand() ? "" : ", x%1$s = xs%1$s[r]".formatted(i));
    }
    MethodSpec.Builder method = backward
        .begin(kernel, factors("dY", layers, kernel.operand()), "an operand of " + kernel.layer())
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T $L, dx = dxs[r]", signatures.scalar().array(), rows)
        .beginControlFlow("for (int i = 0; i < $L; i++)", kernel.target().width())
        .addStatement(
            "dx[i] $L $L", kernel.first() ? "=" : "+=", factors("dy[i]", values, kernel.operand()))
        .endControlFlow();
    return backward.derivedRowByRow(method, kernel);
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
}
