package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.graph.ActivationOp;
import dev.gradpoet.processor.graph.Expr.Variable;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints activations of float32 as calls of methods that take a row vector by vector, one for each activation and for each derivative. */
final class SimdFunctions implements RowFunctions {

  private static final Scalar FLOAT = Scalar.FLOAT;

  private final MethodSet methods;
  private final SimdSoftmax softmax;

  /** Log-softmax, whose sum is one chain in double. */
  private final PlainSoftmax plain;

  private final Vectors vectors = new Vectors(FLOAT);

  SimdFunctions(MethodSet methods, SimdSoftmax softmax) {
    this.methods = methods;
    this.softmax = softmax;
    this.plain = new PlainSoftmax(FLOAT, methods);
  }

  // relu(y, y, 32);
  @Override
  public CodeBlock value(ActivationOp function, int width, String from, String to) {
    return CodeBlock.of("$L($L, $L, $L);\n", name(function, false), from, to, width);
  }

  // reluGradient(y, dx, 32);
  @Override
  public CodeBlock gradient(ActivationOp function, int width, String kept, String to) {
    return CodeBlock.of("$L($L, $L, $L);\n", name(function, true), kept, to, width);
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

  private String name(ActivationOp function, boolean gradient) {
    return function.match(new ActivationOp.Cases<>() {
      @Override
      public String elementwise(ActivationOp.Elementwise op) {
        return methods.name(
            List.of(op, gradient),
            op.name() + (gradient ? "Gradient" : ""),
            name -> gradient ? gradientMethod(name, op) : valueMethod(name, op));
      }

      @Override
      public String softmax(ActivationOp.Softmax op) {
        return gradient ? softmax.gradient() : softmax.value();
      }

      @Override
      public String logSoftmax(ActivationOp.LogSoftmax op) {
        return gradient ? plain.logSoftmaxGradient() : plain.logSoftmax();
      }
    });
  }

  // private static void relu(float[] from, float[] to, int width) {
  //   for (int o = 0; o < width; o += L) {
  //     FloatVector x = FloatVector.fromArray(S, from, o);
  //     x.max(0f).intoArray(to, o);
  //   }
  // }
  private MethodSpec valueMethod(String name, ActivationOp.Elementwise op) {
    VectorCode code = new VectorCode("o", "from", "to", "width");
    CodeBlock x = code.floats("x", "$L", vectors.load("from", "o"));
    CodeBlock value = op.value().match(new VectorPrinter(code, Map.of(Variable.X, x)));
    methods.reads(code.polynomials());
    return head(name)
        .addJavadoc("{@code to = $L(from)}, whole vectors.\n", op.name())
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addCode(code.statements())
        .addStatement("$L.intoArray(to, o)", value)
        .endControlFlow()
        .build();
  }

  // private static void reluGradient(float[] kept, float[] dx, int width) {
  //   for (int o = 0; o < width; o += L) {
  //     FloatVector y = FloatVector.fromArray(S, kept, o), g = FloatVector.fromArray(S, dx, o);
  //     g.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(dx, o);
  //   }
  // }
  private MethodSpec gradientMethod(String name, ActivationOp.Elementwise op) {
    boolean ofInput = op.reads() == ActivationOp.Reads.INPUT;
    VectorCode code = new VectorCode("o", "from", "to", "width");
    CodeBlock kept = code.floats(ofInput ? "x" : "y", "$L", vectors.load("from", "o"));
    CodeBlock g = code.floats("g", "$L", vectors.load("to", "o"));
    Map<Variable, CodeBlock> variables =
        Map.of(Variable.G, g, ofInput ? Variable.X : Variable.Y, kept);
    CodeBlock value = op.gradient().match(new VectorPrinter(code, variables));
    methods.reads(code.polynomials());
    return head(name)
        .addJavadoc(PlainFunctions.gradientInWords(op))
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addCode(code.statements())
        .addStatement("$L.intoArray(to, o)", value)
        .endControlFlow()
        .build();
  }

  static MethodSpec.Builder head(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(FLOAT.array(), "from")
        .addParameter(FLOAT.array(), "to")
        .addParameter(TypeName.INT, "width");
  }
}
