package dev.gradpoet.processor.graph.formula;

import java.util.List;
import java.util.Optional;

/** A step of a {@link RowProgram}: something done with all values of a row. */
public sealed interface RowStep {

  /** The formulas that it computes. */
  List<Expr> formulas();

  /** Whether it is taken value by value, so that one loop may hold several. */
  default boolean isOfValues() {
    return true;
  }

  /** The map that it is, or that it applies under a condition. */
  default Optional<Map> map() {
    return Optional.empty();
  }

  /** The number of the whole row that it computes. */
  default Optional<String> result() {
    return Optional.empty();
  }

  /** The flag that it asks. */
  default Optional<String> flag() {
    return Optional.empty();
  }

  /** The result for this kind of step. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of step: a new kind does not compile until every printer handles it. */
  interface Cases<T> {
    T map(Map step);

    T each(Each step);

    T when(When step);

    T reduce(Reduce step);

    T let(Let step);
  }

  /**
   * {@code row = value}, value by value.
   *
   * @param name what a method for it is called
   */
  record Map(String name, Expr.Variable row, Expr value) implements RowStep {
    @Override
    public Optional<Map> map() {
      return Optional.of(this);
    }

    @Override
    public List<Expr> formulas() {
      return List.of(value);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.map(this);
    }
  }

  /** A number of each value, which the steps behind it in the same loop read as {@link Expr.Local}. */
  record Each(String name, Expr value) implements RowStep {
    @Override
    public List<Expr> formulas() {
      return List.of(value);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.each(this);
    }
  }

  /** A map that is applied if a flag of the whole row is set. The row that it writes is an array either way. */
  record When(String condition, Map then) implements RowStep {
    @Override
    public Optional<Map> map() {
      return Optional.of(then);
    }

    @Override
    public Optional<String> flag() {
      return Optional.of(condition);
    }

    @Override
    public List<Expr> formulas() {
      return then.formulas();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.when(this);
    }
  }

  /** In which order values are reduced to one number: a part of the function, since it decides the bits. */
  enum Order {
    /** The largest value of a row, in any order. If a value is NaN, the result may be any number, and what is computed with that value is NaN. */
    MAXIMUM,
    /** The sum of a row, or of the product of two, in 16 chains added by a tree: {@code FloatChains.sum} and {@code FloatChains.dot}. */
    TREE,
    /** The sum of any formula in one chain from the first to the last value, in double. */
    CHAIN
  }

  /**
   * Reduces the values of a row to a number, which the steps behind it read as {@link Expr.Uniform}.
   *
   * @param of a row, for the tree also the product of two, for the chain any formula
   */
  record Reduce(String name, Order order, Expr of) implements RowStep {

    /**
     * Reduces what the order can.
     *
     * @throws IllegalArgumentException if the order reduces rows and this is another formula, which a {@link Map} would have to store first
     */
    public Reduce {
      boolean rows = of instanceof Expr.Variable || order == Order.TREE && isProductOfRows(of);
      if (order != Order.CHAIN && !rows) {
        throw new IllegalArgumentException(order + " of what is not in a row: " + of);
      }
    }

    private static boolean isProductOfRows(Expr of) {
      return of instanceof Expr.Binary product
          && product.operator() == Expr.Operator.TIMES
          && product.parts().stream().allMatch(Expr.Variable.class::isInstance);
    }

    @Override
    public List<Expr> formulas() {
      return List.of(of);
    }

    @Override
    public boolean isOfValues() {
      return order == Order.CHAIN;
    }

    @Override
    public Optional<String> result() {
      return Optional.of(name);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.reduce(this);
    }
  }

  /** A number of the whole row, computed from others: the steps behind it read it as {@link Expr.Uniform}. */
  record Let(String name, Expr value) implements RowStep {
    @Override
    public List<Expr> formulas() {
      return List.of(value);
    }

    @Override
    public boolean isOfValues() {
      return false;
    }

    @Override
    public Optional<String> result() {
      return Optional.of(name);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.let(this);
    }
  }
}
