package dev.gradpoet.processor.graph.formula;

import java.util.function.UnaryOperator;

/**
 * A formula on single numbers, in which element-wise operations are declared once for every way of printing them: plain Java, and later
 * vectors. The order of its operations is the order of the code.
 */
public sealed interface Expr {

  /** The result for this kind of expression. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of expression: a new kind does not compile until every printer handles it. */
  interface Cases<T> {
    T variable(Variable variable);

    T constant(Constant constant);

    T binary(Binary binary);

    T call(Call call);

    T choice(Choice choice);

    T let(Let let);

    T local(Local local);
  }

  /** What a formula may speak of. */
  enum Variable implements Expr {
    /** The input of the operation; of a loss, the prediction. */
    X,
    /** The output of the operation. */
    Y,
    /** The gradient with respect to the output. */
    G,
    /** The target of a loss. */
    T,
    /** The weight of an output in a loss. */
    W,
    /** The weight of positive targets of an output. */
    P;

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.variable(this);
    }
  }

  /** A number. */
  record Constant(double value) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.constant(this);
    }
  }

  /** The operators; {@code MAX} and {@code MIN} are NaN if an operand is, as {@code Math.max}. */
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
    public <T> T match(Cases<T> cases) {
      return cases.binary(this);
    }
  }

  /** The functions of one number; all but the first three are those of the runtime, of the same bits everywhere. */
  enum Function {
    NEGATE,
    ABS,
    SIGNUM,
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
    public <T> T match(Cases<T> cases) {
      return cases.call(this);
    }
  }

  /** How two numbers are compared; NaN is neither at most nor below anything. */
  enum Comparison {
    AT_MOST,
    BELOW
  }

  /** {@code left comparison right ? then : otherwise}. */
  record Choice(Comparison comparison, Expr left, Expr right, Expr then, Expr otherwise)
      implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.choice(this);
    }
  }

  /** {@code body}, in which a {@link Local} of this name is {@code value}, computed once. */
  record Let(String name, Expr value, Expr body) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.let(this);
    }
  }

  /** What a {@link Let} around it computed. */
  record Local(String name) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.local(this);
    }
  }

  /** Whether it is only arithmetic, signs and comparisons: a few instructions, which a kernel may repeat where it needs them. */
  default boolean isArithmetic() {
    return match(new Cases<>() {
      @Override
      public Boolean variable(Variable variable) {
        return true;
      }

      @Override
      public Boolean constant(Constant constant) {
        return true;
      }

      @Override
      public Boolean binary(Binary binary) {
        return binary.left().match(this) && binary.right().match(this);
      }

      @Override
      public Boolean call(Call call) {
        return call.function().ordinal() <= Function.SIGNUM.ordinal()
            && call.argument().match(this);
      }

      @Override
      public Boolean choice(Choice choice) {
        return choice.left().match(this)
            && choice.right().match(this)
            && choice.then().match(this)
            && choice.otherwise().match(this);
      }

      @Override
      public Boolean let(Let let) {
        return let.value().match(this) && let.body().match(this);
      }

      @Override
      public Boolean local(Local local) {
        return true;
      }
    });
  }

  /** {@code body} of a value that is computed once. */
  static Expr let(String name, Expr value, UnaryOperator<Expr> body) {
    return new Let(name, value, body.apply(new Local(name)));
  }

  /** A number. */
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
}
