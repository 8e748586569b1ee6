package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.emit.kernel.layer.RowKernels;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorNodes;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;
import dev.gradpoet.processor.plan.Epilogue;
import dev.gradpoet.processor.plan.ForwardKernel;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prints the product of a single row with a weight, with its sizes as constants. A single row cannot keep a processor busy with other rows, so all
 * chains of a sum run side by side, for as many outputs as fit into registers.
 */
final class SimdRow {

  private final Signatures signatures;
  private final Scalar scalar;
  private final Vectors vectors;
  private final RowKernels rowKernels;
  private final SimdWideRow wide;

  SimdRow(Signatures signatures, RowKernels rowKernels) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.vectors = new Vectors(scalar);
    this.rowKernels = rowKernels;
    this.wide = new SimdWideRow(signatures);
  }

  // hiddenRow(x, row.hiddenWeight, row.hiddenBias, row.hidden);
  // tanh(row.hidden, row.hidden, 32);
  /** The statements of a kernel for one row. */
  List<CodeBlock> statements(LinearKernels.Linear kernel) {
    List<CodeBlock> statements = new ArrayList<>();
    statements.add(signatures.row(kernel));
    if (inRegisters(kernel).isEmpty()) {
      rowKernels.activationOfRow(kernel).ifPresent(statements::add);
    }
    return statements;
  }

  /**
   * Whether all layers for one row can be one loop method: only products, and few enough nodes for one compilation. A call for each layer takes as
   * long as a small layer.
   */
  boolean isOneLoop(List<ForwardKernel> kernels) {
    List<LinearKernels.Linear> products = Kernel.ofKind(kernels, LinearKernels.Linear.class)
        .filter(kernel -> !kernel.isInLanes() && statements(kernel).size() == 1)
        .toList();
    return products.size() == kernels.size()
        && products.stream()
                .mapToInt(kernel -> VectorNodes.of(method(kernel).code()))
                .sum()
            <= VectorNodes.MOST;
  }

  /** The method of a kernel for one row. */
  MethodSpec method(LinearKernels.Linear kernel) {
    if (isOfFour(kernel)) {
      return few(kernel);
    }
    return kernel.order().outer() > SimdTiling.PANEL ? wide.method(kernel) : columns(kernel);
  }

  /** Whether the sums of a row fit into one vector of any width; no activation may follow, because it would read the whole padding of the row. */
  private boolean isOfFour(LinearKernels.Linear kernel) {
    return scalar == Scalar.FLOAT
        && !kernel.isInLanes()
        && kernel.order().outer() <= SimdTiling.FEW
        && kernel.epilogue().isEmpty();
  }

  // float[] m = w[0];
  // FloatVector c00 = FloatVector.fromArray(S, b, 0), c10 = FloatVector.zero(S);
  // for (int k = 0; k < 8; k++) {
  //   FloatVector x0 = FloatVector.broadcast(S, x[k]);
  //   c00 = x0.fma(FloatVector.fromArray(S, m, k * 16), c00);
  //   FloatVector x1 = FloatVector.broadcast(S, x[k + 8]);
  //   c10 = x1.fma(FloatVector.fromArray(S, m, k * 16 + 128), c10);
  // }
  // c00.add(c10).intoArray(y, 0);
  private MethodSpec few(LinearKernels.Linear kernel) {
    SumOrder order = kernel.order();
    TileCode code = new TileCode(order.chains(), 1);
    code.declareCells(vectors.type(), "c", (chain, v) -> initial(kernel, chain, "0"));
    terms(code, order, false, "");
    return head(kernel, "four outputs")
        .addCode(code.build())
        .addStatement("$L.intoArray(y, 0)", total(order, 0))
        .build();
  }

  private MethodSpec.Builder head(LinearKernels.Linear kernel, String columns) {
    int chains = kernel.order().chains();
    return signatures
        .rowMethodOfFamily(kernel)
        .addJavadoc(
            "One row of {@link #$L}, $L at a time with $L each, as many as fit into registers.\n",
            signatures.of(kernel).name(),
            columns,
            chains == 1 ? "one chain" : chains + " chains")
        .addStatement("$T m = w[0]", scalar.array());
  }

  // float[] m = w[0];
  // for (int o = 0; o < 32; o += 2 * L) {
  //   FloatVector c00 = FloatVector.fromArray(S, b, o), c01 = FloatVector.fromArray(S, b, o + L);
  //   FloatVector c10 = FloatVector.zero(S), c11 = FloatVector.zero(S);
  //   for (int k = 0; k < 32; k++) {
  //     FloatVector x0 = FloatVector.broadcast(S, x[k]);
  //     c00 = x0.fma(FloatVector.fromArray(S, m, k * 32 + o), c00); c01 = ...;
  //     FloatVector x1 = FloatVector.broadcast(S, x[k + 32]);
  //     ...
  //   }
  //   FloatVector y0 = c00.add(c10);
  //   y0.blend(0f, y0.compare(VectorOperators.LE, 0f)).intoArray(y, o);
  //   ...
  // }
  private MethodSpec columns(LinearKernels.Linear kernel) {
    int width = width(kernel);
    return head(kernel, width == 1 ? "one vector" : width + " vectors")
        .addCode(columns(kernel, inRegisters(kernel)))
        .build();
  }

  private int width(LinearKernels.Linear kernel) {
    return scalar == Scalar.FLOAT ? Padding.vectors(kernel.order().outer()) : SimdTiling.NARROW;
  }

  private CodeBlock columns(LinearKernels.Linear kernel, Optional<Epilogue> inRegisters) {
    SumOrder order = kernel.order();
    int stride = Padding.padded(order.outer());
    int width = width(kernel);
    boolean far = SimdTiling.isFar(order.inner(), order.outer());
    CodeBlock.Builder columns = CodeBlock.builder();
    if (far) {
      columns
          .add(
              "// $L, but not a constant: C2 would unroll a counted loop and then read m by columns of eight rows\n",
              stride)
          .addStatement("int stride = y.length");
    }
    columns.beginControlFlow(
        width == 1
            ? "for (int o = 0; o < $L; o += L)"
            : "for (int o = 0; o < $L; o += " + width + " * L)",
        stride);
    TileCode code = new TileCode(order.chains(), width);
    code.declareCells(
        vectors.type(), "c", (chain, v) -> initial(kernel, chain, Vectors.place("o", v)));
    terms(code, order, far, " + o");
    return columns
        .add(code.build())
        .add(results(kernel, inRegisters, width))
        .endControlFlow()
        .build();
  }

  /**
   * The activation of a product, if the method for one row applies it to sums in registers: it must have few operations, and not too many together
   * with the sums.
   */
  private Optional<Epilogue> inRegisters(LinearKernels.Linear kernel) {
    return kernel
        .epilogue()
        .filter(next -> scalar == Scalar.FLOAT)
        .filter(next -> kernel.order().outer() <= SimdTiling.PANEL)
        .filter(next -> SimdFunctions.isForRegisters(next.function()))
        .filter(next -> VectorNodes.fits(columns(kernel, Optional.of(next))));
  }

  /** Stores the sums, or their activation. */
  private CodeBlock results(
      LinearKernels.Linear kernel, Optional<Epilogue> inRegisters, int width) {
    return inRegisters
        .map(epilogue -> activated(kernel, epilogue, width))
        .orElseGet(() -> new TileCode(1, width)
            .row(
                0,
                (r, v) -> CodeBlock.of(
                    "$L.intoArray(y, $L)", total(kernel.order(), v), Vectors.place("o", v)))
            .build());
  }

  private static CodeBlock activated(LinearKernels.Linear kernel, Epilogue epilogue, int width) {
    VectorCode code = new VectorCode("x", "w", "m", "b", "y", "z", "o", "from", "k");
    boolean kept = !epilogue.output().equals(kernel.output());
    for (int v = 0; v < width; v++) {
      String place = Vectors.place("o", v);
      CodeBlock total = code.floats("y" + v, "$L", total(kernel.order(), v));
      CodeBlock value = SimdFunctions.ofRegister(epilogue.function(), code, total);
      if (kept) {
        code.statement("$L.intoArray(y, $L)", total, place);
      }
      code.statement("$L.intoArray($L, $L)", value, kept ? "z" : "y", place);
    }
    return code.statements();
  }

  private CodeBlock initial(LinearKernels.Linear kernel, int chain, String place) {
    return chain == 0 ? vectors.load(Primitives.start(kernel.bias()), place) : vectors.zero();
  }

  /**
   * Adds the terms of all chains: one term of each chain per iteration, as long as the last chain has one, then the remaining terms of the others.
   *
   * @param far whether the loop must not be a counted loop for C2
   * @param o the offset of the vectors in a row, with a plus
   */
  private void terms(TileCode code, SumOrder order, boolean far, String o) {
    int stride = Padding.padded(order.outer());
    int length = order.blockLength();
    int shortest = order.inner() - (order.chains() - 1) * length;
    if (far) {
      code.begin("for (int k = 0, at = o; at < $L * $L; k++, at += stride)", shortest, stride);
    } else {
      code.begin("for (int k = 0; k < $L; k++)", shortest);
    }
    String row = far ? "at" : "k * " + stride;
    for (int chain = 0; chain < order.chains(); chain++) {
      int ahead = chain * length;
      String at = TileCode.after(row, ahead * stride) + (far ? "" : o);
      term(code, chain, TileCode.after("k", ahead), at);
    }
    code.end();
    if (shortest == length - 1) {
      // a single iteration needs no loop
      for (int chain = 0; chain < order.chains() - 1; chain++) {
        int k = shortest + chain * length;
        term(code, chain, String.valueOf(k), k * stride + o);
      }
    } else if (shortest < length) {
      code.begin("for (int k = $L; k < $L; k++)", shortest, length);
      for (int chain = 0; chain < order.chains() - 1; chain++) {
        int ahead = chain * length;
        String at = TileCode.after("k * " + stride, ahead * stride) + o;
        term(code, chain, TileCode.after("k", ahead), at);
      }
      code.end();
    }
  }

  private void term(TileCode code, int chain, String k, String at) {
    CodeBlock x = vectors.all(CodeBlock.of("x[$L]", k));
    code.row(
        CodeBlock.of("$T x$L = $L", vectors.type(), chain, x),
        chain,
        (c, v) -> CodeBlock.of(
            "c$1L$2L = x$1L.fma($3L, c$1L$2L)", c, v, vectors.load("m", Vectors.place(at, v))));
  }

  private static CodeBlock total(SumOrder order, int vector) {
    StringBuilder total = new StringBuilder("c0" + vector);
    for (int chain = 1; chain < order.chains(); chain++) {
      total.append(".add(c").append(chain).append(vector).append(')');
    }
    return CodeBlock.of("$L", total);
  }
}
