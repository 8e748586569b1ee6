package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.graph.ActivationOp;
import dev.gradpoet.processor.graph.Expr.Variable;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Epilogue;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the plain kernels of the way forth: row by row, each row's activation right behind it. */
final class PlainForward {

  private final Signatures signatures;
  private final Scalar scalar;
  private final PlainHelpers helpers;

  PlainForward(Signatures signatures, PlainHelpers helpers) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.helpers = helpers;
  }

  /** The method of a kernel of the way forth. */
  MethodSpec method(Kernel kernel) {
    if (kernel instanceof Kernel.Product product) {
      return product(product);
    }
    if (kernel instanceof Kernel.Sum sum) {
      return sum(sum);
    }
    return join((Kernel.Join) kernel);
  }

  // for (int r = 0; r < n; r++) {
  //   float[] x = xs[r];
  //   float[] y = ys[r];
  //   System.arraycopy(b, 0, y, 0, 32);
  //   addRows32(x, 0, 64, w, y);
  //   for (int o = 0; o < 32; o++) {
  //     y[o] = Math.max(y[o], 0f);
  //   }
  // }
  private MethodSpec product(Kernel.Product kernel) {
    int in = kernel.parameters().in();
    int out = kernel.parameters().out();
    boolean bias = kernel.parameters().bias();
    MethodSpec.Builder method = signatures.method(kernel);
    CodeBlock formula = CodeBlock.of(bias ? "$L W^T + b" : "$L W^T", name(kernel.input()));
    method.addJavadoc(
        "$L, of {@code @Linear $L}, $L to $L. $L\n",
        formula(kernel.layer(), kernel.epilogue(), formula.toString()),
        kernel.layer(),
        in,
        out,
        orderInWords(kernel.order(), bias ? "the bias" : "zero"));
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T x = xs[r]", scalar.array())
        .addStatement("$T y = ys[r]", scalar.array());
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
    return method
        .addCode(epilogue(kernel.output(), kernel.epilogue()))
        .endControlFlow()
        .build();
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

  // for (int r = 0; r < n; r++) {
  //   float[] x0 = xs0[r];
  //   float[] x1 = xs1[r];
  //   float[] y = ys[r];
  //   for (int o = 0; o < 32; o++) {
  //     y[o] = x0[o] + x1[o];
  //   }
  // }
  private MethodSpec sum(Kernel.Sum kernel) {
    int operands = kernel.reads().size();
    String terms = IntStream.range(0, operands)
        .mapToObj(i -> "x" + i + "[o]")
        .collect(Collectors.joining(" + "));
    MethodSpec.Builder method = merge(kernel, kernel.reads(), kernel.epilogue(), " + ", "Add");
    return method
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = $L", terms)
        .endControlFlow()
        .addCode(epilogue(kernel.output(), kernel.epilogue()))
        .endControlFlow()
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   ...
  //   System.arraycopy(x0, 0, y, 0, 32);
  //   System.arraycopy(x1, 0, y, 32, 64);
  // }
  private MethodSpec join(Kernel.Join kernel) {
    MethodSpec.Builder method = merge(kernel, kernel.reads(), kernel.epilogue(), ", ", "Concat");
    int offset = 0;
    for (int i = 0; i < kernel.reads().size(); i++) {
      int width = kernel.reads().get(i).width();
      method.addStatement("$T.arraycopy(x$L, 0, y, $L, $L)", System.class, i, offset, width);
      offset += width;
    }
    return method
        .addCode(epilogue(kernel.output(), kernel.epilogue()))
        .endControlFlow()
        .build();
  }

  private MethodSpec.Builder merge(
      Kernel kernel,
      List<Buffer> operands,
      Optional<Epilogue> epilogue,
      String between,
      String annotation) {
    String joined = operands.stream().map(PlainForward::name).collect(Collectors.joining(between));
    String value = annotation.equals("Concat") ? "[" + joined + "]" : joined;
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(
            "$L, of {@code @$L $L}.\n",
            formula(kernel.layer(), epilogue, value),
            annotation,
            kernel.layer())
        .beginControlFlow("for (int r = 0; r < n; r++)");
    for (int i = 0; i < operands.size(); i++) {
      method.addStatement("$1T x$2L = xs$2L[r]", scalar.array(), i);
    }
    return method.addStatement("$T y = ys[r]", scalar.array());
  }

  private CodeBlock epilogue(Buffer output, Optional<Epilogue> epilogue) {
    if (epilogue.isEmpty()) {
      return CodeBlock.of("");
    }
    boolean inPlace = epilogue.get().output().equals(output);
    CodeBlock.Builder code = CodeBlock.builder();
    if (!inPlace) {
      code.addStatement("$T z = zs[r]", scalar.array());
    }
    String target = inPlace ? "y" : "z";
    return code.add(activation(epilogue.get().function(), output.width(), target))
        .build();
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = Math.max(y[o], 0f);
  // }
  private CodeBlock activation(ActivationOp function, int width, String target) {
    return function.match(new ActivationOp.Cases<>() {
      @Override
      public CodeBlock elementwise(ActivationOp.Elementwise op) {
        return CodeBlock.builder()
            .beginControlFlow("for (int o = 0; o < $L; o++)", width)
            .add(ExprPrinter.assign(
                scalar, target + "[o] =", op.value(), Map.of(Variable.X, CodeBlock.of("y[o]"))))
            .endControlFlow()
            .build();
      }

      @Override
      public CodeBlock softmax(ActivationOp.Softmax op) {
        return CodeBlock.builder()
            .addStatement("$L(y, $L)", helpers.softmax(width), target)
            .build();
      }

      @Override
      public CodeBlock logSoftmax(ActivationOp.LogSoftmax op) {
        return CodeBlock.builder()
            .addStatement("$L(y, $L)", helpers.logSoftmax(width), target)
            .build();
      }
    });
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
