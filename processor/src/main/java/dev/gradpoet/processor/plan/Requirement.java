package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.List;
import java.util.stream.Stream;

/** A primitive that a kernel calls and each family must print; the plan determines all of them before anything is printed. */
public sealed interface Requirement {

  /**
   * Matrix products of many rows, with each sum in chains over blocks.
   *
   * @param order of its sums
   * @param accumulates whether the products are accumulated
   */
  record Product(SumOrder order, boolean accumulates) implements Requirement {}

  /** Dot products of one row, with each sum in chains that are lanes. */
  record DotProducts() implements Requirement {}

  /**
   * An activation, or its derivative, of a row.
   *
   * @param activation the activation
   * @param gradient whether its derivative is required
   * @param ofRows whether it is applied to all rows of a batch at once
   */
  record Function(ActivationOp activation, boolean gradient, boolean ofRows)
      implements Requirement {}

  /**
   * The row that sums start from.
   *
   * @param zeros whether it is a row of zeros, as without a bias
   */
  record Start(boolean zeros) implements Requirement {}

  /** A row program that is printed as a method. */
  record Program(RowMethod method) implements Requirement {}

  /** The methods of the row programs among requirements. */
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
