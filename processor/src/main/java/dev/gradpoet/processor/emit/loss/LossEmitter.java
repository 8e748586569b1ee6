package dev.gradpoet.processor.emit.loss;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHECK;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.gradpoet.processor.emit.code.ExprPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.LossOp;
import dev.gradpoet.processor.plan.Plan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Prints the nested class {@code Losses}: the sum of a loss over the rows, in double and in order, and the gradient of each row. It is the same for
 * all kernel families.
 */
public final class LossEmitter implements LossOp.Cases<List<MethodSpec>> {

  private final Scalar scalar;
  private final String kernels;
  private final int outputs;

  private final LossMethods methods;

  private LossEmitter(Plan plan, Signatures signatures) {
    this.scalar = signatures.scalar();
    this.kernels = signatures.choice().owner();
    this.outputs = plan.outputs();
    this.methods = new LossMethods(
        scalar,
        outputs,
        plan.network().objective().unreduced(),
        plan.hasTwoPassLoss(),
        new LossTargets(plan, scalar).takesClasses());
  }

  // private static final class Losses {
  //   static double mse(float[][] xs, int n, float[] ts, ...) { ... }
  // }
  /** The class of a loss, with its weights and a method for each kind of target. */
  public static TypeSpec losses(LossOp loss, Plan plan, Signatures signatures) {
    TypeSpec.Builder type = TypeSpec.classBuilder("Losses")
        .addJavadoc(
            "The loss: its sum over the rows, in double and in order, and the gradient of each row.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    LossWeights.add(type, loss, signatures.scalar());
    type.addMethods(loss.match(new LossEmitter(plan, signatures)));
    return type.build();
  }

  // for (int r = 0; r < n; r++) {
  //   float[] xr = xs[r];
  //   float[] dx = dxs[r];
  //   int at = (from + r) * 10;
  //   for (int o = 0; o < 10; o++) {
  //     float x = xr[o];
  //     float t = ts[at + o];
  //     float loss = (x - t) * (x - t);
  //     sum += loss;
  //     dx[o] = (x - t) * (2f * scale);
  //   }
  // }
  // return sum;
  @Override
  public List<MethodSpec> elementwise(LossOp.Elementwise op) {
    MethodSpec declared = elementwise(op, !op.posWeight().isEmpty());
    return op.withPosWeight()
        .map(other -> List.of(declared, elementwise(other, true)))
        .orElse(List.of(declared));
  }

  private MethodSpec elementwise(LossOp.Elementwise op, boolean readsPosWeights) {
    Map<Variable, CodeBlock> variables = new HashMap<>(Map.of(
        Variable.X, CodeBlock.of("x"),
        Variable.T, CodeBlock.of("t"),
        Variable.G, CodeBlock.of("scale")));
    variables.put(Variable.W, CodeBlock.of("$L[o]", LossWeights.WEIGHT));
    variables.put(Variable.P, CodeBlock.of("ps[o]"));
    MethodSpec.Builder method = methods
        .method(op.name(), scalar.array(), readsPosWeights)
        .addJavadoc(
            "The sum of {@code $L} over $L per row, added to {@code sum} in order, and its gradient times {@code scale}. The"
                + "\ntarget of row r is row {@code from + r} of {@code ts}.$L\n",
            op.formula(),
            outputs == 1 ? "one value" : outputs + " values",
            methods.describeEach())
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
        .addCode(ExprPrinter.assign(
            scalar, CodeBlock.of("$T loss =", scalar.type()).toString(), op.value(), variables))
        .addStatement("sum += loss");
    methods.each(method, "r * " + outputs + " + o", "loss");
    method
        .addCode(ExprPrinter.assign(scalar, "dx[o] =", op.gradient(), variables))
        .endControlFlow()
        .endControlFlow();
    return method.addStatement("return sum").build();
  }

  @Override
  public List<MethodSpec> crossEntropy(LossOp.CrossEntropy op) {
    return new CrossEntropyEmitter(methods, op, kernels, scalar, outputs).methods();
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dx = dxs[r];
  //   Arrays.fill(dx, 0, 10, 0f);
  //   int t = ts[from + r];
  //   if (t == -100) {
  //     continue;
  //   }
  //   float loss = -xs[r][t] * ws[t];
  //   sum += loss;
  //   dx[t] = -ws[t] * scale;
  // }
  // return sum;
  @Override
  public List<MethodSpec> negativeLogLikelihood(LossOp.NegativeLogLikelihood op) {
    MethodSpec.Builder method = methods
        .method(op.name(), LossTargets.CLASSES)
        .addJavadoc(
            "The sum of {@code -w[t] x[t]} over the rows, added to {@code sum} in order, and its gradient times {@code scale}. The"
                + "\nclass of row r is {@code ts[from + r]}; w is the weight of each class, 1 by default.$L\n",
            methods.describeEach())
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dx = dxs[r]", scalar.array())
        .addStatement("$T.fill(dx, 0, $L, $L)", Arrays.class, outputs, scalar.literal(0))
        .addStatement("int t = ts[from + r]");
    methods.ignore(method, op.ignoreIndex(), false);
    method.addStatement("$T loss = -xs[r][t] * ws[t]", scalar.type()).addStatement("sum += loss");
    methods.each(method, "r", "loss");
    method.addStatement("dx[t] = -ws[t] * scale").endControlFlow().addStatement("return sum");
    return List.of(method.build());
  }
}
