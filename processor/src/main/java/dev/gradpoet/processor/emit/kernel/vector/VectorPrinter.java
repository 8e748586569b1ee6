package dev.gradpoet.processor.emit.kernel.vector;

import static dev.gradpoet.processor.emit.kernel.vector.VectorCode.compare;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.ExprPrinter;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Binary;
import dev.gradpoet.processor.graph.formula.Expr.Call;
import dev.gradpoet.processor.graph.formula.Expr.Choice;
import dev.gradpoet.processor.graph.formula.Expr.Constant;
import dev.gradpoet.processor.graph.formula.Expr.Either;
import dev.gradpoet.processor.graph.formula.Expr.Fma;
import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.Expr.Let;
import dev.gradpoet.processor.graph.formula.Expr.Local;
import dev.gradpoet.processor.graph.formula.Expr.Operator;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import java.util.HashMap;
import java.util.Map;

/** Prints a formula as vector code: the operations of {@link ExprPrinter} in the same order, on each lane. */
public final class VectorPrinter implements Expr.Cases<CodeBlock> {

  /** The length from which an operand gets a variable: about half a line, plus the package names that imports remove. */
  private static final int LONG = 100;

  /** The vectors of variables. */
  public interface Values {
    CodeBlock of(Variable variable);
  }

  private final VectorCode code;
  private final VectorMath math;
  private final Values variables;
  private final Map<String, CodeBlock> locals = new HashMap<>();
  private final Map<Call, CodeBlock> known;
  private final Map<String, Expr> maxima;
  private final Map<Uniform, CodeBlock> uniforms;

  public VectorPrinter(VectorCode code, Map<Variable, CodeBlock> variables) {
    this(code, variables::get, Map.of());
  }

  /** Creates a printer for formulas with known values of some calls. */
  public VectorPrinter(VectorCode code, Values variables, Map<Call, CodeBlock> known) {
    this(code, variables, known, Map.of(), Map.of());
  }

  /**
   * Creates a printer for the formulas of a program.
   *
   * @param maxima the rows whose largest value is known, by the name of that value
   * @param uniforms expressions for the uniforms that are not variables of their names
   */
  VectorPrinter(
      VectorCode code,
      Values variables,
      Map<Call, CodeBlock> known,
      Map<String, Expr> maxima,
      Map<Uniform, CodeBlock> uniforms) {
    this.code = code;
    this.maxima = maxima;
    this.uniforms = uniforms;
    this.math = new VectorMath(code);
    this.variables = variables;
    this.known = known;
  }

  @Override
  public CodeBlock variable(Variable variable) {
    return variables.of(variable);
  }

  @Override
  public CodeBlock uniform(Uniform uniform) {
    return code.all(scalar(uniform));
  }

  @Override
  public CodeBlock constant(Constant constant) {
    return code.all(constant.value());
  }

  /** Whether it has the same value in all lanes. */
  private static boolean isUniform(Expr expr) {
    return expr.all()
        .filter(part -> part.parts().isEmpty())
        .allMatch(leaf -> leaf instanceof Constant || leaf instanceof Uniform);
  }

  /** An expression for a value that is the same in all lanes. */
  private CodeBlock scalar(Expr expr) {
    return ExprPrinter.expression(code.scalar(), expr, Map.of(), uniforms);
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
    if (isUniform(binary)) {
      return code.all(scalar(binary));
    }
    if (isUniform(binary.left())
        && (binary.operator() == Operator.PLUS || binary.operator() == Operator.TIMES)) {
      // these operators commute, and a number as the right operand needs no vector
      return binary(new Binary(binary.operator(), binary.right(), binary.left()));
    }
    CodeBlock left = readable(binary.left().match(this));
    if (binary.right() instanceof Constant limit && isSelection(binary.operator(), limit.value())) {
      CodeBlock x = named("v", left);
      CodeBlock bound = scalar(limit);
      String beyond = binary.operator() == Operator.MAX ? "LE" : "GE";
      return CodeBlock.of("$L.blend($L, $L)", x, bound, compare(x, beyond, bound));
    }
    return CodeBlock.of("$L.$L($L)", left, method, readable(argument(binary.right())));
  }

