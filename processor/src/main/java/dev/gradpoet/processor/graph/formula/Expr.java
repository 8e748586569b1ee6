package dev.gradpoet.processor.graph.formula;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A formula on single numbers, declared once and printed in plain Java and as vector code. Its operations are printed in their order here.
 */
public sealed interface Expr {

  /** The result for this kind of expression. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of expression: a new kind does not compile until every printer handles it. */
  interface Cases<T> {
    T variable(Variable variable);

    T uniform(Uniform uniform);

    T constant(Constant constant);

    T binary(Binary binary);

    T call(Call call);

    T fma(Fma fma);

    T choice(Choice choice);

    T either(Either either);

    T let(Let let);

    T local(Local local);
  }

  /** The immediate parts of this formula. */
  default List<Expr> parts() {
    return List.of();
  }

  /** This formula and all its parts, recursively. */
  default Stream<Expr> all() {
    return Stream.concat(Stream.of(this), parts().stream().flatMap(Expr::all));
  }

  /** A value of a row. Each formula documents its variables; these are common. */
  record Variable(String name) implements Expr {
    /** The input of an operation; of a loss, the prediction. */
    public static final Variable X = new Variable("x");

    /** The output of an operation. */
    public static final Variable Y = new Variable("y");

    /** The gradient with respect to the output; of an optimizer, with respect to the parameter. */
    public static final Variable G = new Variable("g");

    /** The target of a loss. */
    public static final Variable T = new Variable("t");

    /** The weight of an output in a loss, or of a layer; of an optimizer, the parameter. */
    public static final Variable W = new Variable("w");

    /** The weight of positive targets of an output. */
    public static final Variable P = new Variable("p");

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.variable(this);
    }
  }

  /** A number that all values of a row share: an argument, or the result of an earlier step. */
  record Uniform(String name) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.uniform(this);
    }
  }

  /** A number. */
  record Constant(double value) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.constant(this);
    }
  }

  /** The operators; {@code MAX} and {@code MIN} are NaN if an operand is, like {@code Math.max}. */
  enum Operator {
    PLUS,
    MINUS,
    TIMES,
    OVER,
    MAX,
    MIN
  }

  /** {@code left operator right}. */
  record Binary(Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.binary(this);
    }
  }

  /** {@code a * b + c}, rounded once. */
  record Fma(Expr a, Expr b, Expr c) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(a, b, c);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.fma(this);
    }
  }

  /** The functions of one number. Those from {@code EXP} on are the runtime's, with the same bits on every machine. */
  enum Function {
    NEGATE,
    ABS,
    SIGNUM,
    SQRT,
    EXP,
    EXPM1,
    ERF,
    LOG,
    LOG1P,
    SIGMOID,
    TANH
  }

  /** {@code function(argument)}. */
  record Call(Function function, Expr argument) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(argument);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.call(this);
    }
  }

  /** How two numbers are compared; NaN is neither at most nor below nor equal to anything. */
  enum Comparison {
    AT_MOST,
    BELOW,
    EQUAL
  }

  /** {@code left comparison right ? then : otherwise}. */
  record Choice(Comparison comparison, Expr left, Expr right, Expr then, Expr otherwise)
      implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(left, right, then, otherwise);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.choice(this);
    }
  }

  /** {@code flag ? then : otherwise}, where the flag is the same for all values of a row. */
  record Either(String flag, Expr then, Expr otherwise) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(then, otherwise);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.either(this);
    }
  }

  /** {@code body}, in which a {@link Local} of this name is {@code value}, computed once. */
  record Let(String name, Expr value, Expr body) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(value, body);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.let(this);
    }
  }

  /** A number that an enclosing {@link Let} or an {@linkplain RowStep.Each earlier step} has computed from this value of the row. */
  record Local(String name) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.local(this);
    }
  }

  /** Whether it consists of arithmetic, signs and comparisons only: a few instructions, which a kernel may repeat. */
  default boolean isArithmetic() {
    return all()
        .noneMatch(
            part -> part instanceof Call call && call.function().compareTo(Function.SIGNUM) > 0);
  }

  /** {@code body}, applied to a value that is computed once. */
  static Expr let(String name, Expr value, UnaryOperator<Expr> body) {
    return new Let(name, value, body.apply(new Local(name)));
  }

  /** {@code value}. */
  static Expr number(double value) {
    return new Constant(value);
  }

  /** {@code this + right}. */
  default Expr plus(Expr right) {
    return new Binary(Operator.PLUS, this, right);
  }

  /** {@code this - right}. */
  default Expr minus(Expr right) {
    return new Binary(Operator.MINUS, this, right);
  }

  /** {@code this * right}. */
  default Expr times(Expr right) {
    return new Binary(Operator.TIMES, this, right);
  }

  /** {@code -this}. */
  default Expr negated() {
    return new Call(Function.NEGATE, this);
  }

  /** {@code this / right}. */
  default Expr over(Expr right) {
    return new Binary(Operator.OVER, this, right);
  }

  /** {@code min(this, right)}. */
  default Expr min(Expr right) {
    return new Binary(Operator.MIN, this, right);
  }

  /** {@code this <= right ? then : otherwise}. */
  default Expr atMost(Expr right, Expr then, Expr otherwise) {
    return new Choice(Comparison.AT_MOST, this, right, then, otherwise);
  }

  /** {@code this < right ? then : otherwise}. */
  default Expr below(Expr right, Expr then, Expr otherwise) {
    return new Choice(Comparison.BELOW, this, right, then, otherwise);
  }

  /** {@code function(this)}. */
  default Expr apply(Function function) {
    return new Call(function, this);
  }

  /** {@code max(this, right)}. */
  default Expr max(Expr right) {
    return new Binary(Operator.MAX, this, right);
  }

  /** {@code fma(this, factor, addend)}. */
  default Expr fma(Expr factor, Expr addend) {
    return new Fma(this, factor, addend);
  }

  /** {@code this == right ? then : otherwise}. */
  default Expr equalTo(Expr right, Expr then, Expr otherwise) {
    return new Choice(Comparison.EQUAL, this, right, then, otherwise);
  }
}
