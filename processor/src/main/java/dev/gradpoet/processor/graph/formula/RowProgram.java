package dev.gradpoet.processor.graph.formula;

import dev.gradpoet.processor.graph.formula.RowStep.Order;
import dev.gradpoet.processor.graph.formula.RowStep.Reduce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function of rows, declared once and printed in plain Java and as vector code: a sequence of steps, each over all values of the rows. The softmax,
 * for example, is the largest x, {@code y = e^(x - max)}, the sum of y by a tree, and {@code y = y / sum}.
 *
 * <p>A value of a row depends only on the values at the same index of the rows and on numbers of the whole row, so a loop may process any number of
 * values at once.
 */
public record RowProgram(List<RowStep> steps) {

  /** The number of values of a row. */
  public static final Expr.Uniform WIDTH = new Expr.Uniform("width");

  public RowProgram {
    steps = List.copyOf(steps);
  }

  /** The program of these steps. */
  public static RowProgram of(RowStep... steps) {
    return new RowProgram(List.of(steps));
  }

  /** The rows that it reads or writes, in the order of its formulas. */
  public List<Expr.Variable> rows() {
    Stream<Expr.Variable> read = parts(Expr.Variable.class);
    return Stream.concat(read, maps().stream().map(RowStep.Map::row)).distinct().toList();
  }

  /** The rows, each in an array of the same name. */
  public Map<Expr.Variable, String> arrays() {
    return rows().stream().collect(Collectors.toMap(row -> row, Expr.Variable::name));
  }

  /** The rows that it writes. */
  public List<Expr.Variable> written() {
    return maps().stream().map(RowStep.Map::row).distinct().toList();
  }

  /** The arguments: the numbers of the whole row that it reads but does not compute, except the width, in the order of its formulas. */
  public List<Expr.Uniform> arguments() {
    Set<String> computed =
        steps.stream().flatMap(step -> step.result().stream()).collect(Collectors.toSet());
    return parts(Expr.Uniform.class)
        .filter(uniform -> !uniform.equals(WIDTH) && !computed.contains(uniform.name()))
        .distinct()
        .toList();
  }

  /** The flags that it reads, in the order of its steps. */
  public List<String> flags() {
    return steps.stream()
        .flatMap(step -> Stream.concat(
            step.flag().stream(), parts(step, Expr.Either.class).map(Expr.Either::flag)))
        .distinct()
        .toList();
  }

  /** The maps among its steps. */
  public List<RowStep.Map> maps() {
    return steps.stream().flatMap(step -> step.map().stream()).toList();
  }

  /** The functions that it applies to each value. */
  public Stream<Expr.Function> functions() {
    return steps.stream()
        .filter(RowStep::isPerValue)
        .flatMap(step -> parts(step, Expr.Call.class))
        .map(Expr.Call::function)
        .distinct();
  }

  private <T extends Expr> Stream<T> parts(Class<T> type) {
    return steps.stream().flatMap(step -> parts(step, type));
  }

  private static <T extends Expr> Stream<T> parts(RowStep step, Class<T> type) {
    return step.formulas().stream().flatMap(Expr::all).filter(type::isInstance).map(type::cast);
  }

  /** How many times its formulas read a row. */
  public long reads(Expr.Variable row) {
    return parts(Expr.Variable.class).filter(row::equals).count();
  }

  /** The formula of a program that is a single map; otherwise empty. */
  public Optional<Expr> formula() {
    return steps.size() == 1 && steps.get(0) instanceof RowStep.Map map
        ? Optional.of(map.value())
        : Optional.empty();
  }

  /** The names of the sums in one chain, which vectors cannot speed up. */
  public Set<String> chains() {
    return reductions(steps, Order.CHAIN).map(Reduce::name).collect(Collectors.toSet());
  }

  /** The rows whose largest value is computed, by the name of that value. */
  public Map<String, Expr> maxima() {
    Map<String, Expr> maxima = new HashMap<>();
    reductions(steps, Order.MAXIMUM).forEach(max -> maxima.put(max.name(), max.of()));
    return maxima;
  }

  private static Stream<Reduce> reductions(List<RowStep> steps, Order order) {
    return steps.stream()
        .filter(step -> step instanceof Reduce reduce && reduce.order() == order)
        .map(Reduce.class::cast);
  }

  /** The steps in groups: consecutive steps that share one loop over the values, and each other step alone. */
  public List<List<RowStep>> groups() {
    List<List<RowStep>> groups = new ArrayList<>();
    for (RowStep step : steps) {
      List<RowStep> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (step.isPerValue()
          && !last.isEmpty()
          && last.get(0).isPerValue()
          && !readsSum(step, last)) {
        last.add(step);
      } else {
        groups.add(new ArrayList<>(List.of(step)));
      }
    }
    return groups;
  }

  /** Whether a step reads a sum that is complete only after the loop. */
  private static boolean readsSum(RowStep step, List<RowStep> loop) {
    return reductions(loop, Order.CHAIN)
        .map(sum -> new Expr.Uniform(sum.name()))
        .anyMatch(sum -> parts(step, Expr.Uniform.class).anyMatch(sum::equals));
  }
}
