package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Padding;
import dev.gradpoet.processor.plan.SimdTiling;
import dev.gradpoet.processor.plan.SumOrder;
import java.util.Optional;

/**
 * Prints the product of a single row, all of its constants in place. A row has no other rows to keep a processor busy with, so all chains of
 * a sum run at once, for as many outputs as registers hold.
 */
final class SimdRow {

  private final Signatures signatures;
  private final Scalar scalar;
  private final Vectors vectors;
  private final PlainForward plain;

  SimdRow(Signatures signatures, PlainForward plain) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.vectors = new Vectors(scalar);
    this.plain = plain;
  }

  /** The method of a kernel for one row. */
  MethodSpec method(Kernel.Product kernel) {
    return SimdTiling.isStream(kernel.order().outer()) ? stream(kernel) : columns(kernel);
  }

  // float[] m = w[0];
  // System.arraycopy(b, 0, y, 0, 512);
  // int k = 0;
  // for (; k + 4 <= 784; k += 4) {
  //   FloatVector x0 = FloatVector.broadcast(S, x[k]), ..., x3 = ...;
  //   for (int o = 0, at = k * 512; o < 512; o += L, at += L) {
  //     FloatVector c = x0.fma(FloatVector.fromArray(S, m, at), FloatVector.fromArray(S, y, o));
  //     c = x1.fma(FloatVector.fromArray(S, m, at + 512), c);
  //     ...
  //     c.intoArray(y, o);
  //   }
  // }
  // (one k at a time for what is left)
  private MethodSpec stream(Kernel.Product kernel) {
    SumOrder order = kernel.order();
    int stride = Padding.padded(order.outer());
    MethodSpec.Builder method = signatures
        .rowMethod(kernel)
        .addJavadoc(
            "One row of {@link #$L}: $L rows of the weight at a time, whole rows, so that caches fetch ahead; the sums are in y.\n",
            signatures.name(kernel),
            SimdTiling.STREAMS)
        .addStatement("$T m = w[0]", scalar.array())
        .addStatement(
            "$T.arraycopy($L, 0, y, 0, $L)", System.class, PlainForward.start(kernel), stride);
    int whole = order.inner() / SimdTiling.STREAMS * SimdTiling.STREAMS;
    if (whole > 0) {
      method.beginControlFlow("for (int k = 0; k < $L; k += $L)", whole, SimdTiling.STREAMS);
      streams(method, SimdTiling.STREAMS, stride);
    }
    if (whole < order.inner()) {
      method.beginControlFlow("for (int k = $L; k < $L; k++)", whole, order.inner());
      streams(method, 1, stride);
    }
    return method
        .addCode(plain.epilogue(kernel.output(), kernel.epilogue(), ""))
        .build();
  }

  private void streams(MethodSpec.Builder method, int rows, int stride) {
    for (int q = 0; q < rows; q++) {
      method.addStatement(
          "$T x$L = $L",
          vectors.type(),
          q,
          vectors.all(CodeBlock.of("x[$L]", TileCode.after("k", q))));
    }
    method
        .beginControlFlow("for (int o = 0, at = k * $1L; o < $1L; o += L, at += L)", stride)
        .addStatement(
            "$T c = x0.fma($L, $L)",
            vectors.type(),
            vectors.load("m", "at"),
            vectors.load("y", "o"));
    for (int q = 1; q < rows; q++) {
      method.addStatement("c = x$L.fma($L, c)", q, vectors.load("m", "at + " + q * stride));
    }
    method.addStatement("c.intoArray(y, o)").endControlFlow().endControlFlow();
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
  private MethodSpec columns(Kernel.Product kernel) {
    SumOrder order = kernel.order();
    int stride = Padding.padded(order.outer());
    int width =
        scalar == Scalar.FLOAT ? SimdTiling.vectorsOfARow(order.outer()) : SimdTiling.NARROW;
    boolean even = scalar == Scalar.DOUBLE || SimdTiling.vectors(order.outer()) % width == 0;
    MethodSpec.Builder method = signatures
        .rowMethod(kernel)
        .addJavadoc(
            "One row of {@link #$L}: $L at a time, $L each, is what registers hold.$L\n",
            signatures.name(kernel),
            width == 1 ? "one vector" : width + " vectors",
            order.chains() == 1 ? "one chain" : "all " + order.chains() + " chains of",
            even ? "" : " The last ones overlap those before them: the same values once more.")
        .addStatement("$T m = w[0]", scalar.array());
    String place = even ? "o" : "from";
    method.beginControlFlow(
        width == 1
            ? "for (int $L = 0; $L < $L; $L += L)"
            : "for (int $L = 0; $L < $L; $L += " + width + " * L)",
        place,
        place,
        stride,
        place);
    if (!even) {
      method.addStatement("int o = $T.min(from, $L - $L * L)", Math.class, stride, width);
    }
    TileCode code = new TileCode(order.chains(), width);
    code.declareCells(
        vectors.type(), "c", (chain, v) -> initial(chain, v, PlainForward.start(kernel)));
    terms(code, order, stride);
    method.addCode(code.build());
    boolean complete = results(method, kernel, width);
    method.endControlFlow();
    if (!complete) {
      method.addCode(plain.epilogue(kernel.output(), kernel.epilogue(), ""));
    }
    return method.build();
  }

  /** Stores the sums, and says whether their activation, too. */
  private boolean results(MethodSpec.Builder method, Kernel.Product kernel, int width) {
    Optional<Kernel.Epilogue> inRegisters = kernel
        .epilogue()
        .filter(next -> scalar == Scalar.FLOAT && width <= SimdTiling.ACTIVATED)
        .filter(next -> SimdFunctions.isForRegisters(next.function()));
    if (inRegisters.isPresent()) {
      method.addCode(activated(kernel, inRegisters.get(), width));
      return true;
    }
    method.addCode(new TileCode(1, width)
        .row(
            0,
            (r, v) -> CodeBlock.of(
                "$L.intoArray(y, $L)", total(kernel.order(), v), Vectors.place("o", v)))
        .build());
    return false;
  }

  private static CodeBlock activated(Kernel.Product kernel, Kernel.Epilogue epilogue, int width) {
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

  private CodeBlock initial(int chain, int vector, String start) {
    return chain == 0
        ? vectors.load(start, Vectors.place("o", vector))
        : CodeBlock.of("$T.zero(S)", vectors.type());
  }

  /** All chains a term each, as often as the last chain has one; then the others' last terms. */
  private void terms(TileCode code, SumOrder order, int stride) {
    int length = order.blockLength();
    int shortest = order.inner() - (order.chains() - 1) * length;
    code.begin("for (int k = 0; k < $L; k++)", shortest);
    for (int chain = 0; chain < order.chains(); chain++) {
      term(code, chain, length, stride);
    }
    code.end();
    if (shortest < length) {
      code.begin("for (int k = $L; k < $L; k++)", shortest, length);
      for (int chain = 0; chain < order.chains() - 1; chain++) {
        term(code, chain, length, stride);
      }
      code.end();
    }
  }

  private void term(TileCode code, int chain, int length, int stride) {
    String k = chain == 0 ? "k" : "k + " + chain * length;
    String at =
        (chain == 0 ? "k * " + stride : "k * " + stride + " + " + chain * length * stride) + " + o";
    code.statement("$T x$L = $L", vectors.type(), chain, vectors.all(CodeBlock.of("x[$L]", k)))
        .row(
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
