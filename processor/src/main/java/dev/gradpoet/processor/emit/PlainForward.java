package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Epilogue;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the plain kernels of the way forth: a method for a row, its activation at the end, and one for many rows. */
final class PlainForward {

  private final Signatures signatures;
  private final Scalar scalar;
  private final PlainHelpers helpers;
  private final RowFunctions functions;

  PlainForward(Signatures signatures, PlainHelpers helpers, RowFunctions functions) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.helpers = helpers;
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
    return signatures
        .method(kernel)
        .addJavadoc(inWords(kernel))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(signatures.rowCall(kernel, "r"))
        .endControlFlow()
        .build();
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
    MethodSpec.Builder method = signatures
        .rowMethod(kernel)
        .addJavadoc("One row of {@link #$L}.\n", signatures.name(kernel));
    if (kernel instanceof Kernel.Product product) {
      return product(method, product);
    }
    if (kernel instanceof Kernel.Sum sum) {
      return sum(method, sum);
    }
    return join(method, (Kernel.Join) kernel);
  }

  // System.arraycopy(b, 0, y, 0, 32);
  // addRows32(x, 0, 64, w, y);
  // for (int o = 0; o < 32; o++) {
  //   y[o] = Math.max(y[o], 0f);
  // }
  private MethodSpec product(MethodSpec.Builder method, Kernel.Product kernel) {
    int out = kernel.parameters().out();
    boolean bias = kernel.parameters().bias();
    if (kernel.order().kind() == SumOrder.Kind.LANES) {
      method.addCode(lanes(kernel.order(), bias ? CodeBlock.of("b[o]") : scalar.literal(0), "o"));
    } else {
      if (bias) {
        method.addStatement("$T.arraycopy(b, 0, y, 0, $L)", System.class, out);
      } else {
        method.addStatement("$T.fill(y, 0, $L, $L)", Arrays.class, out, scalar.literal(0));
      }
      method.addCode(blocks(kernel.order()));
    }
    return method.addCode(epilogue(kernel.output(), kernel.epilogue(), "")).build();
  }

  /** The Javadoc of a product. */
  static String productInWords(Kernel.Product kernel) {
    boolean bias = kernel.parameters().bias();
    String value = name(kernel.input()) + (bias ? " W^T + b" : " W^T");
    return formula(kernel.layer(), kernel.epilogue(), value)
        + ", of {@code @Linear " + kernel.layer() + "}, " + kernel.parameters().in() + " to "
        + kernel.parameters().out() + ". "
        + orderInWords(kernel.order(), bias ? "the bias" : "zero") + "\n";
  }

  // for (int o = 0; o < 3; o++) {
  //   y[o] = Chains.dot(b[o], x, w[o], 64);
  // }
  private CodeBlock lanes(SumOrder order, CodeBlock start, String index) {
    return lanes(order, start, "y", "x", index);
  }

  /** The sums of a row by sixteen interleaved chains each. */
  static CodeBlock lanes(SumOrder order, CodeBlock start, String y, String x, String index) {
    return CodeBlock.builder()
        .beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", index, order.outer())
        .addStatement(
            "$L[$L] = $T.dot($L, $L, w[$L], $L)",
            y,
            index,
            PlainHelpers.CHAINS,
            start,
            x,
            index,
            PlainHelpers.padded(order.inner()))
        .endControlFlow()
        .build();
  }

  private CodeBlock blocks(SumOrder order) {
    return blocks(scalar, helpers, order, "y", "x");
  }

  // addRows32(x, 0, 16, w, y);
  // for (int from = 16; from < 64; from += 16) {
  //   Arrays.fill(partial, 0, 32, 0f);
  //   addRows32(x, from, Math.min(from + 16, 64), w, partial);
  //   for (int o = 0; o < 32; o++) {
  //     y[o] += partial[o];
  //   }
  // }
  /** The sums of a row by contiguous chains, the first going on from what is in the row. */
  static CodeBlock blocks(Scalar scalar, PlainHelpers helpers, SumOrder order, String y, String x) {
    String addRows = helpers.addRows(order.outer());
    int length = order.blockLength();
    CodeBlock.Builder code = CodeBlock.builder();
    code.addStatement("$L($L, 0, $L, w, $L)", addRows, x, Math.min(length, order.inner()), y);
    if (order.chains() > 1) {
      boolean even = order.inner() % length == 0;
      code.beginControlFlow("for (int from = $1L; from < $2L; from += $1L)", length, order.inner())
          .addStatement(
              "$T.fill(partial, 0, $L, $L)", Arrays.class, order.outer(), scalar.literal(0));
      if (even) {
        code.addStatement("$L($L, from, from + $L, w, partial)", addRows, x, length);
      } else {
        code.addStatement(
            "$L($L, from, $T.min(from + $L, $L), w, partial)",
            addRows,
            x,
            Math.class,
            length,
            order.inner());
      }
      code.beginControlFlow("for (int o = 0; o < $L; o++)", order.outer())
          .addStatement("$L[o] += partial[o]", y)
          .endControlFlow()
          .endControlFlow();
    }
    return code.build();
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
            + ", the first from "
            + start
            + ",\nadded in order.";
  }
}
