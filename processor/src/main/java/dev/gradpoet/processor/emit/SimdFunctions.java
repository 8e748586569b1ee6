package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.graph.ActivationOp;
import dev.gradpoet.processor.graph.Expr.Variable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Prints activations of float32 as calls of methods that take a row vector by vector, one for each activation and for each derivative. */
final class SimdFunctions implements RowFunctions {

  private static final Scalar FLOAT = Scalar.FLOAT;

  private final Names names;
  private final SimdSoftmax softmax;

  /** Log-softmax, whose sum is one chain in double. */
  private final PlainHelpers helpers;

  private final Vectors vectors = new Vectors(FLOAT);

  /** By the activation and whether it is its derivative. */
  private final Map<List<Object>, MethodSpec> methods = new LinkedHashMap<>();

  SimdFunctions(Names names, SimdSoftmax softmax, PlainHelpers helpers) {
    this.names = names;
    this.softmax = softmax;
    this.helpers = helpers;
  }

  /** The methods that were asked for. */
  Collection<MethodSpec> methods() {
    return methods.values();
  }

  @Override
  public CodeBlock value(ActivationOp function, int width, String from, String to) {
    return function instanceof ActivationOp.LogSoftmax
        ? CodeBlock.builder()
            .addStatement("$L($L, $L)", helpers.logSoftmax(width), from, to)
            .build()
        : call(method(function, false), from, to, width);
  }

  @Override
  public CodeBlock gradient(ActivationOp function, int width, String kept) {
    return function instanceof ActivationOp.LogSoftmax
        ? CodeBlock.builder()
            .addStatement("$L($L, dx)", helpers.logSoftmaxGradient(width), kept)
            .build()
        : call(method(function, true), kept, "dx", width);
  }

  /**
   * The activation of a vector in a register, where it is only arithmetic and comparisons.
   *
   * @param code takes the statements before the value
   */
  static Optional<CodeBlock> ofRegister(ActivationOp function, VectorCode code, CodeBlock x) {
    return function instanceof ActivationOp.Elementwise op && op.value().isArithmetic()
        ? Optional.of(op.value().match(new VectorPrinter(code, Map.of(Variable.X, x))))
        : Optional.empty();
  }

  private static CodeBlock call(MethodSpec method, String from, String to, int width) {
    return CodeBlock.builder()
        .addStatement("$L($L, $L, $L)", method.name(), from, to, width)
        .build();
  }

  private MethodSpec method(ActivationOp function, boolean gradient) {
    List<Object> key = List.of(function, gradient);
    MethodSpec method = methods.get(key);
    if (method == null) {
      String name = names.method(function.name() + (gradient ? "Gradient" : ""));
      method = function.match(new ActivationOp.Cases<>() {
        @Override
        public MethodSpec elementwise(ActivationOp.Elementwise op) {
          return gradient ? gradientMethod(name, op) : valueMethod(name, op);
        }

        @Override
        public MethodSpec softmax(ActivationOp.Softmax op) {
          return gradient ? softmax.gradient(name) : softmax.value(name);
        }

        @Override
        public MethodSpec logSoftmax(ActivationOp.LogSoftmax op) {
          throw new IllegalArgumentException("printed in plain Java");
        }
      });
      methods.put(key, method);
    }
    return method;
  }

  // private static void relu(float[] from, float[] to, int width) {
  //   for (int o = 0; o < width; o += L) {
  //     FloatVector x = FloatVector.fromArray(S, from, o);
  //     x.max(0f).intoArray(to, o);
  //   }
  // }
  private MethodSpec valueMethod(String name, ActivationOp.Elementwise op) {
    VectorCode code = new VectorCode("x", "o", "from", "to", "width");
    CodeBlock value =
        op.value().match(new VectorPrinter(code, Map.of(Variable.X, CodeBlock.of("x"))));
    return head(name)
        .addJavadoc("{@code to = $L(from)}, whole vectors.\n", op.name())
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addStatement("$T x = $L", vectors.type(), vectors.load("from", "o"))
        .addCode(code.statements())
        .addStatement("$L.intoArray(to, o)", value)
        .endControlFlow()
        .build();
  }

  // private static void reluGradient(float[] kept, float[] dx, int width) {
  //   for (int o = 0; o < width; o += L) {
  //     FloatVector y = FloatVector.fromArray(S, kept, o);
  //     FloatVector g = FloatVector.fromArray(S, dx, o);
  //     g.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(dx, o);
  //   }
  // }
  private MethodSpec gradientMethod(String name, ActivationOp.Elementwise op) {
    boolean ofInput = op.reads() == ActivationOp.Reads.INPUT;
    String kept = ofInput ? "x" : "y";
    VectorCode code = new VectorCode("x", "y", "g", "o", "from", "to", "width");
    Map<Variable, CodeBlock> variables = Map.of(
        Variable.G, CodeBlock.of("g"), ofInput ? Variable.X : Variable.Y, CodeBlock.of(kept));
    CodeBlock value = op.gradient().match(new VectorPrinter(code, variables));
    return head(name)
        .addJavadoc(
            "{@code to = $L'(to)}, a gradient in place, whole vectors; {@code from} is the $L of the function.\n",
            op.name(),
            ofInput ? "input" : "output")
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addStatement("$T $L = $L", vectors.type(), kept, vectors.load("from", "o"))
        .addStatement("$T g = $L", vectors.type(), vectors.load("to", "o"))
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
