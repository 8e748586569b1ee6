package dev.gradpoet.processor.emit.kernel.vector;

import static dev.gradpoet.processor.emit.kernel.vector.VectorCode.compare;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.ExprPrinter;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Binary;
import dev.gradpoet.processor.graph.formula.Expr.Call;
import dev.gradpoet.processor.graph.formula.Expr.Choice;
import dev.gradpoet.processor.graph.formula.Expr.Comparison;
import dev.gradpoet.processor.graph.formula.Expr.Constant;
import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.Expr.Let;
import dev.gradpoet.processor.graph.formula.Expr.Local;
import dev.gradpoet.processor.graph.formula.Expr.Operator;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import java.util.HashMap;
import java.util.Map;

/** Prints a formula as vector code: the operations of {@link ExprPrinter}, on each lane, in the same order. */
public final class VectorPrinter implements Expr.Cases<CodeBlock> {

  /** About half a line, with the names of packages that imports take away. */
  private static final int LONG = 100;

  private final VectorCode code;
  private final VectorMath math;
  /** What is printed for a variable. */
  public interface Values {
    CodeBlock of(Variable variable);
  }

  private final Values variables;
  private final Map<String, CodeBlock> locals = new HashMap<>();
  private final Map<Call, CodeBlock> known;

  public VectorPrinter(VectorCode code, Map<Variable, CodeBlock> variables) {
    this(code, variables::get, Map.of());
  }

  /** Prints formulas of which the values of some calls are known. */
  public VectorPrinter(VectorCode code, Values variables, Map<Call, CodeBlock> known) {
    this.code = code;
    this.math = new VectorMath(code);
    this.variables = variables;
    this.known = known;
  }

  @Override
  public CodeBlock variable(Variable variable) {
    return variables.of(variable);
  }

  @Override
  public CodeBlock constant(Constant constant) {
    return code.all(constant.value());
  }

  @Override
  public CodeBlock binary(Binary binary) {
    String method = switch (binary.operator()) {
      case PLUS -> "add";
      case MINUS -> "sub";
      case TIMES -> "mul";
      case OVER -> "div";
      case MAX -> "max";
      case MIN -> "min";
    };
    if (binary.left() instanceof Constant
        && (binary.operator() == Operator.PLUS || binary.operator() == Operator.TIMES)) {
      // the other way round it is the same number, and needs no vector of the constant
      return binary(new Binary(binary.operator(), binary.right(), binary.left()));
    }
    CodeBlock left = readable(binary.left().match(this));
    if (binary.right() instanceof Constant limit && isSelection(binary.operator(), limit.value())) {
      CodeBlock x = named("v", left);
      CodeBlock bound = VectorCode.number(limit.value());
      String beyond = binary.operator() == Operator.MAX ? "LE" : "GE";
      return CodeBlock.of("$L.blend($L, $L)", x, bound, compare(x, beyond, bound));
    }
    return CodeBlock.of("$L.$L($L)", left, method, readable(argument(binary.right())));
  }

  /** A variable for what would make a line too long to read. */
  private CodeBlock readable(CodeBlock value) {
    return value.toString().length() > LONG ? code.floats("u", "$L", value) : value;
  }

  /** Whether a maximum or minimum is one comparison: the vectors' own spend five more instructions on NaN and signed zeros. */
  private static boolean isSelection(Operator operator, double limit) {
    return operator == Operator.MAX || operator == Operator.MIN && limit != 0;
  }

  /** A number stands for all lanes where a method takes one. */
  private CodeBlock argument(Expr expr) {
    return expr instanceof Constant constant
        ? VectorCode.number(constant.value())
        : expr.match(this);
  }

  @Override
  public CodeBlock call(Call call) {
    if (known.containsKey(call)) {
      return known.get(call);
    }
    CodeBlock argument = call.argument().match(this);
    return switch (call.function()) {
      case NEGATE -> CodeBlock.of("$L.neg()", argument);
      case ABS -> CodeBlock.of("$L.abs()", argument);
      case SIGNUM -> signum(named("v", argument));
      case EXP ->
        isNegative(call.argument())
            ? math.expOfNegative(named("v", argument))
            : math.exp(named("v", argument));
      case EXPM1 -> math.expm1(named("v", argument));
      case ERF -> math.erf(named("v", argument));
      case LOG -> math.log(named("v", argument));
      case LOG1P ->
        isExpOfNegative(call.argument())
            ? math.log1pOfFraction(named("v", argument))
            : math.log1p(named("v", argument));
      case SIGMOID -> math.sigmoid(named("v", argument));
      case TANH -> math.tanh(named("v", argument));
    };
  }

  /** Whether it is written as {@code -|x|}, or as a square times a negative number. */
  private static boolean isNegative(Expr expr) {
    if (expr instanceof Binary product && product.operator() == Operator.TIMES) {
      return product.left() instanceof Binary square
          && square.operator() == Operator.TIMES
          && square.left().equals(square.right())
          && product.right() instanceof Constant factor
          && factor.value() < 0;
    }
    return expr instanceof Call minus
        && minus.function() == Function.NEGATE
        && minus.argument() instanceof Call inner
        && inner.function() == Function.ABS;
  }

  /** Whether it is written as {@code e} to the power of something negative, which is a number from 0 to 1. */
  private static boolean isExpOfNegative(Expr expr) {
    return expr instanceof Call exp && exp.function() == Function.EXP && isNegative(exp.argument());
  }

  /** A variable for what is used more than once. */
  private CodeBlock named(String name, CodeBlock value) {
    boolean simple = value.toString().chars().allMatch(Character::isJavaIdentifierPart);
    return simple ? value : code.floats(name, "$L", value);
  }

  private static CodeBlock signum(CodeBlock x) {
    CodeBlock zero = VectorCode.number(0);
    return CodeBlock.of(
        "$L.blend($L, $L).blend($L, $L)",
        x,
        VectorCode.number(1),
        compare(x, "GT", zero),
        VectorCode.number(-1),
        compare(x, "LT", zero));
  }

  @Override
  public CodeBlock choice(Choice choice) {
    boolean atMost = choice.comparison() == Comparison.AT_MOST;
    // a vector is compared with a number, not the other way round
    CodeBlock comparison = choice.left() instanceof Constant left
        ? compare(choice.right().match(this), atMost ? "GE" : "GT", VectorCode.number(left.value()))
        : compare(choice.left().match(this), atMost ? "LE" : "LT", argument(choice.right()));
    CodeBlock mask = code.mask("mask", comparison);
    CodeBlock otherwise = readable(choice.otherwise().match(this));
    return CodeBlock.of("$L.blend($L, $L)", otherwise, argument(choice.then()), mask);
  }

  @Override
  public CodeBlock let(Let let) {
    locals.put(let.name(), named(let.name(), let.value().match(this)));
    return let.body().match(this);
  }

  @Override
  public CodeBlock local(Local local) {
    return locals.get(local.name());
  }
}
