package dev.gradpoet.processor.graph.formula;

import static dev.gradpoet.processor.graph.formula.Expr.Variable.G;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.X;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.Y;

import dev.gradpoet.processor.graph.formula.ActivationOp.Reads;
import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.RowStep.Let;
import dev.gradpoet.processor.graph.formula.RowStep.Map;
import dev.gradpoet.processor.graph.formula.RowStep.Order;
import dev.gradpoet.processor.graph.formula.RowStep.Reduce;

/** The softmax and the log-softmax, each with its derivative, and the two halves of the softmax in cross entropy. */
public final class Softmax {

  private static final Uniform MAX = new Uniform("max");

  /** The largest value is subtracted to avoid overflow. */
  private static final Reduce LARGEST = new Reduce(MAX.name(), Order.MAXIMUM, X);

  private static final Map EXPONENTIALS =
      new Map("exponentials", Y, X.minus(MAX).apply(Function.EXP));

  private Softmax() {}

  /** {@code y_i = e^(x_i - max x) / sum_j e^(x_j - max x)}, {@code dx_i = y_i (g_i - sum_j g_j y_j)}. */
  static ActivationOp softmax() {
    Uniform sum = new Uniform("sum");
    Uniform dot = new Uniform("dot");
    return new ActivationOp(
        "softmax",
        RowProgram.of(
            LARGEST,
            EXPONENTIALS,
            new Reduce(sum.name(), Order.TREE, Y),
            new Map("divide", Y, Y.over(sum))),
        "{@code to = e^(from - max) / sum e^(from - max)}; the maximum is subtracted to avoid overflow.\n",
        Reads.OUTPUT,
        RowProgram.of(
            new Reduce(dot.name(), Order.TREE, G.times(Y)),
            new Map("softmaxGradient", G, Y.times(G.minus(dot)))),
        "{@code to = from (to - sum to from)}, where {@code from} is the softmax.\n");
  }

  /** {@code y_i = x_i - max x - log sum_j e^(x_j - max x)}, {@code dx_i = g_i - e^(y_i) sum_j g_j}. */
  static ActivationOp logSoftmax() {
    Uniform sum = new Uniform("sum");
    Uniform log = new Uniform("log");
    return new ActivationOp(
        "logSoftmax",
        RowProgram.of(
            LARGEST,
            new Map("differences", Y, X.minus(MAX)),
            new Reduce(sum.name(), Order.CHAIN, Y.apply(Function.EXP)),
            new Let(log.name(), sum.apply(Function.LOG)),
            new Map("logSoftmax", Y, Y.minus(log))),
        "{@code to = from - max - log sum e^(from - max)}; the maximum is subtracted to avoid overflow.\n",
        Reads.OUTPUT,
        RowProgram.of(
            new Reduce(sum.name(), Order.CHAIN, G),
            new Map("logSoftmaxGradient", G, G.minus(Y.apply(Function.EXP).times(sum)))),
        "{@code to = to - e^from sum to}, where {@code from} is the log-softmax.\n");
  }

  /** The first half of a softmax: {@code y = e^(x - max)}, with {@code max} and the {@code total} of y as results. */
  public static RowProgram exponentials() {
    return RowProgram.of(LARGEST, EXPONENTIALS, new Reduce("total", Order.TREE, Y));
  }

  /** The second half: {@code y = y / sum * factor}, with {@code sum} and {@code factor} as arguments. */
  public static RowProgram divide() {
    return RowProgram.of(
        new Map("divide", Y, Y.over(new Uniform("sum")).times(new Uniform("factor"))));
  }
}
