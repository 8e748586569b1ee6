package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.Map;

/** How a family of kernels prints a program of rows. */
public interface ProgramPrinter {

  /**
   * The statements of a program.
   *
   * @param arrays what its rows are called
   * @param width how many values they have
   */
  CodeBlock print(RowProgram program, Map<Variable, String> arrays, CodeBlock width);

  /** In plain Java. */
  static ProgramPrinter plain(Scalar scalar) {
    return (program, arrays, width) -> new RowPrinter(scalar, arrays, width).print(program);
  }
}
