package dev.gradpoet.contract;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random arguments of methods on networks, predictors and trainers: mostly valid, and now and then null or at the edge of a type. */
final class RandomArguments {

  /** The methods whose tensors have the width of the outputs. */
  private static final Set<String> TAKE_OUTPUTS =
      Set.of("loss", "backward", "classesOf", "probabilitiesOf", "evaluateOutput");

  /** The largest of these exceed the maximum length of an array, so no heap is large enough to allocate them. */
  private static final int[] INTS = {
    -1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 7
  };

  private static final double[] DOUBLES = {
    0.0, -0.0, -1, 2, 1e30, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private static final List<Optimizer> OPTIMIZERS =
      List.of(Sgd.of(0.01), Sgd.of(0.01).momentum(0.9), Adam.of(0.01).amsgrad(true));

  private final Random random;

  RandomArguments(Random random) {
    this.random = random;
  }

  /** One of three optimizers. */
  Optimizer optimizer() {
    return OPTIMIZERS.get(random.nextInt(OPTIMIZERS.size()));
  }

  /** The tensors of a call, mostly with the same number of rows. */
  Object[] of(NetworkUnderTest subject, Method method) {
    if (method.getName().equals("classWeights") && random.nextBoolean()) {
      return new Object[] {random.doubles(subject.outputs()).toArray()};
    }
    if (method.getName().equals("posWeight") && random.nextBoolean()) {
      return new Object[] {
        random.doubles(random.nextBoolean() ? 1 : subject.outputs()).toArray()
      };
    }
    int n = random.nextInt(4);
    Object[] given = new Object[method.getParameterCount()];
    for (int i = 0; i < given.length; i++) {
      Class<?> type = method.getParameterTypes()[i];
      boolean target = i >= subject.inputs().size()
          || i > 0 && type == Tensor.class
          || TAKE_OUTPUTS.contains(method.getName());
      given[i] = !target && type == int[].class && random.nextInt(20) > 0
          ? indices(subject.inputs().get(i), rows(n) * subject.width(i) + extra())
          : argument(subject, type, target ? subject.outputs() : subject.width(i), target, n);
    }
    return given;
  }

  private int rows(int n) {
    return random.nextInt(8) == 0 ? random.nextInt(5) : n;
  }

  private int[] indices(Architecture.Input input, int length) {
    int[] indices = new int[length];
    Arrays.setAll(
        indices,
        i -> random.nextInt(60) == 0
            ? INTS[random.nextInt(INTS.length)]
            : random.nextInt(input.classes().orElse(3)));
    return indices;
  }

  private Object argument(
      NetworkUnderTest subject, Class<?> type, int width, boolean target, int n) {
    int rows = rows(n);
    if (!type.isPrimitive() && random.nextInt(20) == 0) {
      return null;
    } else if (type == int.class) {
      return random.nextInt(4) == 0 ? INTS[random.nextInt(INTS.length)] : rows;
    } else if (type == double.class) {
      return aDouble();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      List<String> names = List.copyOf(subject.model().parameters().keySet());
      return random.nextBoolean()
          ? names.get(random.nextInt(names.size()))
          : subject.inputs().get(random.nextInt(subject.inputs().size())).name();
    } else if (type == Optimizer.class) {
      return random.nextBoolean() ? optimizer() : Sgd.of(0.1).nesterov(true);
    } else if (type == Map.class) {
      return state(subject);
    } else if (type == Tensor.class) {
      return tensor(subject, width, target, rows);
    } else if (type == Tensor[].class) {
      int count = subject.inputs().size();
      Tensor[] inputs = new Tensor[random.nextInt(5) == 0 ? random.nextInt(3) : count];
      Arrays.setAll(
          inputs,
          i -> random.nextInt(10) == 0 ? null : input(subject, Math.min(i, count - 1), rows));
      return inputs;
    } else if (type == String[].class) {
      List<Layer> layers = subject.model().architecture().layers();
      String[] names = new String[random.nextInt(3)];
      Arrays.setAll(
          names,
          i -> random.nextInt(10) == 0
              ? null
              : random.nextInt(10) == 0
                  ? "input"
                  : layers.get(random.nextInt(layers.size())).name());
      return names;
    } else if (type == int[].class) {
      return labels(subject, rows);
    }
    return array(
        type.getComponentType(),
        type.getComponentType().isArray() ? rows : rows * width + extra(),
        width);
  }

  private int extra() {
    return random.nextInt(10) == 0 ? 1 : 0;
  }

  private Object array(Class<?> of, int length, int width) {
    Object array = Array.newInstance(of, length);
    for (int i = 0; i < length; i++) {
      Object value = of.isArray()
          ? (random.nextInt(10) == 0 ? null : array(of.getComponentType(), width + extra(), width))
          : of == float.class ? (Object) (float) aDouble() : (Object) aDouble();
      Array.set(array, i, value);
    }
    return array;
  }

  /** Mostly a probability, so that it is valid for any kind of target. */
  private double aDouble() {
    return random.nextInt(30) == 0 ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextDouble();
  }

  private int[] labels(NetworkUnderTest subject, int rows) {
    int[] labels = new int[rows + extra()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(20) == 0
          ? INTS[random.nextInt(INTS.length)]
          : random.nextInt(subject.outputs());
    }
    return labels;
  }

  private Tensor input(NetworkUnderTest subject, int input, int rows) {
    int width = subject.width(input);
    return subject.inputs().get(input).classes().isPresent() && random.nextInt(10) > 0
        ? Tensor.of(indices(subject.inputs().get(input), rows * width)).unflatten(0, rows, width)
        : tensor(subject, width, false, rows);
  }

  private Tensor tensor(NetworkUnderTest subject, int width, boolean target, int rows) {
    if (target && random.nextBoolean()) {
      int[] labels = labels(subject, rows);
      return random.nextInt(5) == 0 ? Tensor.of(labels).to(subject.dtype()) : Tensor.of(labels);
    }
    DType dtype = random.nextInt(10) == 0 ? DType.values()[random.nextInt(3)] : subject.dtype();
    int[] shape = switch (random.nextInt(8)) {
      case 0 -> new int[] {width};
      case 1 -> new int[] {rows, width + extra()};
      case 2 -> new int[] {rows * width};
      case 3 -> new int[] {1, rows, width};
      default -> new int[] {rows, width};
    };
    Tensor tensor = Tensor.zeros(dtype, shape);
    double[] values = new double[tensor.size()];
    Arrays.setAll(values, i -> dtype == DType.INT64 ? random.nextInt(3) : aDouble());
    tensor.copyFrom(values);
    return tensor;
  }

  /** The trainer's state, perhaps with a tensor missing, replaced or null. */
  private Map<String, Tensor> state(NetworkUnderTest subject) {
    Map<String, Tensor> state = new LinkedHashMap<>(subject.trainer().state());
    List<String> names = List.copyOf(state.keySet());
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(6)) {
      case 0 -> state.remove(name);
      case 1 -> state.put(name, null);
      case 2 -> state.put("more", state.get(name));
      case 3 -> state.put(name, Tensor.of(new double[] {aDouble()}, new int[0]));
      case 4 -> state.put("step", Tensor.of(new long[] {random.nextLong()}, new int[0]));
      default -> {}
    }
    return state;
  }
}
