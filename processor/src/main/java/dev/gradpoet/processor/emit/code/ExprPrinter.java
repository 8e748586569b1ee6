package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Binary;
import dev.gradpoet.processor.graph.formula.Expr.Call;
import dev.gradpoet.processor.graph.formula.Expr.Choice;
import dev.gradpoet.processor.graph.formula.Expr.Constant;
import dev.gradpoet.processor.graph.formula.Expr.Either;
import dev.gradpoet.processor.graph.formula.Expr.Fma;
import dev.gradpoet.processor.graph.formula.Expr.Let;
import dev.gradpoet.processor.graph.formula.Expr.Local;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import java.util.Locale;
import java.util.Map;

/**
 * Prints a formula as a Java expression on single numbers, with only the necessary parentheses; each {@link Let} becomes a variable, declared before
 * it.
 */
public final class ExprPrinter implements Expr.Cases<CodeBlock> {

  /** The precedence of a printed expression; an operand of lower precedence gets parentheses. */
  private enum Binding {
    CONDITIONAL,
    SUM,
    PRODUCT,
    ATOM
  }

  private final Scalar scalar;
  private final Map<Variable, CodeBlock> variables;
  private final Map<Uniform, CodeBlock> uniforms;
  private final CodeBlock.Builder statements = CodeBlock.builder();

  private ExprPrinter(
      Scalar scalar, Map<Variable, CodeBlock> variables, Map<Uniform, CodeBlock> uniforms) {
    this.scalar = scalar;
    this.variables = variables;
    this.uniforms = uniforms;
  }

  // float sigma = FloatMath.sigmoid(x[i]);     a Let
  // dx[i] = dx[i] * sigma * (1f + x[i] * (1f - sigma));
  /** The statements that assign a formula's value to the left side: {@code dx[i] =} or {@code sum +=}. */
  public static CodeBlock assign(
      Scalar scalar, String left, Expr expr, Map<Variable, CodeBlock> variables) {
    return assign(scalar, left, expr, variables, Map.of());
  }

  /** The same, with expressions for uniforms that are not variables of their names. */
  public static CodeBlock assign(
      Scalar scalar,
      String left,
      Expr expr,
      Map<Variable, CodeBlock> variables,
      Map<Uniform, CodeBlock> uniforms) {
    ExprPrinter printer = new ExprPrinter(scalar, variables, uniforms);
    CodeBlock value = expr.match(printer);
    return printer.statements.addStatement("$L $L", left, value).build();
  }

  /** A formula without a {@link Let}, as an expression. */
  public static CodeBlock expression(
      Scalar scalar,
      Expr expr,
      Map<Variable, CodeBlock> variables,
      Map<Uniform, CodeBlock> uniforms) {
    return expr.match(new ExprPrinter(scalar, variables, uniforms));
  }

  @Override
  public CodeBlock variable(Variable variable) {
    return variables.get(variable);
  }

  @Override
  public CodeBlock uniform(Uniform uniform) {
    return uniforms.getOrDefault(uniform, CodeBlock.of("$L", uniform.name()));
  }

  @Override
  public CodeBlock constant(Constant constant) {
    return scalar.literal(constant.value());
  }

  @Override
  public CodeBlock binary(Binary binary) {
    Expr left = binary.left();
    Expr right = binary.right();
    return switch (binary.operator()) {
      case PLUS ->
        CodeBlock.of("$L + $L", operand(left, Binding.SUM), operand(right, Binding.PRODUCT));
      case MINUS ->
        CodeBlock.of("$L - $L", operand(left, Binding.SUM), operand(right, Binding.PRODUCT));
      case TIMES ->
        CodeBlock.of("$L * $L", operand(left, Binding.PRODUCT), operand(right, Binding.ATOM));
      case OVER ->
        CodeBlock.of("$L / $L", operand(left, Binding.PRODUCT), operand(right, Binding.ATOM));
      case MAX -> CodeBlock.of("$T.max($L, $L)", Math.class, left.match(this), right.match(this));
      case MIN -> CodeBlock.of("$T.min($L, $L)", Math.class, left.match(this), right.match(this));
    };
  }

  @Override
  public CodeBlock fma(Fma fma) {
    return CodeBlock.of(
        "$T.fma($L, $L, $L)",
        Math.class,
        fma.a().match(this),
        fma.b().match(this),
        fma.c().match(this));
  }

  @Override
  public CodeBlock call(Call call) {
    CodeBlock argument = call.argument().match(this);
    return switch (call.function()) {
      case NEGATE -> CodeBlock.of("-$L", operand(call.argument(), Binding.ATOM));
      case ABS -> CodeBlock.of("$T.abs($L)", Math.class, argument);
      case SIGNUM -> CodeBlock.of("$T.signum($L)", Math.class, argument);
      case SQRT ->
        CodeBlock.of(
            scalar == Scalar.FLOAT ? "(float) $T.sqrt($L)" : "$T.sqrt($L)", Math.class, argument);
      case EXP, EXPM1, ERF, LOG, LOG1P, SIGMOID, TANH ->
        CodeBlock.of(
            "$T.$L($L)", scalar.math(), call.function().name().toLowerCase(Locale.ROOT), argument);
    };
  }

  @Override
  public CodeBlock choice(Choice choice) {
    String comparison = switch (choice.comparison()) {
      case AT_MOST -> "<=";
      case BELOW -> "<";
      case EQUAL -> "==";
    };
    return CodeBlock.of(
        "$L $L $L ? $L : $L",
        operand(choice.left(), Binding.SUM),
        comparison,
        operand(choice.right(), Binding.SUM),
        operand(choice.then(), Binding.SUM),
        operand(choice.otherwise(), Binding.CONDITIONAL));
  }

  @Override
  public CodeBlock either(Either either) {
    return CodeBlock.of(
        "$L ? $L : $L",
        either.flag(),
        operand(either.then(), Binding.SUM),
        operand(either.otherwise(), Binding.CONDITIONAL));
  }

  @Override
  public CodeBlock let(Let let) {
    statements.addStatement("$T $L = $L", scalar.type(), let.name(), let.value().match(this));
    return let.body().match(this);
  }

  @Override
  public CodeBlock local(Local local) {
    return CodeBlock.of("$L", local.name());
  }

  private CodeBlock operand(Expr expr, Binding atLeast) {
    CodeBlock printed = expr.match(this);
    return binding(expr).compareTo(atLeast) < 0 ? CodeBlock.of("($L)", printed) : printed;
  }

  private static Binding binding(Expr expr) {
    if (expr instanceof Choice || expr instanceof Either) {
      return Binding.CONDITIONAL;
    }
    if (expr instanceof Let let) {
      return binding(let.body());
    }
    if (expr instanceof Binary binary) {
      return switch (binary.operator()) {
        case PLUS, MINUS -> Binding.SUM;
        case TIMES, OVER -> Binding.PRODUCT;
        case MAX, MIN -> Binding.ATOM;
      };
    }
    boolean signed = expr instanceof Constant constant && constant.value() < 0
        || expr instanceof Call call && call.function() == Expr.Function.NEGATE;
    return signed ? Binding.SUM : Binding.ATOM;
  }
}
