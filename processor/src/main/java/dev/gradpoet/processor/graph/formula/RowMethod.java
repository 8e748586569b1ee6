package dev.gradpoet.processor.graph.formula;

import java.util.List;
import java.util.Optional;

/**
 * A program of rows that is one method of a network, whichever layers call it: it is passed the rows, the {@linkplain RowProgram#arguments
 * arguments} of the program and the width.
 *
 * @param name what it is called, if that is free
 * @param rows the rows of the program, in the order of the parameters
 * @param returned the number that it returns, if it does
 * @param inWords its Javadoc
 */
public record RowMethod(
    String name,
    RowProgram program,
    List<Expr.Variable> rows,
    Optional<Expr.Uniform> returned,
    String inWords) {
  public RowMethod {
    rows = List.copyOf(rows);
  }
}
