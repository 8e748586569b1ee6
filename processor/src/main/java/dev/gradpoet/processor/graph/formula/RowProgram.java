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
 * A function of rows, described once for every way of printing it: steps taken one after the other, each with all values. The softmax, for example,
 * is the largest x, {@code y = e^(x - max)}, the sum of y by a tree, and {@code y = y / sum}.
 *
 * <p>What one value of a row depends on are values in the same place of rows, and numbers of the whole row: the steps of a loop may be taken for
 * any number of values at once.
 */
public record RowProgram(List<RowStep> steps) {

  /** The number of values of a row. */
  public static final Expr.Uniform WIDTH = new Expr.Uniform("width");

  public RowProgram {
    steps = List.copyOf(steps);
  }

  /** A program of these steps. */
  public static RowProgram of(RowStep... steps) {
    return new RowProgram(List.of(steps));
  }

  /** The rows that it reads or writes, in the order of its formulas. */
  public List<Expr.Variable> rows() {
    Stream<Expr.Variable> read = parts(Expr.Variable.class);
    return Stream.concat(read, maps().stream().map(RowStep.Map::row)).distinct().toList();
  }

  /** Arrays of which each is called as the row in it. */
  public Map<Expr.Variable, String> arrays() {
    return rows().stream().collect(Collectors.toMap(row -> row, Expr.Variable::name));
  }

  /** The rows that it writes. */
  public List<Expr.Variable> written() {
    return maps().stream().map(RowStep.Map::row).distinct().toList();
  }

  /** The numbers of the whole row that it does not compute, but for the width: its arguments, in the order of its formulas. */
  public List<Expr.Uniform> arguments() {
    Set<String> computed =
        steps.stream().flatMap(step -> step.result().stream()).collect(Collectors.toSet());
    return parts(Expr.Uniform.class)
        .filter(uniform -> !uniform.equals(WIDTH) && !computed.contains(uniform.name()))
        .distinct()
        .toList();
  }

  /** The flags that it asks for, in the order of its steps. */
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
        .filter(RowStep::isOfValues)
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

  /** How often it reads a value of a row. */
  public long reads(Expr.Variable row) {
    return parts(Expr.Variable.class).filter(row::equals).count();
  }

  /** The formula of a program that is one map, and nothing else. */
  public Optional<Expr> formula() {
    return steps.size() == 1 && steps.get(0) instanceof RowStep.Map map
        ? Optional.of(map.value())
        : Optional.empty();
  }

  /** The sums that are one chain, which vectors cannot shorten. */
  public Set<String> chains() {
    return reductions(steps, Order.CHAIN).map(Reduce::name).collect(Collectors.toSet());
  }

  /** The rows of which the largest value is known, by the name of that. */
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

  /** The steps in groups: those that one loop over the values takes together, and each of the others alone. */
  public List<List<RowStep>> groups() {
    List<List<RowStep>> groups = new ArrayList<>();
    for (RowStep step : steps) {
      List<RowStep> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (step.isOfValues()
          && !last.isEmpty()
          && last.get(0).isOfValues()
          && !readsSum(step, last)) {
        last.add(step);
      } else {
        groups.add(new ArrayList<>(List.of(step)));
      }
    }
    return groups;
  }

  /** Whether a step reads a sum that is complete only behind the loop of others. */
  private static boolean readsSum(RowStep step, List<RowStep> loop) {
    return reductions(loop, Order.CHAIN)
        .map(sum -> new Expr.Uniform(sum.name()))
        .anyMatch(sum -> parts(step, Expr.Uniform.class).anyMatch(sum::equals));
  }
}
