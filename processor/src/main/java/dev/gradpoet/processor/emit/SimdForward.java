package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Padding;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.List;

/** Prints the vector kernels of the way forth: products in tiles, one row by itself, merges as in plain Java. */
final class SimdForward {

  private final Signatures signatures;
  private final SimdProducts products;
  private final SimdDot dot;
  private final SimdRow row;
  private final PlainForward plain;

  SimdForward(Signatures signatures, SimdProducts products, SimdDot dot, PlainForward plain) {
    this.signatures = signatures;
    this.products = products;
    this.dot = dot;
    this.row = new SimdRow(signatures, plain);
    this.plain = plain;
  }

  /** The methods of a kernel of the way forth. */
  List<MethodSpec> methods(Kernel kernel) {
    if (!(kernel instanceof Kernel.Product product)) {
      return plain.methods(kernel);
    }
    return product.order().kind() == SumOrder.Kind.LANES
        ? List.of(plain.ofRows(product), lanes(product))
        : List.of(tiled(product), row.method(product));
  }

  // if (n == 1) {
  //   hiddenRow(xs[0], w, b, ys[0]);
  //   return;
  // }
  // product(n, xs, 64, 32, w, b, ys, 32);
  // for (int r = 0; r < n; r++) {
  //   relu(ys[r], ys[r], 32);
  // }
  private MethodSpec tiled(Kernel.Product kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel, PlainForward.productInWords(kernel))
        .beginControlFlow("if (n == 1)")
        .addStatement(signatures.rowCall(kernel, "0"))
        .addStatement("return")
        .endControlFlow()
        .addStatement(products.call(kernel.order(), "xs", PlainForward.start(kernel) + ", ys"));
    return plain.finishRows(method, kernel);
  }

  // for (int o = 0; o < 3; o++) {
  //   y[o] = dot(b[o], x, w[0], o * 64, 64, partial);
  // }
  private MethodSpec lanes(Kernel.Product kernel) {
    CodeBlock start =
        kernel.parameters().bias() ? CodeBlock.of("b[o]") : signatures.scalar().literal(0);
    return signatures
        .rowMethod(kernel)
        .addJavadoc("One row of {@link #$L}.\n", signatures.name(kernel))
        .addCode(lanes(dot, kernel.order(), "y", "x", start, "o"))
        .addCode(plain.epilogue(kernel.output(), kernel.epilogue(), ""))
        .build();
  }

  /** The sums of a row, each by the lanes of its vectors. */
  static CodeBlock lanes(
      SimdDot dot, SumOrder order, String y, String x, CodeBlock start, String index) {
    return CodeBlock.builder()
        .beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", index, order.outer())
        .addStatement(
            "$L[$L] = $L($L, $L, w[0], $L * $L, $L, partial)",
            y,
            index,
            dot.name(),
            start,
            x,
            index,
            Padding.padded(order.inner()),
            order.inner())
        .endControlFlow()
        .build();
  }
}
