package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.RowFunction;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorPrinter;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.Map;

/** Prints the activations of float32 and their derivatives, on rows vector by vector, or in a register. */
final class SimdFunctions {

  private SimdFunctions() {}

  /** Whether an activation is only arithmetic and comparisons, so that vectors need not leave their registers for it. */
  static boolean isForRegisters(ActivationOp function) {
    return function.value().formula().filter(Expr::isArithmetic).isPresent();
  }

  /**
   * The activation of a vector in a register.
   *
   * @param function one {@linkplain #isForRegisters for registers}
   * @param code takes the statements before the value
   */
  static CodeBlock ofRegister(ActivationOp function, VectorCode code, CodeBlock x) {
    Expr formula = function.value().formula().orElseThrow();
    return formula.match(new VectorPrinter(code, Map.of(Variable.X, x)));
  }

  /** The kernel of a function. */
  static KernelCode<SimdCode> code(RowFunction function, MethodSpec.Builder method) {
    RowProgram program = function.program();
    if (program.formula().isPresent()) {
      return ofFormula(function, method);
    }
    SimdRowProgram rows =
        new SimdRowProgram(program, function.arrays(), CodeBlock.of("$L", RowProgram.WIDTH.name()));
    return rows.isOneMethod()
        ? rows.inLoops().map(code -> SimdCode.ofLoop(method.addCode(code).build()))
        : rows.inKernel().map(code -> SimdCode.of(method.addCode(code).build()));
  }

  // void relu(float[] from, float[] to, int width) {
  //   Loops.relu(from, to, width);
  // }
  //
  // One that is long is two loops: the first keeps what its first function gives, in to, or beside
  // the gradient that is there.
  //
  // void gelu(float[] from, float[] to, int width) {
  //   Loops.erf(from, to, width);
  //   Loops.gelu(from, to, width);
  // }
  private static KernelCode<SimdCode> ofFormula(RowFunction function, MethodSpec.Builder method) {
    SplitFunction split = SplitFunction.of(function);
    MethodSpec loop = method.addCode(FunctionLoop.body(split.last())).build();
    return new KernelCode<>(
        split.loops(),
        helpers -> SimdCode.ofLoop(
            loop, split.before().stream().map(part -> part.call(helpers)).toList()));
  }
}
