package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.graph.ActivationOp;
import dev.gradpoet.processor.graph.Expr;
import dev.gradpoet.processor.graph.Expr.Variable;
import java.util.Map;

/** Prints the activations of float32 and their derivatives, on rows vector by vector, or in a register. */
final class SimdFunctions {

  private final Primitives primitives;
  private final MethodSet methods;
  private final SimdSoftmax softmax;
  private final Vectors vectors = new Vectors(Scalar.FLOAT);

  SimdFunctions(Primitives primitives, MethodSet methods, SimdSoftmax softmax) {
    this.primitives = primitives;
    this.methods = methods;
    this.softmax = softmax;
  }

  /** Whether an activation is only arithmetic and comparisons, so that vectors need not leave their registers for it. */
  static boolean isForRegisters(ActivationOp function) {
    return function instanceof ActivationOp.Elementwise op && op.value().isArithmetic();
  }

  /**
   * The activation of a vector in a register.
   *
   * @param function one {@linkplain #isForRegisters for registers}
   * @param code takes the statements before the value
   */
  static CodeBlock ofRegister(ActivationOp function, VectorCode code, CodeBlock x) {
    ActivationOp.Elementwise op = (ActivationOp.Elementwise) function;
    return op.value().match(new VectorPrinter(code, Map.of(Variable.X, x)));
  }

  /** The kernel of a function, whose loops are added. */
  MethodSpec method(RowFunction function, SimdLoops loops) {
    MethodSpec.Builder method = primitives.functionMethod(function);
    return function.activation().match(new ActivationOp.Cases<>() {
      @Override
      public MethodSpec elementwise(ActivationOp.Elementwise op) {
        return loops.kernel(function.gradient() ? gradient(method, op) : value(method, op));
      }

      @Override
      public MethodSpec softmax(ActivationOp.Softmax op) {
        return function.gradient()
            ? loops.kernel(softmax.gradient(method))
            : softmax.value(method);
      }

      @Override
      public MethodSpec logSoftmax(ActivationOp.LogSoftmax op) {
        throw new IllegalArgumentException("printed alike by all families: " + function);
      }
    });
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector x = FloatVector.fromArray(S, from, o);
  //   x.max(0f).intoArray(to, o);
  // }
  private MethodSpec value(MethodSpec.Builder method, ActivationOp.Elementwise op) {
    VectorCode code = new VectorCode("o", "from", "to", "width");
    CodeBlock x = code.floats("x", "$L", vectors.load("from", "o"));
    return vectorByVector(method, code, op.value(), Map.of(Variable.X, x));
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector y = FloatVector.fromArray(S, from, o), g = FloatVector.fromArray(S, to, o);
  //   g.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(to, o);
  // }
  private MethodSpec gradient(MethodSpec.Builder method, ActivationOp.Elementwise op) {
    boolean ofInput = op.reads() == ActivationOp.Reads.INPUT;
    VectorCode code = new VectorCode("o", "from", "to", "width");
    CodeBlock kept = code.floats(ofInput ? "x" : "y", "$L", vectors.load("from", "o"));
    CodeBlock g = code.floats("g", "$L", vectors.load("to", "o"));
    return vectorByVector(
        method,
        code,
        op.gradient(),
        Map.of(Variable.G, g, ofInput ? Variable.X : Variable.Y, kept));
  }

  private MethodSpec vectorByVector(
      MethodSpec.Builder method, VectorCode code, Expr expr, Map<Variable, CodeBlock> variables) {
    CodeBlock value = expr.match(new VectorPrinter(code, variables));
    methods.reads(code.polynomials());
    return method
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addCode(code.statements())
        .addStatement("$L.intoArray(to, o)", value)
        .endControlFlow()
        .build();
  }
}
