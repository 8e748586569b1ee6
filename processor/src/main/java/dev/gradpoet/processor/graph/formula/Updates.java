package dev.gradpoet.processor.graph.formula;

import static dev.gradpoet.processor.graph.formula.Expr.Variable.G;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.W;
import static dev.gradpoet.processor.graph.formula.Expr.number;

import dev.gradpoet.processor.graph.formula.Expr.Either;
import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.Expr.Local;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowStep.Each;
import dev.gradpoet.processor.graph.formula.RowStep.Map;
import dev.gradpoet.processor.graph.formula.RowStep.When;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The updates of parameters by optimizers, as torch.optim computes them: programs without reductions on arrays of parameters {@code w}, their
 * gradients {@code g}, and the optimizer's state. Coefficients are uniforms, options are flags; for an array that the options do not use, any other
 * may be passed.
 */
public final class Updates {

  /** The running average of gradients; for SGD, the momentum buffer. */
  private static final Variable M = new Variable("m");

  /** The running average, or sum, of squared gradients. */
  private static final Variable V = new Variable("v");

  /** The largest of the averages of squared gradients. */
  private static final Variable S = new Variable("s");

  private static final Uniform DECAY = new Uniform("decay");
  private static final Uniform EPS = new Uniform("eps");
  private static final Uniform LEARNING_RATE = new Uniform("learningRate");
  private static final Uniform MOMENTUM = new Uniform("momentum");
  private static final Uniform SHARE = new Uniform("share");

  private static final Local D = new Local("d");
  private static final Local STEP = new Local("step");
  private static final Local X = new Local("x");

  private Updates() {}

  /** All updates, by the names of their methods. */
  public static java.util.Map<String, RowProgram> all() {
    java.util.Map<String, RowProgram> all = new LinkedHashMap<>();
    for (RowProgram update : List.of(sgd(), adam(), rmsProp(), adagrad())) {
      all.put(update.maps().get(update.maps().size() - 1).name(), update);
    }
    return all;
  }

  /** The rows of an update: the parameters, their gradients, and the optimizer's state. */
  public static List<Variable> rows(RowProgram update) {
    return Stream.concat(Stream.of(W, G), update.rows().stream()).distinct().toList();
  }

  // d = g (or -g), + decay w
  // m = d, later momentum m + share d; step = m (or d + momentum m), without momentum d
  // w = w - learningRate step
  /** {@code torch.optim.SGD}. */
  public static RowProgram sgd() {
    Local gradient = new Local("gradient");
    Expr withMomentum = new Either("nesterov", MOMENTUM.fma(M, D), M);
    return RowProgram.of(
        new Each(gradient.name(), new Either("maximize", G.negated(), G)),
        new Each(D.name(), new Either("decays", DECAY.fma(W, gradient), gradient)),
        new When(
            "remembers",
            new Map("momentum", M, new Either("first", D, MOMENTUM.fma(M, SHARE.times(D))))),
        new Each(STEP.name(), new Either("remembers", withMomentum, D)),
        new Map("sgd", W, descent(STEP)));
  }

  // x = w, or shrink w; d = g + decay x
  // m = beta1 m + share1 d
  // v = beta2 v + share2 d d
  // s = max(s, v), of amsgrad
  // w = x - stepSize m / (sqrt(v or s) / correction + eps)
  /** {@code torch.optim.Adam} and {@code AdamW}, which shrinks the parameters instead of adding a decay to the gradient. */
  public static RowProgram adam() {
    Local denominator = new Local("denominator");
    Expr step = M.over(denominator);
    return RowProgram.of(
        new Each(X.name(), new Either("shrinks", W.times(new Uniform("shrink")), W)),
        new Each(D.name(), new Either("decays", DECAY.fma(X, G), G)),
        new Map("averages", M, average("beta1", M, new Uniform("share1").times(D))),
        new Map("squares", V, average("beta2", V, new Uniform("share2").times(D).times(D))),
        new When("amsgrad", new Map("largest", S, S.max(V))),
        new Each(
            denominator.name(),
            new Either("amsgrad", S, V)
                .apply(Function.SQRT)
                .over(new Uniform("correction"))
                .plus(EPS)),
        // if m is 0, no division: without eps it could be 0 / 0
        new Map(
            "adam", W, M.equalTo(number(0), X, new Uniform("stepSize").negated().fma(step, X))));
  }

  // d = g + decay w
  // v = alpha v + share d d
  // a = alpha a + share d, if centered; square = v, or v - a a
  // step = d / (sqrt(square) + eps)
  // m = momentum m + step, with momentum
  // w = w - learningRate (m or step)
  /** {@code torch.optim.RMSprop}. */
  public static RowProgram rmsProp() {
    Variable averages = new Variable("a");
    Local square = new Local("square");
    return RowProgram.of(
        new Each(D.name(), new Either("decays", DECAY.fma(W, G), G)),
        new Map("squares", V, average("alpha", V, SHARE.times(D).times(D))),
        new When(
            "centered", new Map("averages", averages, average("alpha", averages, SHARE.times(D)))),
        new Each(square.name(), new Either("centered", averages.negated().fma(averages, V), V)),
        new Each(STEP.name(), step(square)),
        new When("remembers", new Map("momentum", M, MOMENTUM.fma(M, STEP))),
        new Map("rmsProp", W, descent(new Either("remembers", M, STEP))));
  }

  // d = g + decay w
  // v = v + d d
  // w = w - learningRate d / (sqrt(v) + eps)
  /** {@code torch.optim.Adagrad}. */
  public static RowProgram adagrad() {
    return RowProgram.of(
        new Each(D.name(), new Either("decays", DECAY.fma(W, G), G)),
        new Map("sums", V, D.fma(D, V)),
        new Each(STEP.name(), step(V)),
        new Map("adagrad", W, descent(STEP)));
  }

  private static Expr average(String factor, Variable row, Expr added) {
    return new Uniform(factor).fma(row, added);
  }

  /** {@code d / (sqrt(square) + eps)}; 0 if d is 0, since without eps it could be 0 / 0. */
  private static Expr step(Expr square) {
    return D.equalTo(number(0), number(0), D.over(square.apply(Function.SQRT).plus(EPS)));
  }

  private static Expr descent(Expr step) {
    return LEARNING_RATE.negated().fma(step, W);
  }
}
