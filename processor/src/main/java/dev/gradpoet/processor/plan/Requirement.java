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

  /** The products of all windows of a sample with a matrix of so many columns. */
  record WindowProducts(int columns) implements Requirement {}

  /** The gradients of such products, of a matrix of so many columns. */
  record WindowGradients(int columns) implements Requirement {}

  /** The products of all windows of a sample with a matrix, a plane for each of so many columns. */
  record PlaneProducts(int columns) implements Requirement {}

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

  /**
   * The largest value of each window of a sample, without padding.
   *
   * @param planes whether the sample is in planes; otherwise its channels are last
   */
  record MaxPool(boolean planes) implements Requirement {}

  /** The average of each window of a sample, without padding and with the channels last. */
  record AveragePool() implements Requirement {}

  /** The products of all windows of a channel with a row of the weight, for each channel. */
  record DepthwiseProducts() implements Requirement {}

  /** The columns of the products of windows among requirements. */
  static Stream<Integer> windowProducts(List<Requirement> requirements) {
    return requirements.stream()
        .filter(WindowProducts.class::isInstance)
        .map(each -> ((WindowProducts) each).columns());
  }

  /** The columns of the gradients of products of windows among requirements. */
  static Stream<Integer> windowGradients(List<Requirement> requirements) {
    return requirements.stream()
        .filter(WindowGradients.class::isInstance)
        .map(each -> ((WindowGradients) each).columns());
  }

  /** The columns of the products in planes among requirements. */
  static Stream<Integer> planeProducts(List<Requirement> requirements) {
    return requirements.stream()
        .filter(PlaneProducts.class::isInstance)
        .map(each -> ((PlaneProducts) each).columns());
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
