package dev.gradpoet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
      Set.of("layer", "parameters", "summary", "toString", "state", "gradient", "lossDivisor");

  private final Random random = new Random(18);
  private final RandomArguments arguments = new RandomArguments(random);

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
    Set<String> all = call(60_000);
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
        PredictionsTest_LogitNetwork.class,
        SeveralInputsTest_ClickNetwork.class,
        SeveralInputsTest_TextNetwork.class,
        SeveralInputsTest_PairNetwork.class,
        SeveralInputsTest_NormalizedNetwork.class,
        NormalizationTest_TwiceNetwork.class);
    Set<String> all = new TreeSet<>();
    for (Class<? extends Model> network : networks) {
      NetworkUnderTest subject = null;
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

  private NetworkUnderTest subject(Class<? extends Model> network)
      throws ReflectiveOperationException {
    Model model = network.getConstructor(long.class).newInstance(random.nextInt(9));
    Trainer trainer = model.trainer(arguments.optimizer(), 3);
    return new NetworkUnderTest(
        model,
        trainer,
        model.architecture().inputs(),
        network.getField("OUTPUTS").getInt(null),
        model.architecture().dtype(),
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

  private void call(NetworkUnderTest subject, Object receiver, Method method)
      throws IllegalAccessException {
    Object[] given = arguments.of(subject, method);
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
  private static List<Object> snapshot(NetworkUnderTest subject) {
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
}
