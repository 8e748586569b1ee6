package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.Sequence;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Kernel.Epilogue;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the kernels of the way forth, which all families have in common, and the way of a single row, in which products are each family's own. */
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
    List<MethodSpec> methods = new ArrayList<>();
    for (Kernel kernel : plan.forward()) {
      if (kernel instanceof Kernel.Product product) {
        methods.add(
            product.order().kind() == SumOrder.Kind.LANES ? lanes(product) : blocks(product));
      } else {
        methods.add(merge(kernel));
        methods.add(mergeOfRow(kernel));
      }
    }
    return methods;
  }

  // product(n, xs, 64, 32, w, b, partial, ys, 32);
  // relu(n, ys, ys, 32);
  private MethodSpec blocks(Kernel.Product kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel, productInWords(kernel))
        .addStatement(primitives.product(kernel.order(), "xs", start(kernel), "ys"));
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
  private MethodSpec lanes(Kernel.Product kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel, productInWords(kernel))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(primitives.dotProducts(
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

  /** The row that the first chains start from. */
  public static String start(Kernel.Product kernel) {
    return kernel.parameters().bias() ? "b" : Primitives.ZEROS;
  }

  // for (int r = 0; r < n; r++) {
  //   bothRow(xs0[r], xs1[r], ys[r]);
  // }
  private MethodSpec merge(Kernel kernel) {
    return signatures
        .method(kernel, mergeInWords(kernel))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(signatures.of(kernel).rowOfRows())
        .endControlFlow()
        .build();
  }

  private MethodSpec mergeOfRow(Kernel kernel) {
    MethodSpec.Builder method = signatures.rowMethod(kernel);
    if (kernel instanceof Kernel.Sum sum) {
      addTerms(method, sum);
    } else {
      copyParts(method, kernel);
    }
    epilogue(kernel)
        .ifPresent(next -> method.addStatement(activation(kernel.writes().get(), next, "y", "z")));
    return method.build();
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = x0[o] + x1[o];
  // }
  private static void addTerms(MethodSpec.Builder method, Kernel.Sum kernel) {
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
  private static void copyParts(MethodSpec.Builder method, Kernel kernel) {
    int offset = 0;
    for (int i = 0; i < kernel.reads().size(); i++) {
      int width = kernel.reads().get(i).width();
      method.addStatement("$T.arraycopy(x$L, 0, y, $L, $L)", System.class, i, offset, width);
      offset += width;
    }
  }

  // void row(Row row, float[] x) {
  //   rowProduct(x, 64, 64, row.hiddenWeight, row.hiddenBias, null, row.hidden, 32);
  //   relu(row.hidden, row.hidden, 32);
  //   ...
  // }
  /**
   * Adds the way of one row through the network to a family.
   *
   * @param products the family's statements for a product in blocks, its activation included
   */
  public void addRow(TypeSpec.Builder family, Function<Kernel.Product, List<CodeBlock>> products) {
    List<CodeBlock> statements = new ArrayList<>();
    for (Kernel kernel : plan.forward()) {
      if (!(kernel instanceof Kernel.Product product)) {
        statements.add(signatures.row(kernel));
      } else if (product.order().kind() == SumOrder.Kind.LANES) {
        statements.add(dotProductsOfRow(product));
        activationOfRow(product).ifPresent(statements::add);
      } else {
        statements.addAll(products.apply(product));
      }
    }
    Sequence.add(family, signatures.rowsMethod(), statements);
  }

  // dotProducts(row.hidden, 784, row.logitsWeight, row.logitsBias, row.partial, row.logits, 3);
  private CodeBlock dotProductsOfRow(Kernel.Product kernel) {
    Map<String, CodeBlock> row = signatures.of(kernel).rowArguments();
    return primitives.dotProducts(
        kernel.order(),
        row.get("x"),
        row.get("w"),
        startOfRow(row),
        row.get("partial"),
        row.get("y"));
  }

  /** What the sums of a row start from, by what is passed for it. */
  public static CodeBlock startOfRow(Map<String, CodeBlock> row) {
    return row.getOrDefault("b", CodeBlock.of(Primitives.ZEROS));
  }

  // relu(row.hidden, row.hidden, 32);
  /** The activation of a product of one row. */
  public Optional<CodeBlock> activationOfRow(Kernel.Product kernel) {
    Map<String, CodeBlock> row = signatures.of(kernel).rowArguments();
    CodeBlock y = row.get("y");
    return kernel.epilogue().map(next -> primitives.activation(next, y, row.getOrDefault("z", y)));
  }

  /** The activation of a row {@code y}, or of {@code y} to {@code z} where both are kept. */
  private CodeBlock activation(Buffer output, Epilogue epilogue, String y, String z) {
    return primitives.activation(
        epilogue, CodeBlock.of(y), CodeBlock.of(epilogue.output().equals(output) ? y : z));
  }

  private static Optional<Epilogue> epilogue(Kernel kernel) {
    return kernel instanceof Kernel.Sum sum ? sum.epilogue() : ((Kernel.Join) kernel).epilogue();
  }

  private static String productInWords(Kernel.Product kernel) {
    boolean bias = kernel.parameters().bias();
    String value = kernel.input().layer() + (bias ? " W^T + b" : " W^T");
    return formula(kernel.layer(), kernel.epilogue(), value)
        + ", " + kernel.parameters().in() + " to " + kernel.parameters().out() + ". "
        + orderInWords(kernel.order(), bias ? "the bias" : "zero") + "\n";
  }

  private static String mergeInWords(Kernel kernel) {
    boolean sum = kernel instanceof Kernel.Sum;
    String joined =
        kernel.reads().stream().map(Buffer::layer).collect(Collectors.joining(sum ? " + " : ", "));
    return formula(kernel.layer(), epilogue(kernel), sum ? joined : "[" + joined + "]")
        + ", of {@code @" + (sum ? "Add" : "Concat") + " " + kernel.layer() + "}.\n";
  }

  private static String formula(String layer, Optional<Epilogue> epilogue, String value) {
    String applied =
        epilogue.map(next -> next.function().name() + "(" + value + ")").orElse(value);
    return "{@code " + layer + " = " + applied + "}";
  }

  /** What a reader of the kernel should know of the order of its sums. */
  public static String orderInWords(SumOrder order, String start) {
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
