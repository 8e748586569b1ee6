package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that an optimizer remembers, as tensors by name: {@code step}, the number of updates, and {@code learning_rate}; and for each parameter what
 * PyTorch's state has, such as {@code hidden.weight.exp_avg}.
 */
public final class OptimizerState {

  /** The name of the number of updates, an INT64 scalar. */
  public static final String STEP = "step";

  /** The name of the learning rate, a FLOAT64 scalar. */
  public static final String LEARNING_RATE = "learning_rate";

  private OptimizerState() {}

  /**
   * A copy of the state.
   *
   * @param updates the number of updates
   * @param learningRate of the next update
   * @param buffers what is remembered of the layers, by PyTorch's names
   * @return in a map that cannot be changed
   */
  public static Map<String, Tensor> copy(
      long updates, double learningRate, Map<String, ? extends List<? extends Layer>> buffers) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(STEP, Tensor.of(new long[] {updates}, new int[0]));
    state.put(LEARNING_RATE, Tensor.of(new double[] {learningRate}, new int[0]));
    views(buffers).forEach((name, view) -> {
      Tensor copy = Tensor.zeros(view.dtype(), view.shape());
      copy.copyFrom(view);
      state.put(name, copy);
    });
    return Collections.unmodifiableMap(state);
  }

  /**
   * Puts a state back, but for the two numbers, which are checked.
   *
   * @param state as {@link #copy} gives it
   * @param buffers what is remembered of the layers, by PyTorch's names
   * @throws IllegalArgumentException if a name is missing or unknown, or a tensor has another shape or dtype; nothing has changed then
   */
  public static void restore(
      Map<String, Tensor> state, Map<String, ? extends List<? extends Layer>> buffers) {
    Map<String, Tensor> expected = new LinkedHashMap<>();
    expected.put(STEP, Tensor.zeros(DType.INT64));
    expected.put(LEARNING_RATE, Tensor.zeros(DType.FLOAT64));
    Map<String, Tensor> views = views(buffers);
    expected.putAll(views);
    if (!state.keySet().equals(expected.keySet())) {
      throw new IllegalArgumentException("the state holds " + state.keySet() + ", expected "
          + expected.keySet() + ": it is that of another network or optimizer");
    }
    expected.forEach((name, tensor) -> check(name, state.get(name), tensor));
    if (state.get(STEP).getLong() < 0) {
      throw new IllegalArgumentException(
          "step is " + state.get(STEP).getLong() + ", expected at least 0");
    }
    Check.learningRate(state.get(LEARNING_RATE).get());
    views.forEach((name, view) -> view.copyFrom(state.get(name)));
  }

  private static void check(String name, Tensor found, Tensor expected) {
    if (found.dtype() != expected.dtype() || !Arrays.equals(found.shape(), expected.shape())) {
      throw new IllegalArgumentException(
          name + " is " + found.dtype() + " of shape " + Arrays.toString(found.shape())
              + ", expected " + expected.dtype() + " of shape " + Arrays.toString(expected.shape())
              + ": it is the state of another network");
    }
  }

  private static Map<String, Tensor> views(Map<String, ? extends List<? extends Layer>> buffers) {
    Map<String, Tensor> views = new LinkedHashMap<>();
    buffers.forEach((buffer, layers) -> NamedTensors.of(layers)
        .forEach((parameter, view) -> views.put(parameter + "." + buffer, view)));
    return views;
  }
}
