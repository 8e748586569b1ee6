package dev.gradpoet.processor.graph.formula;

import java.util.List;
import java.util.Optional;

/** A step of a {@link RowProgram}, over all values of a row. */
public sealed interface RowStep {

  /** The formulas that it computes. */
  List<Expr> formulas();

  /** Whether it is computed value by value, so that one loop may hold several steps. */
  default boolean isPerValue() {
    return true;
  }

  /** The map, if it is one or applies one under a condition. */
  default Optional<Map> map() {
    return Optional.empty();
  }

  /** The name of the number of the whole row that it computes, if any. */
  default Optional<String> result() {
    return Optional.empty();
  }

  /** The flag that it tests, if any. */
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
   * @param name the name of a method for it
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

  /** A number for each value, which later steps in the same loop read as {@link Expr.Local}. */
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

  /** A map that is applied if a flag is set. The row that it writes must exist in either case. */
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

  /** The order in which values are reduced to one number; part of the function, because it determines the bits. */
  enum Order {
    /** The largest value of a row, in any order. If a value is NaN, the result is unspecified, but everything computed from that value is NaN. */
    MAXIMUM,
    /** The sum of a row or of the product of two rows, in 16 chains added by a tree: {@code FloatChains.sum} and {@code FloatChains.dot}. */
    TREE,
    /** The sum of any formula in one chain from the first to the last value, in double. */
    CHAIN
  }

  /**
   * Reduces the values of a row to a number, which later steps read as {@link Expr.Uniform}.
   *
   * @param of a row; for {@code TREE} also the product of two rows; for {@code CHAIN} any formula
   */
  record Reduce(String name, Order order, Expr of) implements RowStep {

    /**
     * Checks that the order can reduce the formula.
     *
     * @throws IllegalArgumentException if the order reduces rows only and this is another formula; a {@link Map} must store it first
     */
    public Reduce {
      boolean rows = of instanceof Expr.Variable || order == Order.TREE && isProductOfRows(of);
      if (order != Order.CHAIN && !rows) {
        throw new IllegalArgumentException(order + " of a formula that is not a row: " + of);
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
    public boolean isPerValue() {
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

  /** A number of the whole row, computed from others; later steps read it as {@link Expr.Uniform}. */
  record Let(String name, Expr value) implements RowStep {
    @Override
    public List<Expr> formulas() {
      return List.of(value);
    }

    @Override
    public boolean isPerValue() {
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
