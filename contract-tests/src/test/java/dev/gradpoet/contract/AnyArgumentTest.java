package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls every public method of generated networks, predictors and trainers, except those on files, with random arguments. Each call returns a result,
 * or throws a documented exception with a clear message and leaves parameters, gradients and the optimizer's state unchanged.
 */
class AnyArgumentTest {

  /** The methods that are not called: those on files, and those of Object. */
  private static final Set<String> LEFT_OUT =
      Set.of("save", "load", "wait", "notify", "notifyAll", "getClass", "equals", "hashCode");

  /** The methods that change nothing if they return: the snapshot remains valid. */
  private static final Set<String> READ_ONLY =
      Set.of("layer", "parameters", "summary", "toString", "state", "gradient");

  /** The largest of these exceed the maximum length of an array, so no heap is large enough to allocate them. */
  private static final int[] INTS = {
    -1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 7
  };

  private static final double[] DOUBLES = {
    0.0, -0.0, -1, 2, 1e30, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private static final List<Optimizer> OPTIMIZERS =
      List.of(Sgd.of(0.01), Sgd.of(0.01).momentum(0.9), Adam.of(0.01).amsgrad(true));

  private final Random random = new Random(18);

  /** A network under test, with its widths. */
  private record Subject(
      Model model, Trainer trainer, int inputs, int outputs, DType dtype, List<Object> receivers) {}

  private final Set<String> answered = new TreeSet<>();
  private int refusals;

  /** Kept between calls that must not change anything; null after one that may. */
  private List<Object> before;

  @Test
  void someCallsReturnAResultOrThrowAClearException() throws ReflectiveOperationException {
    call(4_000);
  }

  @Test
  @Tag("exhaustive")
  void returnsAResultOrThrowsAClearException() throws ReflectiveOperationException {
    Set<String> all = call(20_000);
    assertThat(all).hasSizeGreaterThan(60);
    all.removeAll(answered);
    assertThat(all).isEmpty();
  }

  /** Calls the methods, and returns their number. */
  private Set<String> call(int calls) throws ReflectiveOperationException {
    List<Class<? extends Model>> networks = List.of(
        Nets_ClassesNetwork.class,
        Nets_BranchesNetwork.class,
        Nets_ProbabilityNetwork.class,
        Nets_EachRowNetwork.class,
        Nets_EachValueNetwork.class,
        Nets_LosslessNetwork.class,
        PredictionsTest_LogsNetwork.class,
        PredictionsTest_DoublesNetwork.class,
        PredictionsTest_LogitNetwork.class);
    Set<String> all = new TreeSet<>();
    for (Class<? extends Model> network : networks) {
      Subject subject = null;
      for (int i = 0; i < calls / networks.size() + 1; i++) {
        if (i % 100 == 0) {
          subject = subject(network);
          before = null;
        }
        Object receiver =
            subject.receivers().get(random.nextInt(subject.receivers().size()));
        List<Method> methods = methods(receiver.getClass());
        methods.forEach(method -> all.add(name(receiver, method)));
        call(subject, receiver, methods.get(random.nextInt(methods.size())));
      }
    }
    // a test in which all calls are rejected, or none, would show nothing
    assertThat(refusals).isBetween(calls / 5, calls * 9 / 10);
    return all;
  }

  private Subject subject(Class<? extends Model> network) throws ReflectiveOperationException {
    Model model = network.getConstructor(long.class).newInstance(random.nextInt(9));
    Trainer trainer = model.trainer(OPTIMIZERS.get(random.nextInt(OPTIMIZERS.size())), 3);
    return new Subject(
        model,
        trainer,
        network.getField("INPUTS").getInt(null),
        network.getField("OUTPUTS").getInt(null),
        model.layer(0).weight().dtype(),
        List.of(model, model.predictor(), trainer, trainer));
  }

  private static List<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.isBridge() && !LEFT_OUT.contains(method.getName()))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  /** The kind of a class, independent of the network. */
  private static String name(Object receiver, Method method) {
    String kind =
        receiver instanceof Model ? "Model" : receiver instanceof Trainer ? "Trainer" : "Predictor";
    boolean layer = method.getReturnType() == Layer.class && method.getParameterCount() == 0;
    return kind + " " + (layer ? "layer" : method.getName())
        + Arrays.toString(method.getParameterTypes());
  }

