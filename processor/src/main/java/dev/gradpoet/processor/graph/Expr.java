package dev.gradpoet.processor.graph;

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

    T ifNotPositive(IfNotPositive choice);
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
    T;

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

  /** The operators; {@code MAX} is NaN if an operand is, as {@code Math.max}. */
  enum Operator {
    PLUS,
    MINUS,
    TIMES,
    OVER,
    MAX
  }

  /** {@code left operator right}. */
  record Binary(Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.binary(this);
    }
  }

  /** The functions of one number; all but the first two are those of the runtime, of the same bits everywhere. */
  enum Function {
    NEGATE,
    ABS,
    EXP,
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

  /** {@code test <= 0 ? then : otherwise}; NaN is not at most 0. */
  record IfNotPositive(Expr test, Expr then, Expr otherwise) implements Expr {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.ifNotPositive(this);
    }
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

  /** {@code max(this, right)}. */
  default Expr max(Expr right) {
    return new Binary(Operator.MAX, this, right);
  }
}
