package dev.gradpoet.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.graph.Expr.Variable;
import dev.gradpoet.processor.graph.LossOp;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints the kernels of a loss: the sum over the rows in double, and the gradient of each row, in one pass. */
final class PlainLoss implements LossOp.Cases<List<MethodSpec>> {

  private static final ClassName CHECK = ClassName.get(Names.SUPPORT, "Check");
  private static final TypeName CLASSES = ArrayTypeName.of(TypeName.INT);

  private final Scalar scalar;
  private final int outputs;

  PlainLoss(Plan plan, Signatures signatures) {
    this.scalar = signatures.scalar();
    this.outputs = plan.spec().outputs();
  }

  /** The methods of a loss, one for each kind of target. */
  List<MethodSpec> methods(LossOp loss) {
    return loss.match(this);
  }

  // for (int r = 0; r < n; r++) {
  //   float[] xr = xs[r];
  //   float[] dx = dxs[r];
  //   int at = (from + r) * 10;
  //   for (int o = 0; o < 10; o++) {
  //     float x = xr[o];
  //     float t = ts[at + o];
  //     sum += (x - t) * (x - t);
  //     dx[o] = 2f * (x - t) * scale;
  //   }
  // }
  // return sum;
  @Override
  public List<MethodSpec> elementwise(LossOp.Elementwise op) {
    Map<Variable, CodeBlock> variables = Map.of(
        Variable.X, CodeBlock.of("x"),
        Variable.T, CodeBlock.of("t"),
        Variable.G, CodeBlock.of("scale"));
    MethodSpec.Builder method = method(op.name(), scalar.array())
        .addJavadoc(
            "The sum of {@code $L} over $L values a row, added to {@code sum} in order, and its gradient times {@code scale}. The"
                + "\ntarget of row r is row {@code from + r} of {@code ts}.\n",
            op.formula(),
            outputs)
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T xr = xs[r]", scalar.array())
        .addStatement("$T dx = dxs[r]", scalar.array())
        .addStatement("int at = (from + r) * $L", outputs)
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("$T x = xr[o]", scalar.type())
        .addStatement("$T t = ts[at + o]", scalar.type());
    if (op.domain() == LossOp.Domain.PROBABILITY) {
      method
          .beginControlFlow("if (!(x >= $L && x <= $L))", scalar.literal(0), scalar.literal(1))
          .addStatement("throw $T.notAProbability(x, from + r, o)", CHECK)
          .endControlFlow();
    }
    method
        .addStatement("sum += $L", ExprPrinter.print(scalar, op.value(), variables))
        .addStatement(
            "dx[o] = $L", ExprPrinter.print(scalar, op.gradient().times(Variable.G), variables))
        .endControlFlow()
        .endControlFlow();
    return List.of(method.addStatement("return sum").build());
  }

  @Override
  public List<MethodSpec> crossEntropy(LossOp.CrossEntropy op) {
    return List.of(crossEntropyOfClasses(), crossEntropyOfProbabilities());
  }

  // for (int r = 0; r < n; r++) {
  //   float[] z = xs[r];
  //   float[] dz = dxs[r];
  //   int t = ts[from + r];
  //   (softmax, see below)
  //   sum += FloatMath.log(total) - (z[t] - max);
  //   for (int o = 0; o < 10; o++) {
  //     dz[o] = (dz[o] / total - (o == t ? 1f : 0f)) * scale;
  //   }
  // }
  // return sum;
  private MethodSpec crossEntropyOfClasses() {
    return method("crossEntropy", CLASSES)
        .addJavadoc(
            "The sum of {@code -log softmax(z)[t]} over the rows, added to {@code sum} in order, and its gradient"
                + "\n{@code softmax(z) - onehot(t)} times {@code scale}. The class of row r is {@code ts[from + r]}.\n")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T z = xs[r]", scalar.array())
        .addStatement("$T dz = dxs[r]", scalar.array())
        .addStatement("int t = ts[from + r]")
        .addCode(exponentials())
        .addStatement("sum += $T.log(total) - (z[t] - max)", scalar.math())
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement(
            "dz[o] = (dz[o] / total - (o == t ? $L : $L)) * scale",
            scalar.literal(1),
            scalar.literal(0))
        .endControlFlow()
        .endControlFlow()
        .addStatement("return sum")
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   float[] z = xs[r];
  //   float[] dz = dxs[r];
  //   int at = (from + r) * 10;
  //   (softmax, see below)
  //   float log = FloatMath.log(total);
  //   double weight = 0;
  //   for (int o = 0; o < 10; o++) {
  //     float t = ts[at + o];
  //     sum += t * (log - (z[o] - max));
  //     weight += t;
  //   }
  //   for (int o = 0; o < 10; o++) {
  //     dz[o] = (dz[o] / total * (float) weight - ts[at + o]) * scale;
  //   }
  // }
  // return sum;
  private MethodSpec crossEntropyOfProbabilities() {
    MethodSpec.Builder method = method("crossEntropy", scalar.array())
        .addJavadoc(
            "The sum of {@code -sum_o t[o] log softmax(z)[o]} over the rows, added to {@code sum} in order, and its gradient"
                + "\n{@code softmax(z) sum t - t} times {@code scale}. The target of row r is row {@code from + r} of {@code ts}.\n")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T z = xs[r]", scalar.array())
        .addStatement("$T dz = dxs[r]", scalar.array())
        .addStatement("int at = (from + r) * $L", outputs)
        .addCode(exponentials())
        .addStatement("$T log = $T.log(total)", scalar.type(), scalar.math())
        .addStatement("double weight = 0")
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("$T t = ts[at + o]", scalar.type())
        .addStatement("sum += t * (log - (z[o] - max))")
        .addStatement("weight += t")
        .endControlFlow();
    CodeBlock weight =
        scalar == Scalar.DOUBLE ? CodeBlock.of("weight") : CodeBlock.of("(float) weight");
    return method
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("dz[o] = (dz[o] / total * $L - ts[at + o]) * scale", weight)
        .endControlFlow()
        .endControlFlow()
        .addStatement("return sum")
        .build();
  }

  // float max = z[0];
  // for (int o = 1; o < 10; o++) {
  //   max = Math.max(max, z[o]);
  // }
  // for (int o = 0; o < 10; o++) {
  //   dz[o] = FloatMath.exp(z[o] - max);
  // }
  // float total = Chains.sum(dz, 16);
  private CodeBlock exponentials() {
    return CodeBlock.builder()
        .addStatement("$T max = z[0]", scalar.type())
        .beginControlFlow("for (int o = 1; o < $L; o++)", outputs)
        .addStatement("max = $T.max(max, z[o])", Math.class)
        .endControlFlow()
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("dz[o] = $T.exp(z[o] - max)", scalar.math())
        .endControlFlow()
        .addStatement(
            "$T total = $T.sum(dz, $L)",
            scalar.type(),
            PlainHelpers.CHAINS,
            PlainHelpers.padded(outputs))
        .build();
  }

  // static double mse(float[][] xs, int n, float[] ts, int from, double sum, float scale, float[][]
  // dxs)
  private MethodSpec.Builder method(String name, TypeName targets) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.STATIC)
        .returns(TypeName.DOUBLE)
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "n")
        .addParameter(targets, "ts")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.DOUBLE, "sum")
        .addParameter(scalar.type(), "scale")
        .addParameter(scalar.rows(), "dxs");
  }
}
