package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Calls every public method and constructor of every public class of the package, except enums and the methods of {@link Safetensors} that take a
 * path, with random arguments. Each call returns a result, or throws a documented exception with a clear message and changes nothing.
 */
class AnyArgumentTest {

  private static final int CALLS = 20_000;

  private final Random random = new Random(18);
  private final RandomArguments arguments = new RandomArguments(random);

  @Test
  void returnsAResultOrThrowsAClearException() throws Exception {
    List<Executable> members = members();
    assertThat(members).hasSizeGreaterThan(150);
    Map<String, Integer> results = new TreeMap<>();
    Map<String, Integer> refusals = new TreeMap<>();
    for (int i = 0; i < CALLS; i++) {
      Executable member =
          members.get(i < 3 * members.size() ? i / 3 : random.nextInt(members.size()));
      boolean refused = call(member);
      (refused ? refusals : results).merge(member.toString(), 1, Integer::sum);
    }
    // a test in which all calls are rejected, or none, would show nothing
    assertThat(refusals.values().stream().mapToInt(n -> n).sum())
        .isBetween(CALLS / 10, CALLS * 9 / 10);
    assertThat(results.size()).isGreaterThan(members.size() * 9 / 10);
  }

  /** Whether the call was rejected. */
  private boolean call(Executable member) throws ReflectiveOperationException {
    Object receiver = receiver(member);
    Object[] given =
        Arrays.stream(member.getGenericParameterTypes()).map(arguments::of).toArray();
    List<Object> before = snapshot(receiver, given);
    String what = member + " of " + Arrays.deepToString(given) + " on " + receiver;
    try {
      Object result = member instanceof Method method
          ? method.invoke(receiver, given)
          : ((java.lang.reflect.Constructor<?>) member).newInstance(given);
      assertThat(String.valueOf(result)).isNotNull();
      return false;
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      assertThat(problem(thrown, member)).as("%s threw %s", what, thrown).isEmpty();
      assertThat(snapshot(receiver, given)).as("after %s: %s", what, thrown).isEqualTo(before);
      return true;
    }
  }

  private Object receiver(Executable member) {
    if (Modifier.isStatic(member.getModifiers()) || !(member instanceof Method)) {
      return null;
    }
    Class<?> type = member.getDeclaringClass();
    return switch (type.getSimpleName()) {
      case "Tensor" -> arguments.tensor();
      case "Safetensors" -> arguments.safetensors();
      case "Architecture" -> arguments.architecture();
      case "Generator" -> new Generator().manualSeed(random.nextInt(9));
      case "Sgd" -> Sgd.of(0.1).momentum(0.9);
      case "Adam" -> Adam.of(0.1).amsgrad(true);
      case "AdamW" -> AdamW.of(0.1).weightDecay(0.1);
      case "RmsProp" -> RmsProp.of(0.1);
      case "Adagrad" -> Adagrad.of(0.1);
      case "StepLr" -> StepLr.of(0.1).stepSize(3);
      case "ExponentialLr" -> ExponentialLr.of(0.1).gamma(0.5);
      case "CosineAnnealingLr" -> CosineAnnealingLr.of(0.1).tMax(10);
      case "LinearLr" -> LinearLr.of(0.1).startFactor(0.5);
      case "Memory" -> new Memory(1, 2, 3, 4);
      default -> throw new AssertionError("no " + type + " to call: add one here");
    };
  }

  /** The mutable objects: tensors and generators. */
  private static List<Object> snapshot(Object receiver, Object[] given) {
    List<Object> all = new ArrayList<>(Arrays.asList(given));
    all.add(receiver);
    all.addAll(receiver instanceof Safetensors file ? file.tensors().values() : List.of());
    for (Object each : given) {
      all.addAll(each instanceof Map<?, ?> map ? map.values() : List.of());
    }
    List<Object> snapshot = new ArrayList<>();
    for (Object each : all) {
      if (each instanceof Tensor tensor) {
        snapshot.add(tensor.to(tensor.dtype()));
      } else if (each instanceof Generator generator) {
        snapshot.add(generator.getState());
      }
    }
    return snapshot;
  }

  /** What is wrong with an exception; empty if nothing. */
  private static String problem(Throwable thrown, Executable member) {
    String text = String.valueOf(thrown.getMessage());
    if (member.getDeclaringClass() == Safetensors.class) {
      boolean read = thrown.getClass() == IOException.class && text.startsWith("the ");
      boolean absent =
          thrown.getClass() == NullPointerException.class && text.matches(".+ is null(: .+)?");
      boolean none = thrown.getClass() == IllegalArgumentException.class
          && text.startsWith("the byte array: ");
      return text.length() < 300 && (read || absent || none) ? "" : "does not say what is wrong";
    }
    if (thrown.getClass() == NullPointerException.class) {
      return text.matches("[a-zA-Z]+(\\[\\d+])?") ? "" : "names no argument";
    }
    if (thrown.getClass() == ArithmeticException.class) {
      return member.getName().equals("toIntArray") ? "" : "is not documented";
    }
    if (thrown.getClass() == IllegalStateException.class) {
      return text.contains(": ") ? "" : "says no way out";
    }
    boolean kind = thrown.getClass() == IllegalArgumentException.class
        || thrown.getClass() == IndexOutOfBoundsException.class;
    boolean says = text.contains("expected") || text.contains(": ");
    return !kind ? "is of another kind" : says ? "" : "does not say what was expected";
  }

  private static List<Executable> members() throws IOException, ClassNotFoundException {
    List<Executable> members = new ArrayList<>();
    Path classes = Path.of("target", "classes", "dev", "gradpoet", "runtime");
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.contains("$") && !name.contains("-")) {
          Class<?> type = Class.forName("dev.gradpoet.runtime." + name.replace(".class", ""));
          if (Modifier.isPublic(type.getModifiers()) && !type.isInterface() && !type.isEnum()) {
            Stream.concat(Stream.of(type.getConstructors()), Stream.of(type.getDeclaredMethods()))
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !List.of(member.getParameterTypes()).contains(Path.class))
                .forEach(members::add);
          }
        }
      }
    }
    members.sort(Comparator.comparing(Executable::toString));
    return members;
  }
}
