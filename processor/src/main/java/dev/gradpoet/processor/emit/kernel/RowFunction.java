package dev.gradpoet.processor.emit.kernel;

import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.vector.VectorFormula;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.plan.Requirement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a kernel of a layer does to each row that is complete: a method of {@code from}, {@code to} and {@code width}.
 *
 * @param activation an activation
 * @param gradient whether its derivative turns the gradient {@code to} in place; if not, it is applied to {@code from}
 */
public record RowFunction(ActivationOp activation, boolean gradient) {

  static RowFunction of(Requirement.Function required) {
    return new RowFunction(required.activation(), required.gradient());
  }

  /** {@code relu} or {@code reluGradient}; activations that differ in a parameter want the same. */
  public String wantedName() {
    return activation.name() + (gradient ? "Gradient" : "");
  }

  /** What it computes. */
  public RowProgram program() {
    return gradient ? activation.gradient() : activation.value();
  }

  /** What its method calls the rows of the program. */
  public Map<Variable, String> arrays() {
    boolean ofInput = !gradient || activation.reads() == ActivationOp.Reads.INPUT;
    Map<Variable, String> arrays = new LinkedHashMap<>();
    arrays.put(ofInput ? Variable.X : Variable.Y, "from");
    arrays.put(gradient ? Variable.G : Variable.Y, "to");
    return arrays;
  }

  /** Whether all families print it alike: float64 functions are fdlibm's, and vectors cannot shorten a sum that is one chain. */
  public boolean isShared(Scalar scalar) {
    return scalar == Scalar.DOUBLE || !program().chains().isEmpty();
  }

  /** Whether a call of it for each row would take as long as its vectors do. */
  public boolean isShort() {
    return formula() && new VectorFormula(program(), arrays()).isShort();
  }

  /** Whether its vectors are more than one loop may have, and their first loop keeps something beside the gradient. */
  public boolean needsScratch(Scalar scalar, KernelChoice choice) {
    return gradient
        && scalar == Scalar.FLOAT
        && choice.isMade()
        && formula()
        && !new VectorFormula(program(), arrays()).fits();
  }

  private boolean formula() {
    return program().formula().isPresent();
  }

  /** The Javadoc of its method. */
  public String describe() {
    return gradient ? activation.gradientDoc() : activation.valueDoc();
  }
}
