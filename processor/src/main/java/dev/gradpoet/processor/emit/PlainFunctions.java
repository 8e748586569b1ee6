package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.graph.ActivationOp;
import dev.gradpoet.processor.graph.Expr.Variable;
import java.util.Map;

/** Prints activations as loops over a row; those that mix the values of a row as calls of {@link PlainHelpers}. */
final class PlainFunctions implements RowFunctions {

  private final Scalar scalar;
  private final PlainHelpers helpers;

  PlainFunctions(Scalar scalar, PlainHelpers helpers) {
    this.scalar = scalar;
    this.helpers = helpers;
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = Math.max(y[o], 0f);
  // }
  @Override
  public CodeBlock value(ActivationOp function, int width, String from, String to) {
    return function.match(new ActivationOp.Cases<>() {
      @Override
      public CodeBlock elementwise(ActivationOp.Elementwise op) {
        return CodeBlock.builder()
            .beginControlFlow("for (int o = 0; o < $L; o++)", width)
            .add(ExprPrinter.assign(
                scalar, to + "[o] =", op.value(), Map.of(Variable.X, CodeBlock.of("$L[o]", from))))
            .endControlFlow()
            .build();
      }

      @Override
      public CodeBlock softmax(ActivationOp.Softmax op) {
        return CodeBlock.builder()
            .addStatement("$L($L, $L)", helpers.softmax(width), from, to)
            .build();
      }

      @Override
      public CodeBlock logSoftmax(ActivationOp.LogSoftmax op) {
        return CodeBlock.builder()
            .addStatement("$L($L, $L)", helpers.logSoftmax(width), from, to)
            .build();
      }
    });
  }

  // for (int i = 0; i < 32; i++) {
  //   dx[i] = y[i] <= 0f ? 0f : dx[i];
  // }
  @Override
  public CodeBlock gradient(ActivationOp function, int width, String kept) {
    return function.match(new ActivationOp.Cases<>() {
      @Override
      public CodeBlock elementwise(ActivationOp.Elementwise op) {
        Variable read = op.reads() == ActivationOp.Reads.INPUT ? Variable.X : Variable.Y;
        return CodeBlock.builder()
            .beginControlFlow("for (int i = 0; i < $L; i++)", width)
            .add(ExprPrinter.assign(
                scalar,
                "dx[i] =",
                op.gradient(),
                Map.of(Variable.G, CodeBlock.of("dx[i]"), read, CodeBlock.of("$L[i]", kept))))
            .endControlFlow()
            .build();
      }

      @Override
      public CodeBlock softmax(ActivationOp.Softmax op) {
        return CodeBlock.builder()
            .addStatement("$L($L, dx)", helpers.softmaxGradient(width), kept)
            .build();
      }

      @Override
      public CodeBlock logSoftmax(ActivationOp.LogSoftmax op) {
        return CodeBlock.builder()
            .addStatement("$L($L, dx)", helpers.logSoftmaxGradient(width), kept)
            .build();
      }
    });
  }
}