  /** A variable for a value that would make a line unreadably long. */
  private CodeBlock readable(CodeBlock value) {
    return value.toString().length() > LONG ? code.floats("u", "$L", value) : value;
  }

  /**
   * Whether a maximum or minimum can be a comparison and a blend: the operations of the Vector API take five more instructions for NaN and signed
   * zeros.
   */
  private static boolean isSelection(Operator operator, double limit) {
    return operator == Operator.MAX || operator == Operator.MIN && limit != 0;
  }

  /** An argument of a vector method, as a number if it is the same in all lanes. */
  private CodeBlock argument(Expr expr) {
    return isUniform(expr) ? scalar(expr) : expr.match(this);
  }

  @Override
  public CodeBlock fma(Fma fma) {
    if (isUniform(fma.a()) && !isUniform(fma.b())) {
      // the factors commute, and the receiver should not be a broadcast number
      return fma(new Fma(fma.b(), fma.a(), fma.c()));
    }
    CodeBlock a = readable(fma.a().match(this));
    return CodeBlock.of(
        "$L.fma($L, $L)", a, readable(fma.b().match(this)), readable(fma.c().match(this)));
  }

  @Override
  public CodeBlock call(Call call) {
    if (known.containsKey(call)) {
      return known.get(call);
    }
    if (isUniform(call)) {
      return code.all(scalar(call));
    }
    CodeBlock argument = call.argument().match(this);
    return switch (call.function()) {
      case NEGATE -> CodeBlock.of("$L.neg()", argument);
      case ABS -> CodeBlock.of("$L.abs()", argument);
      case SQRT -> CodeBlock.of("$L.sqrt()", argument);
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

  /**
   * Whether it has the form of {@code -|x|}, of a square times a negative number, or of a value minus the largest of its row, so that it is never
   * positive.
   */
  private boolean isNegative(Expr expr) {
    if (expr instanceof Binary difference
        && difference.operator() == Operator.MINUS
        && difference.right() instanceof Uniform largest) {
      return difference.left().equals(maxima.get(largest.name()));
    }
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

  /** Whether it has the form of {@code e} to the power of such a number, so that it is from 0 to 1. */
  private boolean isExpOfNegative(Expr expr) {
    return expr instanceof Call exp && exp.function() == Function.EXP && isNegative(exp.argument());
  }

  /** A variable for a value that is used more than once. */
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
    // compare is called on a vector, so a number on the left moves to the right
    CodeBlock comparison = isUniform(choice.left())
        ? compare(
            choice.right().match(this),
            switch (choice.comparison()) {
              case AT_MOST -> "GE";
              case BELOW -> "GT";
              case EQUAL -> "EQ";
            },
            scalar(choice.left()))
        : compare(
            choice.left().match(this),
            switch (choice.comparison()) {
              case AT_MOST -> "LE";
              case BELOW -> "LT";
              case EQUAL -> "EQ";
            },
            argument(choice.right()));
    CodeBlock mask = code.mask("mask", comparison);
    CodeBlock otherwise = readable(choice.otherwise().match(this));
    return CodeBlock.of("$L.blend($L, $L)", otherwise, argument(choice.then()), mask);
  }

  // FloatVector u = flag ? x : y;
  @Override
  public CodeBlock either(Either either) {
    return code.floats("u", "$L", choice(either));
  }

  // decays ? w.fma(FloatVector.broadcast(S, decay), g) : g
  private CodeBlock choice(Either either) {
    return CodeBlock.of(
        "$L ? $L : $L", either.flag(), branch(either.then()), branch(either.otherwise()));
  }

  private CodeBlock branch(Expr expr) {
    return expr instanceof Either inner ? CodeBlock.of("($L)", choice(inner)) : expr.match(this);
  }

  /** A formula as the right side of an assignment. */
  CodeBlock assigned(Expr value) {
    return value instanceof Either either ? choice(either) : value.match(this);
  }

  /** Defines a local, which later formulas read by this name. */
  void define(String name, Expr value) {
    CodeBlock printed = assigned(value);
    locals.put(
        name, value instanceof Either ? code.floats(name, "$L", printed) : named(name, printed));
  }

  @Override
  public CodeBlock let(Let let) {
    define(let.name(), let.value());
    return let.body().match(this);
  }

  @Override
  public CodeBlock local(Local local) {
    return locals.get(local.name());
  }
}
