package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Epilogue;
import dev.gradpoet.processor.plan.Padding;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the plain kernels of the way forth: a method for a row, its activation at the end, and one for many rows. */
final class PlainForward {

  /** What sums without a bias start from. */
  static final String ZEROS = "ZEROS";

  private final Signatures signatures;
  private final Scalar scalar;
  private final PlainProducts products;
  private final RowFunctions functions;

  PlainForward(Signatures signatures, PlainProducts products, RowFunctions functions) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.products = products;
    this.functions = functions;
  }

  /** The methods of a kernel of the way forth. */
  List<MethodSpec> methods(Kernel kernel) {
    return List.of(ofRows(kernel), ofRow(kernel));
  }

  // for (int r = 0; r < n; r++) {
  //   hiddenRow(xs[r], w, b, ys[r]);
  // }
  MethodSpec ofRows(Kernel kernel) {
    MethodSpec.Builder method = signatures.method(kernel, inWords(kernel));
    return kernel instanceof Kernel.Product product && PlainProducts.isTiled(product.order())
        ? tiled(method, product)
        : method
            .beginControlFlow("for (int r = 0; r < n; r++)")
            .addStatement(signatures.rowCall(kernel, "r"))
            .endControlFlow()
            .build();
  }

  // product(n, xs, 64, 32, w, b, partial, ys, 32);
  // for (int r = 0; r < n; r++) {
  //   relu(ys[r], ys[r], 32);
  // }
  private MethodSpec tiled(MethodSpec.Builder method, Kernel.Product kernel) {
    method.addStatement(products.ofRows(kernel.order(), "xs", start(kernel), "ys"));
    return finishRows(method, kernel);
  }

  /** The method of a product, after the activation of all rows, if there is one. */
  MethodSpec finishRows(MethodSpec.Builder method, Kernel.Product kernel) {
    CodeBlock epilogue = epilogue(kernel.output(), kernel.epilogue(), "s[r]");
    if (!epilogue.isEmpty()) {
      method.beginControlFlow("for (int r = 0; r < n; r++)").addCode(epilogue).endControlFlow();
    }
    return method.build();
  }

  /** The row that the first chains start from. */
  static String start(Kernel.Product kernel) {
    return kernel.parameters().bias() ? "b" : ZEROS;
  }

  private String inWords(Kernel kernel) {
    if (kernel instanceof Kernel.Product product) {
      return productInWords(product);
    }
    return kernel instanceof Kernel.Sum sum
        ? mergeInWords(sum, sum.epilogue(), joined(sum, " + "), "Add")
        : mergeInWords(
            kernel, ((Kernel.Join) kernel).epilogue(), "[" + joined(kernel, ", ") + "]", "Concat");
  }

  private MethodSpec ofRow(Kernel kernel) {
    MethodSpec.Builder method = signatures.rowMethod(kernel);
    if (kernel instanceof Kernel.Product product) {
      return product(method, product);
    }
    if (kernel instanceof Kernel.Sum sum) {
      return sum(method, sum);
    }
    return join(method, (Kernel.Join) kernel);
  }

  // rowProduct(x, 64, 32, w, b, partial, y, 32);
  // relu(y, y, 32);
  private MethodSpec product(MethodSpec.Builder method, Kernel.Product kernel) {
    SumOrder order = kernel.order();
    if (order.kind() == SumOrder.Kind.LANES) {
      CodeBlock start = kernel.parameters().bias() ? CodeBlock.of("b[o]") : scalar.literal(0);
      method.addCode(lanes(order, start, "y", "x", "o"));
    } else {
      method.addStatement(products.ofRow(order, "x", start(kernel), "y"));
    }
    return method.addCode(epilogue(kernel.output(), kernel.epilogue(), "")).build();
  }

  /** The Javadoc of a product. */
  static String productInWords(Kernel.Product kernel) {
    boolean bias = kernel.parameters().bias();
    String value = name(kernel.input()) + (bias ? " W^T + b" : " W^T");
    return formula(kernel.layer(), kernel.epilogue(), value)
        + ", " + kernel.parameters().in() + " to " + kernel.parameters().out() + ". "
        + orderInWords(kernel.order(), bias ? "the bias" : "zero") + "\n";
  }

  // for (int o = 0; o < 3; o++) {
  //   y[o] = Chains.dot(b[o], x, w[o], 64);
  // }
  /** The sums of a row by sixteen interleaved chains each. */
  static CodeBlock lanes(SumOrder order, CodeBlock start, String y, String x, String index) {
    return CodeBlock.builder()
        .beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", index, order.outer())
        .addStatement(
            "$L[$L] = $T.dot($L, $L, w[$L], $L)",
            y,
            index,
            Names.CHAINS,
            start,
            x,
            index,
            Padding.padded(order.inner()))
        .endControlFlow()
        .build();
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = x0[o] + x1[o];
  // }
  private MethodSpec sum(MethodSpec.Builder method, Kernel.Sum kernel) {
    String terms = IntStream.range(0, kernel.reads().size())
        .mapToObj(i -> "x" + i + "[o]")
        .collect(Collectors.joining(" + "));
    return method
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = $L", terms)
        .endControlFlow()
        .addCode(epilogue(kernel.output(), kernel.epilogue(), ""))
        .build();
  }

  // System.arraycopy(x0, 0, y, 0, 32);
  // System.arraycopy(x1, 0, y, 32, 64);
  private MethodSpec join(MethodSpec.Builder method, Kernel.Join kernel) {
    int offset = 0;
    for (int i = 0; i < kernel.reads().size(); i++) {
      int width = kernel.reads().get(i).width();
      method.addStatement("$T.arraycopy(x$L, 0, y, $L, $L)", System.class, i, offset, width);
      offset += width;
    }
    return method.addCode(epilogue(kernel.output(), kernel.epilogue(), "")).build();
  }

  private static String joined(Kernel kernel, String between) {
    return kernel.reads().stream().map(PlainForward::name).collect(Collectors.joining(between));
  }

  private static String mergeInWords(
      Kernel kernel, Optional<Epilogue> epilogue, String value, String annotation) {
    return formula(kernel.layer(), epilogue, value) + ", of {@code @" + annotation + " "
        + kernel.layer() + "}.\n";
  }

  /**
   * The activation of a row that is complete.
   *
   * @param row what follows {@code y} and {@code z} in the names of rows
   */
  CodeBlock epilogue(Buffer output, Optional<Epilogue> epilogue, String row) {
    return epilogue
        .map(next -> functions.value(
            next.function(),
            output.width(),
            "y" + row,
            (next.output().equals(output) ? "y" : "z") + row))
        .orElse(CodeBlock.of(""));
  }

  private static String formula(String layer, Optional<Epilogue> epilogue, String value) {
    String applied =
        epilogue.map(next -> next.function().name() + "(" + value + ")").orElse(value);
    return "{@code " + layer + " = " + applied + "}";
  }

  private static String name(Buffer buffer) {
    return buffer.layer();
  }

  /** What a reader of the kernel should know of the order of its sums. */
  static String orderInWords(SumOrder order, String start) {
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
