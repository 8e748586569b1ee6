package dev.gradpoet.processor.graph.formula;

import java.util.List;
import java.util.Optional;

/**
 * A row program that is printed as one method, which all layers share. Its parameters are the rows, the {@linkplain RowProgram#arguments arguments}
 * of the program and the width.
 *
 * @param name its name, unless that is taken
 * @param rows the rows of the program, in the order of the parameters
 * @param returned the number that it returns, if any
 * @param javadoc its Javadoc
 */
public record RowMethod(
    String name,
    RowProgram program,
    List<Expr.Variable> rows,
    Optional<Expr.Uniform> returned,
    String javadoc) {
  public RowMethod {
    rows = List.copyOf(rows);
  }
}
