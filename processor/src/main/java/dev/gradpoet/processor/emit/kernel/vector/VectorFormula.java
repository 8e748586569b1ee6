package dev.gradpoet.processor.emit.kernel.vector;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Call;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A formula that a loop applies to a row, vector by vector.
 *
 * @param expr what is computed
 * @param variables what the vectors of {@code from} and, in a derivative, {@code to} stand for in it
 * @param known the calls whose values another loop has left in an array, by the name of that
 */
public record VectorFormula(Expr expr, Map<Variable, String> variables, Map<Call, String> known) {

  public VectorFormula(ActivationOp.Elementwise op, boolean gradient) {
    this(gradient ? op.gradient() : op.value(), variables(op, gradient), Map.of());
  }

  /** Whether an activation or its derivative is so few operations that a call for each row would take as long. */
  public static boolean isShort(ActivationOp activation, boolean gradient) {
    return activation instanceof ActivationOp.Elementwise op
        && new VectorFormula(op, gradient).isShort();
  }

  /** Whether an activation or its derivative is more vector operations than one loop may have. */
  public static boolean isLong(ActivationOp activation, boolean gradient) {
    return activation instanceof ActivationOp.Elementwise op
        && !new VectorFormula(op, gradient).fits();
  }

  private static Map<Variable, String> variables(ActivationOp.Elementwise op, boolean gradient) {
    if (!gradient) {
      return Map.of(Variable.X, "from");
    }
    boolean ofInput = op.reads() == ActivationOp.Reads.INPUT;
    return Map.of(ofInput ? Variable.X : Variable.Y, "from", Variable.G, "to");
  }

  /** Whether one loop may hold it. */
  public boolean fits() {
    // what is one function of a vector is not cut
    boolean whole = expr instanceof Call call && call.argument() instanceof Variable;
    return whole || VectorNodes.fits(print(new VectorCode()));
  }

  /** Whether it is a few operations. */
  public boolean isShort() {
    return VectorNodes.of(print(new VectorCode())) <= VectorNodes.FEW;
  }

  /** The first function that it asks for and whose value is not known, as a formula of its own. */
  public VectorFormula first() {
    Map<Variable, String> read = new HashMap<>(variables);
    read.remove(Variable.G);
    return new VectorFormula(FirstCall.of(expr, known.keySet()), read, known);
  }

  /** Whether a formula that is a call is applied to what is known. */
  public boolean isOfKnown() {
    return known.containsKey(((Call) expr).argument());
  }

  /** What a formula that is a call is applied to. */
  public VectorFormula argument() {
    return new VectorFormula(((Call) expr).argument(), variables, known);
  }

  /** A formula that is a call, applied to what {@link #argument} has left. */
  public VectorFormula ofArgument() {
    Call call = new Call(((Call) expr).function(), Variable.X);
    return new VectorFormula(call, Map.of(Variable.X, "from"), Map.of());
  }

  /** {@code exp}, of a formula that is a call. */
  public String functionName() {
    return ((Call) expr).function().name().toLowerCase(Locale.ROOT);
  }

  /** This formula, where the value of another is in an array. */
  public VectorFormula after(VectorFormula first, String array) {
    return new VectorFormula(expr, variables, Map.of((Call) first.expr(), array));
  }

  /** The variables that are still read where calls are known. */
  private Set<Variable> read() {
    Set<Variable> read = EnumSet.noneOf(Variable.class);
    Map<Call, CodeBlock> calls = new HashMap<>();
    known.forEach((call, array) -> calls.put(call, CodeBlock.of("known")));
    expr.match(new VectorPrinter(
        new VectorCode(),
        variable -> {
          read.add(variable);
          return CodeBlock.of(variable.name().toLowerCase(Locale.ROOT));
        },
        calls));
    return read;
  }

  /** The statements of the loop. */
  public CodeBlock print(VectorCode code) {
    Vectors vectors = new Vectors(Scalar.FLOAT);
    Map<Variable, CodeBlock> values = new HashMap<>();
    Set<Variable> read = read();
    for (Variable variable : Variable.values()) {
      if (read.contains(variable)) {
        String name = variable.name().toLowerCase(Locale.ROOT);
        CodeBlock value = vectors.load(variables.get(variable), "o");
        values.put(variable, code.floats(name, "$L", value));
      }
    }
    Map<Call, CodeBlock> calls = new HashMap<>();
    known.forEach((call, array) -> calls.put(
        call,
        code.floats(
            call.function().name().toLowerCase(Locale.ROOT), "$L", vectors.load(array, "o"))));
    CodeBlock result = expr.match(new VectorPrinter(code, values::get, calls));
    code.statement("$L.intoArray(to, o)", result);
    return code.statements();
  }
}
