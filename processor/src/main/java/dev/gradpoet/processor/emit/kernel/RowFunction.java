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
 * A function that a kernel of a layer applies to each row once it is complete: a method of {@code from}, {@code to} and {@code width}.
 *
 * @param activation an activation
 * @param gradient whether it is the derivative, which updates the gradient {@code to} in place; otherwise the activation is applied to {@code from}
 */
public record RowFunction(ActivationOp activation, boolean gradient) {

  static RowFunction of(Requirement.Function required) {
    return new RowFunction(required.activation(), required.gradient());
  }

  /** {@code relu} or {@code reluGradient}, also for activations that differ in an option. */
  public String wantedName() {
    return activation.name() + (gradient ? "Gradient" : "");
  }

  /** Its program. */
  public RowProgram program() {
    return gradient ? activation.gradient() : activation.value();
  }

  /** The names of the program's rows in its method. */
  public Map<Variable, String> arrays() {
    boolean ofInput = !gradient || activation.reads() == ActivationOp.Reads.INPUT;
    Map<Variable, String> arrays = new LinkedHashMap<>();
    arrays.put(ofInput ? Variable.X : Variable.Y, "from");
    arrays.put(gradient ? Variable.G : Variable.Y, "to");
    return arrays;
  }

  /** Whether it is the same in all families: float64 functions are fdlibm's, and vectors cannot speed up a sum in one chain. */
  public boolean isShared(Scalar scalar) {
    return scalar == Scalar.DOUBLE || !program().chains().isEmpty();
  }

  /** Whether a call for each row would take as long as its vector operations. */
  public boolean isShort() {
    return formula() && new VectorFormula(program(), arrays()).isShort();
  }

  /** Whether its vector operations must be split into several loops, of which the first stores an intermediate result besides the gradient. */
  public boolean needsScratch(Scalar scalar, KernelChoice choice) {
    return gradient
        && scalar == Scalar.FLOAT
        && choice.hasTwoFamilies()
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
