package dev.gradpoet.processor.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.DType;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every identifier that generated classes contain, as the name of a layer, a nested type, a constant, the interface itself or a class beside it: the
 * class compiles without a warning and computes the bits that it computes under other names, or one error of ours names the place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentifiersTest {

  /** What {@code MethodRules} reserves, and the method that serialization takes from every serializable class. */
  private static final Set<String> NO_LAYERS = Set.of(
      "input",
      "parameters",
      "copy",
      "summary",
      "predictor",
      "architecture",
      "pretrained",
      "hashCode",
      "toString",
      "getClass",
      "notify",
      "notifyAll",
      "wait",
      "clone",
      "finalize",
      "writeReplace");

  /** What {@code HidingRules} refuses, which tests of errors cover, and what would not be Java. */
  private static final Set<String> NO_TYPES =
      Set.of("dev", "java", "jdk", "NetNetwork", "Net", "record");

  private static final Set<String> NO_CONSTANTS =
      Set.of("dev", "java", "jdk", "NetNetwork", "Loops", "Losses", "PlainKernels");

  private static final Set<String> LAYERS_OF_MERGING =
      Set.of("one", "two", "three", "gated", "four", "dropped", "sloped", "slopes", "bent", "five");

  private static final Pattern REFUSED_METHOD = Pattern.compile("\\b(\\w+)\\(\\).* \\[GP\\d+]");

  /** Few enough to leave the methods of all layers whole. */
  private static final int LAYERS = 20;

  /** Of a network. */
  private static final int INPUTS = 10;

  private final Map<Boolean, Set<String>> identifiers = new HashMap<>();

  private Set<String> identifiers(boolean vectors) {
    return identifiers.computeIfAbsent(vectors, Identifiers::collect);
  }

  @Test
  void someLayersOfFloats() {
    requireSameWithLayers(DType.FLOAT32, false, Sample.oneIn(20, layerNames(false)));
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @Tag("exhaustive")
  @CsvSource({"FLOAT32, true", "FLOAT32, false", "FLOAT64, true", "FLOAT64, false"})
  void layers(DType dtype, boolean vectors) {
    requireSameWithLayers(dtype, vectors, layerNames(vectors));
  }

  private List<String> layerNames(boolean vectors) {
    List<String> names = new ArrayList<>(identifiers(vectors));
    names.removeAll(NO_LAYERS);
    return names;
  }

  private static void requireSameWithLayers(DType dtype, boolean vectors, List<String> names) {
    List<Declared> declared = new ArrayList<>();
    declared.add(Declared.stack(
        "other", dtype, IntStream.range(0, LAYERS).mapToObj(i -> "l" + i).toList()));
    for (int from = 0; from < names.size(); from += LAYERS) {
      // the last network takes some once more, so that all have one shape
      int to = Math.min(from + LAYERS, names.size());
      declared.add(Declared.stack("from" + from, dtype, names.subList(to - LAYERS, to)));
    }
    assertAllComputeTheSame(vectors, declared);
  }

  @Test
  void someInputsOfFloats() {
    requireSameWithInputs(DType.FLOAT32, false, Sample.oneIn(10, inputNames(false)));
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @Tag("exhaustive")
  @CsvSource({"FLOAT32, true", "FLOAT32, false", "FLOAT64, true", "FLOAT64, false"})
  void inputs(DType dtype, boolean vectors) {
    requireSameWithInputs(dtype, vectors, inputNames(vectors));
  }

  /** The names of parameters, variables and fields of methods that take inputs, first. */
  private List<String> inputNames(boolean vectors) {
    List<String> names = new ArrayList<>(List.of("n", "x", "y", "classes", "input", "inputs"));
    names.addAll(List.of("out", "from", "rows", "v", "p", "g", "d", "network", "optimizer"));
    identifiers(vectors).stream().filter(name -> !names.contains(name)).forEach(names::add);
    names.removeIf(name -> NO_LAYERS.contains(name) && !name.equals("input"));
    return names;
  }

  private static void requireSameWithInputs(DType dtype, boolean vectors, List<String> names) {
    List<Declared> declared = new ArrayList<>();
    declared.add(Declared.inputs(
        "other", dtype, IntStream.range(0, INPUTS).mapToObj(i -> "in" + i).toList()));
    List<String> group = new ArrayList<>();
    Set<String> constants = new TreeSet<>();
    for (String name : names) {
      // two names of one constant are refused
      if (constants.add(ValidInput.constant(name))) {
        group.add(name);
      }
      if (group.size() == INPUTS) {
        declared.add(Declared.inputs("from" + declared.size(), dtype, List.copyOf(group)));
        group.clear();
        constants.clear();
      }
    }
    assertThat(declared).hasSizeGreaterThan(names.size() / INPUTS - 1);
    assertAllComputeTheSame(vectors, declared);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, true", "FLOAT64, false"})
  void typesAndConstantsInsideANetworkWithSeveralInputs(DType dtype, boolean vectors) {
    String types = members(vectors, "record %s(int n) {}", name -> !NO_TYPES.contains(name));
    String constants = members(vectors, "int %s = 3;", name -> !NO_CONSTANTS.contains(name));
    assertAllComputeTheSame(
        vectors,
        List.of(
            Declared.categories("without", "Net", dtype, ""),
            Declared.categories("types", "Net", dtype, types),
            Declared.categories("constants", "Net", dtype, constants)));
  }

  @Test
  void typesInsideOfFloats() {
    typesInside(DType.FLOAT32, false);
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @Tag("exhaustive")
  @CsvSource({"FLOAT32, true", "FLOAT64, true", "FLOAT64, false"})
  void typesInside(DType dtype, boolean vectors) {
    String types = members(vectors, "record %s(int n) {}", name -> !NO_TYPES.contains(name));
    assertAllComputeTheSame(
        vectors,
        List.of(
            Declared.merging("without", "Net", dtype, ""),
            Declared.merging("with", "Net", dtype, types)));
  }

  @Test
  void constantsOfFloats() {
    constants(DType.FLOAT32, false);
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @Tag("exhaustive")
  @CsvSource({"FLOAT32, true", "FLOAT64, true", "FLOAT64, false"})
  void constants(DType dtype, boolean vectors) {
    String constants = members(vectors, "int %s = 3;", name -> !NO_CONSTANTS.contains(name));
    assertAllComputeTheSame(
        vectors,
        List.of(
            Declared.merging("without", "Net", dtype, ""),
            Declared.merging("with", "Net", dtype, constants)));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, true", "FLOAT64, false"})
  void typesAndConstantsInsideANetworkOnImages(DType dtype, boolean vectors) {
    String types = members(vectors, "record %s(int n) {}", name -> !NO_TYPES.contains(name));
    String constants = members(vectors, "int %s = 3;", name -> !NO_CONSTANTS.contains(name));
    assertAllComputeTheSame(
        vectors,
        List.of(
            Declared.images("without", "Net", dtype, ""),
            Declared.images("types", "Net", dtype, types),
            Declared.images("constants", "Net", dtype, constants)));
  }

  @Test
  void defaultMethodsOfFloats() {
    defaultMethods(DType.FLOAT32, false);
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @Tag("exhaustive")
  @CsvSource({"FLOAT32, true", "FLOAT64, true", "FLOAT64, false"})
  void defaultMethods(DType dtype, boolean vectors) {
    String format = "default int %s() { return 7; }";
    Set<String> refused = new TreeSet<>();
    Declared wrong = Declared.merging(
        "wrong", "Net", dtype, members(vectors, format, name -> !LAYERS_OF_MERGING.contains(name)));
    for (Diagnostic<?> error : Declared.compile(vectors, wrong.files()).errors()) {
      Matcher matcher = REFUSED_METHOD.matcher(error.getMessage(Locale.ROOT));
      assertThat(matcher.find()).as(error.toString()).isTrue();
      refused.add(matcher.group(1));
    }
    Declared without = Declared.merging("without", "Net", dtype, "");
    Set<String> taken = methodsWithoutParameters(without, vectors);
    assertThat(taken).contains("parameters", "copy", "summary", "predictor", "getClass");
    taken.retainAll(identifiers(vectors));
    assertThat(refused).isEqualTo(taken);
    refused.addAll(LAYERS_OF_MERGING);
    String methods = members(vectors, format, name -> !refused.contains(name));
    assertAllComputeTheSame(
        vectors, List.of(without, Declared.merging("with", "Net", dtype, methods)));
  }

  /** Those of the generated class and of the classes above it, and of {@code Model}, but for the layers. */
  private static Set<String> methodsWithoutParameters(Declared declared, boolean vectors) {
    Class<?> network =
        network(SourceCompiler.load(Declared.compile(vectors, declared.files())), declared);
    return Stream.concat(
            Stream.<Class<?>>iterate(network, Objects::nonNull, Class::getSuperclass),
            Stream.of(Model.class))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
        .map(Method::getName)
        .filter(name -> !LAYERS_OF_MERGING.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Class<?> network(ClassLoader loader, Declared declared) {
    try {
      return loader.loadClass(declared.packageName() + "." + declared.name() + "Network");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void classesBesideAnInterfaceOfFloats() {
    classesBesideTheInterface(DType.FLOAT32, false);
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @Tag("exhaustive")
  @CsvSource({"FLOAT32, true", "FLOAT64, true", "FLOAT64, false"})
  void classesBesideTheInterface(DType dtype, boolean vectors) {
    List<JavaFileObject> files =
        new ArrayList<>(Declared.merging("with", "Net", dtype, "").files());
    identifiers(vectors).stream()
        .filter(name -> !NO_TYPES.contains(name))
        .map(name -> JavaFileObjects.forSourceString(
            "with." + name, "package with; public class %s {}".formatted(name)))
        .forEach(files::add);
    assertAllComputeTheSame(
        vectors,
        List.of(Declared.merging("without", "Net", dtype, ""), new Declared("with", "Net", files)));
  }

  /** Large networks once, with vectors: these hold plain kernels, too. */
  @ParameterizedTest(name = "vectors: {0}")
  @Tag("exhaustive")
  @ValueSource(booleans = {true, false})
  void theInterfaceItself(boolean vectors) {
    List<String> names = interfaceNames(vectors);
    assertThat(names).hasSizeGreaterThan(50);
    requireSameWithInterfaces(vectors, names);
  }

  @Test
  void someInterfacesThemselves() {
    requireSameWithInterfaces(false, Sample.oneIn(12, interfaceNames(false)));
  }

  private List<String> interfaceNames(boolean vectors) {
    return identifiers(vectors).stream()
        .filter(name -> !Character.isLowerCase(name.codePointAt(0)))
        .toList();
  }

  private static void requireSameWithInterfaces(boolean vectors, List<String> names) {
    List<Declared> declared = names.stream()
        .map(name -> vectors
            ? Declared.merging("as" + name, name, DType.FLOAT32, "")
            : Declared.small("as" + name, name))
        .toList();
    assertAllComputeTheSame(vectors, declared);
  }

  private String members(boolean vectors, String format, Predicate<String> allowed) {
    return identifiers(vectors).stream()
        .filter(allowed)
        .map(format::formatted)
        .collect(Collectors.joining("\n"));
  }

  private static void assertAllComputeTheSame(boolean vectors, List<Declared> declared) {
    List<JavaFileObject> files =
        declared.stream().flatMap(one -> one.files().stream()).toList();
    ClassLoader loader =
        SourceCompiler.load(SourceCompiler.withoutWarnings(Declared.compile(vectors, files)));
    Set<String> trained =
        declared.stream().map(one -> trained(loader, one)).collect(Collectors.toSet());
    assertThat(trained).hasSize(1);
  }

  /** Two rows of an input. */
  private static Tensor rows(Architecture.Input input, DType dtype) {
    if (input.classes().isPresent()) {
      long[] indices = {0, 1, 2, 2, 1, 0};
      int width = input.shape()[0];
      return Tensor.of(Arrays.copyOf(indices, 2 * width)).unflatten(0, 2, width);
    }
    double[] values = {0.5, -1, 2, 0.25, 1, 1, 2, 3, 4, 5};
    int size = IntStream.of(input.shape()).reduce(1, Math::multiplyExact);
    return Tensor.of(Arrays.copyOf(values, 2 * size), 2, size).to(dtype);
  }

  /** What three steps leave, in full. */
  private static String trained(ClassLoader loader, Declared declared) {
    try {
      Model model = (Model) network(loader, declared).getConstructor(long.class).newInstance(7L);
      DType dtype = model.parameters().values().iterator().next().dtype();
      Tensor[] x = model.architecture().inputs().stream()
          .map(input -> rows(input, dtype))
          .toArray(Tensor[]::new);
      Tensor y = Tensor.of(new double[][] {{0.5, -1, 2}, {0.25, 1, 1}}).to(dtype);
      Trainer trainer = model.trainer(Sgd.of(0.1).momentum(0.5), 2);
      StringBuilder text = new StringBuilder();
      for (int step = 0; step < 3; step++) {
        text.append(trainer.step(x, y)).append('\n');
      }
      return text.append(Arrays.toString(model.forward(x).toDoubleArray())).toString();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
