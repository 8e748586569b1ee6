package dev.gradpoet.processor.emit.kernel.vector;

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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the first function call in a formula, in the order of evaluation, that is not simple arithmetic. */
final class FirstCall implements Expr.Cases<Optional<Call>> {

  private final Set<Call> known;

  private FirstCall(Set<Call> known) {
    this.known = known;
  }

  /** The first call that is not among the known ones. */
  static Call of(Expr expr, Set<Call> known) {
    return expr.match(new FirstCall(known))
        .orElseThrow(() -> new IllegalArgumentException("no function in " + expr));
  }

  private Optional<Call> first(Expr... parts) {
    return Stream.of(parts).flatMap(part -> part.match(this).stream()).findFirst();
  }

  @Override
  public Optional<Call> variable(Variable variable) {
    return Optional.empty();
  }

  @Override
  public Optional<Call> uniform(Uniform uniform) {
    return Optional.empty();
  }

  @Override
  public Optional<Call> constant(Constant constant) {
    return Optional.empty();
  }

  @Override
  public Optional<Call> binary(Binary binary) {
    return first(binary.left(), binary.right());
  }

  @Override
  public Optional<Call> fma(Fma fma) {
    return first(fma.a(), fma.b(), fma.c());
  }

  @Override
  public Optional<Call> call(Call call) {
    if (known.contains(call)) {
      return Optional.empty();
    }
    return first(call.argument())
        .or(() -> call.isArithmetic() ? Optional.empty() : Optional.of(call));
  }

  @Override
  public Optional<Call> choice(Choice choice) {
    return first(choice.left(), choice.right(), choice.otherwise(), choice.then());
  }

  @Override
  public Optional<Call> either(Either either) {
    return first(either.then(), either.otherwise());
  }

  @Override
  public Optional<Call> let(Let let) {
    return first(let.value(), let.body());
  }

  @Override
  public Optional<Call> local(Local local) {
    return Optional.empty();
  }
}
