package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.graph.ActivationOp;
import dev.gradpoet.processor.graph.Expr.Variable;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints activations as calls of methods that take a row, one for each activation and for each derivative. */
final class PlainFunctions implements RowFunctions {

  private final Scalar scalar;
  private final MethodSet methods;
  private final PlainSoftmax softmax;

  PlainFunctions(Scalar scalar, MethodSet methods) {
    this.scalar = scalar;
    this.methods = methods;
    this.softmax = new PlainSoftmax(scalar, methods);
  }

  // relu(y, y, 32);
  @Override
  public CodeBlock value(ActivationOp function, int width, String from, String to) {
    String name = function.match(new ActivationOp.Cases<>() {
      @Override
      public String elementwise(ActivationOp.Elementwise op) {
        return methods.name(List.of(op, false), op.name(), name -> valueMethod(name, op));
      }

      @Override
      public String softmax(ActivationOp.Softmax op) {
        return softmax.softmax();
      }

      @Override
      public String logSoftmax(ActivationOp.LogSoftmax op) {
        return softmax.logSoftmax();
      }
    });
    return CodeBlock.of("$L($L, $L, $L);\n", name, from, to, width);
  }

  // reluGradient(y, dx, 32);
  @Override
  public CodeBlock gradient(ActivationOp function, int width, String kept, String to) {
    String name = function.match(new ActivationOp.Cases<>() {
      @Override
      public String elementwise(ActivationOp.Elementwise op) {
        return methods.name(
            List.of(op, true), op.name() + "Gradient", name -> gradientMethod(name, op));
      }

      @Override
      public String softmax(ActivationOp.Softmax op) {
        return softmax.softmaxGradient();
      }

      @Override
      public String logSoftmax(ActivationOp.LogSoftmax op) {
        return softmax.logSoftmaxGradient();
      }
    });
    return CodeBlock.of("$L($L, $L, $L);\n", name, kept, to, width);
  }

  // for (int o = 0; o < width; o++) {
  //   to[o] = Math.max(from[o], 0f);
  // }
  private MethodSpec valueMethod(String name, ActivationOp.Elementwise op) {
    return head(name)
        .addJavadoc("{@code to = $L(from)}.\n", op.name())
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addCode(ExprPrinter.assign(
            scalar, "to[o] =", op.value(), Map.of(Variable.X, CodeBlock.of("from[o]"))))
        .endControlFlow()
        .build();
  }

  // for (int o = 0; o < width; o++) {
  //   to[o] = from[o] <= 0f ? 0f : to[o];
  // }
  private MethodSpec gradientMethod(String name, ActivationOp.Elementwise op) {
    boolean ofInput = op.reads() == ActivationOp.Reads.INPUT;
    Map<Variable, CodeBlock> variables = Map.of(
        Variable.G,
        CodeBlock.of("to[o]"),
        ofInput ? Variable.X : Variable.Y,
        CodeBlock.of("from[o]"));
    return head(name)
        .addJavadoc(gradientInWords(op))
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addCode(ExprPrinter.assign(scalar, "to[o] =", op.gradient(), variables))
        .endControlFlow()
        .build();
  }

  /** The Javadoc of a derivative. */
  static String gradientInWords(ActivationOp.Elementwise op) {
    return "{@code to = " + op.name() + "'(to)}, a gradient in place; {@code from} is the "
        + (op.reads() == ActivationOp.Reads.INPUT ? "input" : "output") + " of the function.\n";
  }

  private MethodSpec.Builder head(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "from")
        .addParameter(scalar.array(), "to")
        .addParameter(TypeName.INT, "width");
  }
}
