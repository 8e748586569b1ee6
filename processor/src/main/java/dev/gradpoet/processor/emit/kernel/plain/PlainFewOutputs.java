package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.code.TileCode;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.family.Helpers.Helper;
import dev.gradpoet.processor.plan.tiling.PlainTiling;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * {@code rowProduct3(x, inner, length, w, start, y)}: one row of a product with few outputs, whose sums are variables. All products of a network
 * share it.
 *
 * @param widths the numbers of outputs
 */
record PlainFewOutputs(Scalar scalar, SortedSet<Integer> widths) implements Helper {

  static PlainFewOutputs of(Scalar scalar, Collection<SumOrder> products) {
    SortedSet<Integer> widths = new TreeSet<>();
    products.stream().map(SumOrder::outer).filter(PlainTiling::isInVariables).forEach(widths::add);
    return new PlainFewOutputs(scalar, widths);
  }

  /** Whether no product has few outputs. */
  boolean isEmpty() {
    return widths.isEmpty();
  }

  /** The largest number of outputs. */
  int most() {
    return widths.last();
  }

  /** {@code rowProduct3(x, 16, 4, w, b, y)}, with the number of outputs if that differs between layers. */
  CodeBlock call(
      Helpers helpers,
      Object x,
      Object inner,
      Object length,
      Object w,
      Object start,
      Object y,
      Object width) {
    CodeBlock call = CodeBlock.of(
        "$L($L, $L, $L, $L, $L, $L", helpers.name(this), x, inner, length, w, start, y);
    return hasSeveral() ? CodeBlock.of("$L, $L)", call, width) : CodeBlock.of("$L)", call);
  }

  private boolean hasSeveral() {
    return widths.size() > 1;
  }

  @Override
  public String wantedName() {
    return "rowProduct" + most();
  }

  @Override
  public MethodSpec method(Helpers helpers) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(helpers.name(this))
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "{@code y = x W} for one row of $L: too few for vectors, so sums are variables; chains are added in order, starting from -0.\n",
            describe())
        .addParameter(scalar.array(), "x")
        .addParameter(TypeName.INT, "inner")
        .addParameter(TypeName.INT, "length")
        .addParameter(scalar.rows(), "w")
        .addParameter(scalar.array(), "start")
        .addParameter(scalar.array(), "y");
    if (hasSeveral()) {
      method.addParameter(TypeName.INT, "width");
    }
    return method.addCode(body()).build();
  }

  private String describe() {
    if (hasSeveral()) {
      return "up to " + most() + " outputs";
    }
    return most() == 1 ? "one output" : most() + " outputs";
  }

  // float t0 = -0.0f, t1 = -0.0f, t2 = -0.0f;
  // for (int from = 0; from < inner; from += length) {
  //   float[] s = from == 0 ? start : ZEROS;
  //   float c0 = s[0], c1 = s[1], c2 = s[2];
  //   int to = Math.min(from + length, inner);
  //   for (int k = from; k < to; k++) {
  //     float[] r = w[k];
  //     c0 = Math.fma(x[k], r[0], c0); c1 = ...;
  //   }
  //   t0 += c0; ...
  // }
  // y[0] = t0;
  // if (width > 1) y[1] = t1;
  // ...
  private CodeBlock body() {
    TileCode code = new TileCode(1, most())
        .declareVectors(scalar.type(), "t", o -> scalar.literal(-0.0))
        .begin("for (int from = 0; from < inner; from += length)")
        .statement("$T s = from == 0 ? start : ZEROS", scalar.array())
        .declareVectors(scalar.type(), "c", o -> "s[" + o + "]")
        .statement("int to = $T.min(from + length, inner)", Math.class)
        .begin("for (int k = from; k < to; k++)")
        .statement("$T r = w[k]", scalar.array())
        .row(0, (r, o) -> CodeBlock.of("c$1L = $2T.fma(x[k], r[$1L], c$1L)", o, Math.class))
        .end()
        .row(0, (r, o) -> CodeBlock.of("t$1L += c$1L", o))
        .end();
    for (int o = 0; o < most(); o++) {
      // the padding is not written
      code.statement((o < widths.first() ? "" : "if (width > $1L) ") + "y[$1L] = t$1L", o);
    }
    return code.build();
  }
}
