package dev.gradpoet.processor.graph.formula;

import static dev.gradpoet.processor.graph.formula.Expr.Variable.W;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.X;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.Y;
import static dev.gradpoet.processor.graph.formula.Expr.number;
import static dev.gradpoet.processor.graph.formula.RowProgram.WIDTH;

import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowStep.Let;
import dev.gradpoet.processor.graph.formula.RowStep.Map;
import dev.gradpoet.processor.graph.formula.RowStep.Order;
import dev.gradpoet.processor.graph.formula.RowStep.Reduce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Normalizations of rows, each with its gradient with respect to the row: the layer norm, with or without a weight and a bias. */
public final class Norms {

  private static final Variable B = new Variable("b");
  private static final Variable DX = new Variable("dx");
  private static final Variable DY = new Variable("dy");

  /** {@code (x - mean) rstd}, kept for the gradient. */
  private static final Variable XHAT = new Variable("xhat");

  /** {@code dy w}, in scratch. */
  private static final Variable PARTIAL = new Variable("partial");

  private static final Uniform RSTD = new Uniform("rstd");

  private Norms() {}

  /** {@code xhat = (x - mean) rstd}, {@code y = xhat w + b}, and {@code rstd = 1 / sqrt(variance + eps)}. */
  public static RowMethod layerNorm(boolean affine) {
    Uniform sum = new Uniform("sum");
    Uniform mean = new Uniform("mean");
    Uniform squares = new Uniform("squares");
    Expr variance = squares.over(WIDTH);
    return new RowMethod(
        affine ? "layerNorm" : "normalize",
        RowProgram.of(
            new Reduce(sum.name(), Order.TREE, X),
            new Let(mean.name(), sum.over(WIDTH)),
            new Map("center", XHAT, X.minus(mean)),
            new Reduce(squares.name(), Order.TREE, XHAT.times(XHAT)),
            new Let(
                RSTD.name(),
                number(1).over(variance.plus(new Uniform("eps")).apply(Function.SQRT))),
            new Map("scale", XHAT, XHAT.times(RSTD)),
            new Map(
                affine ? "scaleAndShift" : "scale", Y, affine ? XHAT.times(W).plus(B) : XHAT)),
        affine ? List.of(X, W, B, XHAT, Y) : List.of(X, XHAT, Y),
        Optional.of(RSTD),
        "{@code xhat = (x - mean) rstd}, {@code y = xhat"
            + (affine ? " w + b" : "")
            + "}; returns {@code rstd = 1 / sqrt(variance + eps)}.\nSums are 16 chains, added by a tree.\n");
  }

  /**
   * {@code dx = rstd (p - mean p - xhat mean(p xhat))}, with {@code p = dy w}, or {@code p = dy} without a weight.
   *
   * @param first whether dx is set; otherwise it is accumulated
   */
  public static RowMethod layerNormGradient(boolean affine, boolean first) {
    Variable p = affine ? PARTIAL : DY;
    Uniform total = new Uniform("total");
    Uniform mean = new Uniform("mean");
    Uniform dot = new Uniform("dot");
    Uniform slope = new Uniform("slope");
    Expr dx = p.minus(mean).minus(XHAT.times(slope)).times(RSTD);
    String name = affine ? "layerNormGradient" : "normalizeGradient";
    List<RowStep> steps = new ArrayList<>();
    if (affine) {
      steps.add(new Map("weighted", PARTIAL, DY.times(W)));
    }
    steps.addAll(List.of(
        new Reduce(total.name(), Order.TREE, p),
        new Let(mean.name(), total.over(WIDTH)),
        new Reduce(dot.name(), Order.TREE, p.times(XHAT)),
        new Let(slope.name(), dot.over(WIDTH)),
        new Map("throughNorm", DX, first ? dx : DX.plus(dx))));
    return new RowMethod(
        first ? name : name + "Added",
        new RowProgram(steps),
        affine ? List.of(DY, XHAT, W, PARTIAL, DX) : List.of(DY, XHAT, DX),
        Optional.empty(),
        "{@code dx = " + (first ? "" : "dx + ")
            + "rstd (p - mean p - xhat mean(p xhat))}, with {@code p = "
            + (affine ? "dy w" : "dy")
            + "}. Sums are 16 chains, added by a tree.\n");
  }
}
