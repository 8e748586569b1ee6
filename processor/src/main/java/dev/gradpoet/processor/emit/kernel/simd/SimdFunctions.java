package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.RowFunction;
import dev.gradpoet.processor.emit.kernel.family.KernelCode;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorPrinter;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.Map;

/** Prints float32 activations and their derivatives as vector code, on rows or on a vector in a register. */
final class SimdFunctions {

  private SimdFunctions() {}

  /** Whether an activation consists of arithmetic and comparisons only, so that it can be applied to a vector in a register. */
  static boolean isForRegisters(ActivationOp function) {
    return function.value().formula().filter(Expr::isArithmetic).isPresent();
  }

  /**
   * The activation of a vector in a register.
   *
   * @param function an activation {@linkplain #isForRegisters for registers}
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
  // A long one is split: the first loop stores an intermediate result in to, or, for a gradient, in
  // scratch.
  //
  // void gelu(float[] from, float[] to, int width) {
  //   erf(from, to, width);
  //   Loops.gelu(from, to, width);
  // }
  private static KernelCode<SimdCode> ofFormula(RowFunction function, MethodSpec.Builder method) {
    SplitFunction split = SplitFunction.of(function);
    MethodSpec loop = method.addCode(FunctionLoop.body(split.last())).build();
    return new KernelCode<>(
        split.calls(),
        helpers -> SimdCode.ofLoop(
            loop, split.before().stream().map(part -> part.call(helpers)).toList()));
  }
}
