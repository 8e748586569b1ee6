package dev.gradpoet.processor.graph.formula;

import static dev.gradpoet.processor.graph.formula.Expr.Variable.W;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.X;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.Y;
import static dev.gradpoet.processor.graph.formula.Expr.number;

import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowStep.Map;
import java.util.List;
import java.util.Optional;

/** PReLU of a row, with a slope for each value or one for all of them, and its gradients with respect to the row and to the slopes. */
public final class PRelus {

  private static final Variable DX = new Variable("dx");
  private static final Variable DY = new Variable("dy");
  private static final Variable SUMS = new Variable("sums");

  private PRelus() {}

  private static Expr slope(boolean perValue) {
    return perValue ? W : new Uniform(W.name());
  }

  /** {@code y = x} above 0, else {@code w x}. */
  public static RowMethod prelu(boolean perValue) {
    return new RowMethod(
        perValue ? "preluPerChannel" : "prelu",
        RowProgram.of(new Map("sloped", Y, number(0).below(X, X, X.times(slope(perValue))))),
        perValue ? List.of(X, W, Y) : List.of(X, Y),
        Optional.empty(),
        "{@code y = x} above 0, else {@code w x}.\n");
  }

  /**
   * {@code dx = dy} where x is above 0, else {@code w dy}.
   *
   * @param first whether dx is set; else it is accumulated
   */
  public static RowMethod inputGradient(boolean perValue, boolean first) {
    Expr dx = number(0).below(X, DY, DY.times(slope(perValue)));
    String name = perValue ? "preluPerChannelGradient" : "preluGradient";
    return new RowMethod(
        first ? name : name + "Added",
        RowProgram.of(new Map("throughSlope", DX, first ? dx : DX.plus(dx))),
        perValue ? List.of(DY, X, W, DX) : List.of(DY, X, DX),
        Optional.empty(),
        "{@code dx = " + (first ? "dy" : "dx + dy") + "} where x is above 0, else {@code "
            + (first ? "w dy" : "dx + w dy") + "}.\n");
  }

  /** Adds a row to the sums of the gradients of slopes: {@code sums = sums + x dy} where x is not above 0. */
  public static RowMethod slopeGradient() {
    return new RowMethod(
        "slopeGradients",
        RowProgram.of(new Map("addSlopes", SUMS, number(0).below(X, SUMS, X.fma(DY, SUMS)))),
        List.of(DY, X, SUMS),
        Optional.empty(),
        "{@code sums = sums + x dy} where x is not above 0.\n");
  }
}
