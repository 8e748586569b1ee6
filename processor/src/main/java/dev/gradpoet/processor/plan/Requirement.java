package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.stream.Stream;

/** What a kernel is made of and each family must have: known from the plan, before anything is printed. */
public sealed interface Requirement {

  /**
   * Matrix products of many rows, of which each sum has its chains in blocks.
   *
   * @param order of its sums
   * @param accumulates whether they are added to what is there
   */
  record Product(SumOrder order, boolean accumulates) implements Requirement {}

  /** Dot products of one row, of which each sum has its chains in lanes. */
  record DotProducts() implements Requirement {}

  /**
   * An activation, or its derivative, of a row.
   *
   * @param activation which
   * @param gradient whether its derivative is required
   * @param ofRows whether it is applied to all rows of a batch at once
   */
  record Function(ActivationOp activation, boolean gradient, boolean ofRows)
      implements Requirement {}

  /**
   * The row that sums start from.
   *
   * @param zeros whether it is a row of zeros, as where there is no bias
   */
  record Start(boolean zeros) implements Requirement {}

  /** A program of rows that is a method. */
  record Program(RowMethod method) implements Requirement {}

  /** The methods among requirements that are programs of rows. */
  static Stream<RowMethod> programs(List<Requirement> requirements) {
    return requirements.stream()
        .filter(Program.class::isInstance)
        .map(each -> ((Program) each).method());
  }

  /** The products among requirements. */
  static Stream<Product> products(List<Requirement> requirements) {
    return requirements.stream().filter(Product.class::isInstance).map(Product.class::cast);
  }

  /** The functions among requirements. */
  static Stream<Function> functions(List<Requirement> requirements) {
    return requirements.stream().filter(Function.class::isInstance).map(Function.class::cast);
  }
}
