package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.ExprPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import java.util.Map;

/** Prints the activations and their derivatives in plain Java, value by value. */
public final class ScalarFunctions {

  private final Scalar scalar;
  private final Primitives primitives;

  public ScalarFunctions(Scalar scalar, Primitives primitives) {
    this.scalar = scalar;
    this.primitives = primitives;
  }

  /** The method of a function. */
  public MethodSpec method(RowFunction function) {
    MethodSpec.Builder method = primitives.functionMethod(function);
    ScalarSoftmax softmax = new ScalarSoftmax(scalar, method);
    return function.activation().match(new ActivationOp.Cases<>() {
      @Override
      public MethodSpec elementwise(ActivationOp.Elementwise op) {
        return function.gradient() ? gradient(method, op) : value(method, op);
      }

      @Override
      public MethodSpec softmax(ActivationOp.Softmax op) {
        return function.gradient() ? softmax.gradient() : softmax.value();
      }

      @Override
      public MethodSpec logSoftmax(ActivationOp.LogSoftmax op) {
        return function.gradient() ? softmax.logGradient() : softmax.logValue();
      }
    });
  }

  // for (int o = 0; o < width; o++) {
  //   to[o] = Math.max(from[o], 0f);
  // }
  private MethodSpec value(MethodSpec.Builder method, ActivationOp.Elementwise op) {
    return valueByValue(method, op.value(), Map.of(Variable.X, CodeBlock.of("from[o]")));
  }

  // for (int o = 0; o < width; o++) {
  //   to[o] = from[o] <= 0f ? 0f : to[o];
  // }
  private MethodSpec gradient(MethodSpec.Builder method, ActivationOp.Elementwise op) {
    boolean ofInput = op.reads() == ActivationOp.Reads.INPUT;
    Map<Variable, CodeBlock> variables = Map.of(
        Variable.G,
        CodeBlock.of("to[o]"),
        ofInput ? Variable.X : Variable.Y,
        CodeBlock.of("from[o]"));
    return valueByValue(method, op.gradient(), variables);
  }

  private MethodSpec valueByValue(
      MethodSpec.Builder method, Expr expr, Map<Variable, CodeBlock> variables) {
    return method
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addCode(ExprPrinter.assign(scalar, "to[o] =", expr, variables))
        .endControlFlow()
        .build();
  }
}