  private void call(Subject subject, Object receiver, Method method) throws IllegalAccessException {
    Object[] given = arguments(subject, method);
    if (before == null) {
      before = snapshot(subject);
    }
    String what = method + " of " + Arrays.deepToString(given);
    try {
      method.invoke(receiver, given);
      before = READ_ONLY.contains(method.getName()) ? before : null;
      answered.add(name(receiver, method));
    } catch (InvocationTargetException e) {
      refusals++;
      assertThat(problem(e.getCause())).as("%s threw %s", what, e.getCause()).isEmpty();
      assertThat(snapshot(subject)).as("after %s: %s", what, e.getCause()).isEqualTo(before);
    }
  }

  /** The parameters, the optimizer's state, and the gradients if they may be read. */
  private static List<Object> snapshot(Subject subject) {
    List<Object> snapshot = new ArrayList<>();
    subject.model().parameters().forEach((name, tensor) -> {
      snapshot.add(tensor.to(tensor.dtype()));
      try {
        Tensor gradient = subject.trainer().gradient(name);
        snapshot.add(gradient.to(gradient.dtype()));
      } catch (IllegalStateException afterAStep) {
        snapshot.add("used up");
      }
    });
    snapshot.add(subject.trainer().state());
    return snapshot;
  }

  /** What is wrong with an exception; empty if nothing. */
  private static String problem(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    if (thrown.getClass() == NullPointerException.class) {
      return text.matches("[a-zA-Z]+(\\[[a-z0-9._]+])?") ? "" : "names no argument";
    }
    boolean argument = thrown.getClass() == IllegalArgumentException.class
        || thrown.getClass() == IndexOutOfBoundsException.class;
    if (argument) {
      return text.matches("(?s).*(expected|for at most).*") ? "" : "does not say what was expected";
    }
    boolean state = thrown.getClass() == IllegalStateException.class
        || thrown.getClass() == UnsupportedOperationException.class
        || thrown.getClass() == NoSuchElementException.class;
    return !state ? "is of another kind" : text.contains(": ") ? "" : "says no way out";
  }

  /** The tensors of a call, mostly with the same number of rows. */
  private Object[] arguments(Subject subject, Method method) {
    int n = random.nextInt(4);
    Object[] given = new Object[method.getParameterCount()];
    for (int i = 0; i < given.length; i++) {
      boolean target =
          i > 0 || method.getName().equals("loss") || method.getName().equals("backward");
      given[i] = argument(
          subject,
          method.getParameterTypes()[i],
          target ? subject.outputs() : subject.inputs(),
          target,
          n);
    }
    return given;
  }

  private Object argument(Subject subject, Class<?> type, int width, boolean target, int n) {
    int rows = random.nextInt(8) == 0 ? random.nextInt(5) : n;
    if (!type.isPrimitive() && random.nextInt(20) == 0) {
      return null;
    } else if (type == int.class) {
      return random.nextInt(4) == 0 ? INTS[random.nextInt(INTS.length)] : rows;
    } else if (type == double.class) {
      return aDouble();
    } else if (type == String.class) {
      List<String> names = List.copyOf(subject.model().parameters().keySet());
      return random.nextBoolean()
          ? names.get(random.nextInt(names.size()))
          : random.nextBoolean() ? "input" : "x";
    } else if (type == Optimizer.class) {
      return random.nextBoolean()
          ? OPTIMIZERS.get(random.nextInt(3))
          : Sgd.of(0.1).nesterov(true);
    } else if (type == Map.class) {
      return state(subject);
    } else if (type == Tensor.class) {
      return tensor(subject, width, target, rows);
    } else if (type == Tensor[].class) {
      Tensor[] inputs = new Tensor[random.nextInt(5) == 0 ? random.nextInt(3) : 1];
      Arrays.setAll(
          inputs, i -> random.nextInt(10) == 0 ? null : tensor(subject, width, target, rows));
      return inputs;
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

  private int[] labels(Subject subject, int rows) {
    int[] labels = new int[rows + extra()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(20) == 0
          ? INTS[random.nextInt(INTS.length)]
          : random.nextInt(subject.outputs());
    }
    return labels;
  }

  private Tensor tensor(Subject subject, int width, boolean target, int rows) {
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
  private Map<String, Tensor> state(Subject subject) {
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
