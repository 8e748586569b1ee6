package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * A second kernel family, made by hand: the products of the way forth in tiles of three rows and two outputs, all chains of a sum at
 * once, where the plain family goes row by row and chain by chain. Only the plan's order of summation is common to the two.
 */
final class TiledFamily implements KernelFamily {

  private static final int ROWS = 3;

  @Override
  public String className() {
    return "TiledKernels";
  }

  @Override
  public TypeSpec kernels(Plan plan, Signatures signatures) {
    TypeSpec plain = new PlainFamily().kernels(plan, signatures);
    TypeSpec.Builder tiled =
        TypeSpec.classBuilder(className()).addModifiers(plain.modifiers().toArray(Modifier[]::new));
    tiled.addFields(plain.fieldSpecs());
    for (MethodSpec method : plain.methodSpecs()) {
      tiled.addMethod(plan.forward().stream()
          .filter(kernel -> signatures.name(kernel).equals(method.name()))
          .map(kernel -> tiled((Kernel.Product) kernel, signatures))
          .findFirst()
          .orElse(method));
    }
    return tiled.build();
  }

  // for (int o = 0; o < OUT; o++) {
  //   for (int from = 0; from < n; from += 3) {
  //     for (int r = from; r < Math.min(from + 3, n); r++) {
  //       float c0 = b[o], c1 = 0, ...;
  //       for (int k = 0; k < length; k++) {
  //         c0 = Math.fma(xs[r][k], w[k][o], c0);
  //         if (length + k < in) c1 = Math.fma(xs[r][length + k], w[length + k][o], c1);
  //       }
  //       ys[r][o] = c0 + c1 + ...;
  //     }
  //   }
  // }
  private static MethodSpec tiled(Kernel.Product kernel, Signatures signatures) {
    SumOrder order = kernel.order();
    Scalar scalar = signatures.scalar();
    boolean lanes = order.kind() == SumOrder.Kind.LANES;
    int step = lanes ? 1 : order.blockLength();
    int length = lanes ? (order.inner() + 15) / 16 : order.blockLength();
    MethodSpec.Builder method = signatures
        .method(kernel, PlainForward.productInWords(kernel))
        .beginControlFlow("for (int o = 0; o < $L; o++)", order.outer())
        .beginControlFlow("for (int from = 0; from < n; from += $L)", ROWS)
        .beginControlFlow("for (int r = from; r < Math.min(from + $L, n); r++)", ROWS);
    for (int c = 0; c < order.chains(); c++) {
      boolean biased = c == 0 && kernel.parameters().bias();
      method.addStatement(
          "$T c$L = $L", scalar.type(), c, biased ? CodeBlock.of("b[o]") : scalar.literal(0));
    }
    method.beginControlFlow("for (int k = 0; k < $L; k++)", length);
    for (int c = 0; c < order.chains(); c++) {
      String at = lanes ? "16 * k + " + c : c * step + " + k";
      String weight = lanes ? "w[o][" + at + "]" : "w[" + at + "][o]";
      method
          .beginControlFlow("if ($L < $L)", at, order.inner())
          .addStatement("c$1L = Math.fma(xs[r][$2L], $3L, c$1L)", c, at, weight)
          .endControlFlow();
    }
    return method
        .endControlFlow()
        .addStatement("ys[r][o] = $L", lanes ? tree(0, 1) : inOrder(order.chains()))
        .endControlFlow()
        .endControlFlow()
        .endControlFlow()
        .build();
  }

  private static String inOrder(int chains) {
    return IntStream.range(0, chains).mapToObj(c -> "c" + c).collect(Collectors.joining(" + "));
  }

  /** The sum of the chains {@code lane, lane + stride, ...} as the tree has it: halves first. */
  private static String tree(int lane, int stride) {
    return stride == 16
        ? "c" + lane
        : "(" + tree(lane, 2 * stride) + " + " + tree(lane + stride, 2 * stride) + ")";
  }
}
