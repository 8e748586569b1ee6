package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.RowFunction;
import dev.gradpoet.processor.emit.kernel.Signature;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorFormula;
import dev.gradpoet.processor.emit.kernel.vector.VectorPrinter;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Prints the activations of float32 and their derivatives, on rows vector by vector, or in a register. */
public final class SimdFunctions {

  private final Primitives primitives;
  private final MethodSet methods;
  private final SimdRowPrograms rows;

  public SimdFunctions(Primitives primitives, MethodSet methods, SimdRowPrograms rows) {
    this.primitives = primitives;
    this.methods = methods;
    this.rows = rows;
  }

  /** Whether an activation is only arithmetic and comparisons, so that vectors need not leave their registers for it. */
  public static boolean isForRegisters(ActivationOp function) {
    return function.value().formula().filter(Expr::isArithmetic).isPresent();
  }

  /**
   * The activation of a vector in a register.
   *
   * @param function one {@linkplain #isForRegisters for registers}
   * @param code takes the statements before the value
   */
  public static CodeBlock ofRegister(ActivationOp function, VectorCode code, CodeBlock x) {
    Expr formula = function.value().formula().orElseThrow();
    return formula.match(new VectorPrinter(code, Map.of(Variable.X, x)));
  }

  // void softmaxGradient(float[] from, float[] to, int width) {
  //   Loops.softmaxGradient(from, to, width);
  // }
  /** The kernel of a function, whose loops are added. */
  public MethodSpec method(RowFunction function, SimdLoops loops) {
    MethodSpec.Builder method = primitives.functionMethod(function);
    RowProgram program = function.program();
    if (program.formula().isPresent()) {
      return kernel(function, method, loops);
    }
    CodeBlock width = CodeBlock.of("width");
    if (SimdRowPrograms.isOneMethod(program, function.arrays())) {
      return loops.kernel(
          method.addCode(rows.inLoops(program, function.arrays(), width)).build());
    }
    return method.addCode(rows.calls(program, function.arrays(), width)).build();
  }

  // void relu(float[] from, float[] to, int width) {
  //   Loops.relu(from, to, width);
  // }
  //
  // One that is long is two loops: the first keeps what its first function gives, in to, or beside
  // the gradient that is there.
  //
  // void gelu(float[] from, float[] to, int width) {
  //   erf(from, to, width);
  //   Loops.gelu(from, to, width);
  // }
  private MethodSpec kernel(RowFunction function, MethodSpec.Builder method, SimdLoops loops) {
    VectorFormula formula = new VectorFormula(function.program(), function.arrays());
    String kept = function.gradient() ? Signature.PARTIAL : "to";
    List<CodeBlock> before = new ArrayList<>();
    VectorFormula rest = formula;
    while (!rest.fits()) {
      VectorFormula next = rest.first();
      String name = next.functionName();
      if (next.isOfKnown()) {
        before.add(call(function, next.ofArgument(), name, kept, kept));
      } else if (next.fits()) {
        before.add(call(function, next, name, "from", kept));
      } else {
        before.add(call(function, next.argument(), name + "Argument", "from", kept));
        before.add(call(function, next.ofArgument(), name, kept, kept));
      }
      rest = rest.after(next, kept);
    }
    return loops.kernel(loop(rest, method), before);
  }

  // erf(from, to, width)
  private CodeBlock call(
      RowFunction function, VectorFormula formula, String wanted, String from, String to) {
    String name = methods.name(
        List.of(formula, wanted), wanted, free -> loop(formula, firstOf(function, free)));
    return CodeBlock.of("$L($L, $L, width)", name, from, to);
  }

  // /** What {@link #gelu} begins with: ... */
  // static void erf(float[] from, float[] to, int width)
  private MethodSpec.Builder firstOf(RowFunction function, String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc(
            "The first part of {@link #$L}, which is split because one loop may have only a limited number of vector operations.\n",
            primitives.functionMethod(function).build().name())
        .addParameter(Scalar.FLOAT.array(), "from")
        .addParameter(Scalar.FLOAT.array(), "to")
        .addParameter(TypeName.INT, "width");
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector y = FloatVector.fromArray(S, from, o), g = FloatVector.fromArray(S, to, o);
  //   g.blend(0f, y.compare(VectorOperators.LE, 0f)).intoArray(to, o);
  // }
  /** The method, with the loop as its body. */
  private MethodSpec loop(VectorFormula formula, MethodSpec.Builder method) {
    VectorCode code = new VectorCode("o", "from", "to", "width", Signature.PARTIAL);
    CodeBlock body = formula.print(code);
    methods.reads(code.polynomials());
    return method
        .beginControlFlow("for (int o = 0; o < width; o += L)")
        .addCode(body)
        .endControlFlow()
        .build();
  }
}
