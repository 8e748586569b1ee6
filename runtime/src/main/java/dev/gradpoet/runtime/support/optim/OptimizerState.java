package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.NamedTensors;
import dev.gradpoet.runtime.support.Parameter;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that an optimizer remembers, as tensors by name: {@code step}, the number of updates, and {@code learning_rate}; and for each parameter what
 * PyTorch's state has, such as {@code hidden.weight.exp_avg}, with {@code hidden.weight.step} if it has missed updates. In a network with dropout, {@code generator} is the state of its generator.
 */
public final class OptimizerState {

  /** The name of the number of updates, an INT64 scalar. */
  public static final String STEP = "step";

  /** The name of the learning rate, a FLOAT64 scalar. */
  public static final String LEARNING_RATE = "learning_rate";

  /** The name of the state of the generator, where there is one. */
  private static final String GENERATOR = "generator";

  /** What follows the name of a parameter in that of the number of its own updates, an INT64 scalar, if it has missed some while it was frozen. */
  private static final String OWN_STEP = ".step";

  /** More updates than any run makes, and the last number up to which double counts one by one. */
  private static final long MOST_UPDATES = 1L << 53;

  /** Sums and averages of squares. */
  private static final Set<String> NEVER_NEGATIVE =
      Set.of("exp_avg_sq", "max_exp_avg_sq", "square_avg", "sum");

  private OptimizerState() {}

  /**
   * A copy of the state.
   *
   * @param updates the number of updates
   * @param learningRate of the next update
   * @param generator the source of masks; null without dropout
   * @param buffers what is remembered of the parameters, by PyTorch's names
   * @param freezing which parameters have missed updates; null if nothing was frozen
   * @return in a map that cannot be changed
   */
  public static Map<String, Tensor> copy(
      long updates,
      double learningRate,
      Generator generator,
      Map<String, ? extends List<? extends Parameter>> buffers,
      Freezing freezing) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(STEP, count(updates));
    state.put(LEARNING_RATE, Tensor.of(new double[] {learningRate}, new int[0]));
    if (generator != null) {
      state.put(GENERATOR, generator.getState());
    }
    views(buffers).forEach((name, view) -> {
      Tensor copy = Tensor.zeros(view.dtype(), view.shape());
      copy.copyFrom(view);
      state.put(name, copy);
    });
    if (freezing != null) {
      freezing.steps(updates).forEach((name, step) -> state.put(name + OWN_STEP, count(step)));
    }
    return Collections.unmodifiableMap(state);
  }

  private static Tensor count(long updates) {
    return Tensor.of(new long[] {updates}, new int[0]);
  }

  /**
   * Puts a state back, but for the two numbers, which are checked.
   *
   * @param state as {@link #copy} gives it
   * @param generator the source of masks; null without dropout
   * @param parameters the names of all parameters
   * @param buffers what is remembered of the parameters, by PyTorch's names
   * @return the own updates of the parameters that have missed some, by their names
   * @throws IllegalArgumentException if a name is missing or unknown, a tensor has another shape or dtype, or holds what no trainer writes; nothing
   *     has changed then
   * @throws NullPointerException if the state or a tensor is null
   */
  public static Map<String, Long> restore(
      Map<String, Tensor> state,
      Generator generator,
      Set<String> parameters,
      Map<String, ? extends List<? extends Parameter>> buffers) {
    Map<String, Tensor> expected = new LinkedHashMap<>();
    expected.put(STEP, Tensor.zeros(DType.INT64));
    expected.put(LEARNING_RATE, Tensor.zeros(DType.FLOAT64));
    if (generator != null) {
      expected.put(GENERATOR, generator.getState());
    }
    Map<String, Tensor> views = views(buffers);
    expected.putAll(views);
    Set<String> behind = Objects.requireNonNull(state, "state").keySet().stream()
        .filter(name -> name != null && name.endsWith(OWN_STEP))
        .map(name -> name.substring(0, name.length() - OWN_STEP.length()))
        .filter(parameters::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
    behind.forEach(name -> expected.put(name + OWN_STEP, Tensor.zeros(DType.INT64)));
    if (!state.keySet().equals(expected.keySet())) {
      throw new IllegalArgumentException("the state holds " + state.keySet() + ", expected "
          + expected.keySet() + ": it is that of another network or optimizer");
    }
    expected.forEach((name, tensor) -> check(name, state.get(name), tensor));
    long step = state.get(STEP).getLong();
    if (step < 0 || step > MOST_UPDATES) {
      throw new IllegalArgumentException("step is " + step + ", expected 0 to " + MOST_UPDATES
          + ", the maximum number of updates: pass the result of state()");
    }
    Map<String, Long> steps = new LinkedHashMap<>();
    behind.forEach(name -> steps.put(name, ownStep(name, state.get(name + OWN_STEP), step)));
    Check.learningRate(state.get(LEARNING_RATE).get());
    buffers.forEach((buffer, slots) -> {
      if (NEVER_NEGATIVE.contains(buffer)) {
        NamedTensors.of(slots)
            .keySet()
            .forEach(name -> notNegative(name + "." + buffer, state.get(name + "." + buffer)));
      }
    });
    if (generator != null) {
      generator.setState(state.get(GENERATOR)); // the last check, and the first change
    }
    views.forEach((name, view) -> view.copyFrom(state.get(name)));
    return steps;
  }

  private static long ownStep(String name, Tensor own, long step) {
    long updates = own.getLong();
    if (updates < 0 || updates > step) {
      throw new IllegalArgumentException(name + OWN_STEP + " is " + updates + ", expected 0 to "
          + step + ", the step of the whole state: pass the result of state()");
    }
    return updates;
  }

  /** NaN and infinity are what a run writes that diverged, so they are taken. */
  private static void notNegative(String name, Tensor tensor) {
    for (double value : tensor.toDoubleArray()) {
      if (value < 0) {
        throw new IllegalArgumentException(name + " holds " + value
            + ", expected a value of at least 0: pass the result of state()");
      }
    }
  }

  private static void check(String name, Tensor found, Tensor expected) {
    Objects.requireNonNull(found, () -> "state[" + name + "]");
    if (found.dtype() != expected.dtype() || !Arrays.equals(found.shape(), expected.shape())) {
      throw new IllegalArgumentException(
          name + " is " + found.dtype() + " of shape " + Arrays.toString(found.shape())
              + ", expected " + expected.dtype() + " of shape " + Arrays.toString(expected.shape())
              + ": it is the state of another network");
    }
  }

  private static Map<String, Tensor> views(
      Map<String, ? extends List<? extends Parameter>> buffers) {
    Map<String, Tensor> views = new LinkedHashMap<>();
    buffers.forEach((buffer, slots) -> NamedTensors.of(slots)
        .forEach((parameter, view) -> views.put(parameter + "." + buffer, view)));
    return views;
  }
}
