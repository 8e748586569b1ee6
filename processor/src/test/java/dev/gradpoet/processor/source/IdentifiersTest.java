package dev.gradpoet.processor.source;

import static com.google.testing.compile.Compiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.DType;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.SourceCompiler;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
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

  private static final Pattern NO_CODE =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(\\\\.|[^\"\\\\])*\"");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  /** Names that no generated class contains, but people write, or javac allows. */
  private static final List<String> OTHERS = List.of(
      "a$b", "$T", "$", "$$", "$L", "p_", "λ", "größe", "𝒳", "x0", "l$", "keep_", "Module",
      "record");

  /** What {@code LayerRules} reserves. */
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
      "finalize");

  /** What {@code HidingRules} refuses, which tests of errors cover, and what would not be Java. */
  private static final Set<String> NO_TYPES =
      Set.of("dev", "java", "jdk", "NetNetwork", "Net", "record");

  private static final Set<String> NO_CONSTANTS =
      Set.of("dev", "java", "jdk", "NetNetwork", "Loops", "Losses", "PlainKernels");

  private static final Set<String> LAYERS_OF_MERGING =
      Set.of("one", "two", "three", "four", "five");

  private static final Pattern REFUSED_METHOD = Pattern.compile("\\b(\\w+)\\(\\).* \\[GP\\d+]");

  /** Few enough to leave the methods of all layers whole. */
  private static final int LAYERS = 20;

  private Set<String> identifiers;

  @BeforeAll
  void collectIdentifiers() {
    identifiers = new TreeSet<>(OTHERS);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (boolean vectors : new boolean[] {true, false}) {
        List<JavaFileObject> files = new ArrayList<>();
        files.addAll(stack("a", dtype, List.of("first", "second", "third")).files());
        files.addAll(merging("b", "Merging", dtype, "").files());
        generated(compile(vectors, files)).forEach(this::collect);
      }
    }
    assertThat(identifiers).hasSizeGreaterThan(300).contains("Math", "rows", "PlainKernels");
  }

  private void collect(String source) {
    IDENTIFIER
        .matcher(NO_CODE.matcher(source).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .filter(name -> !SourceVersion.isKeyword(name))
        .forEach(identifiers::add);
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @CsvSource({"FLOAT32, true", "FLOAT32, false", "FLOAT64, true", "FLOAT64, false"})
  void layers(DType dtype, boolean vectors) {
    List<String> names = new ArrayList<>(identifiers);
    names.removeAll(NO_LAYERS);
    List<Declared> declared = new ArrayList<>();
    declared.add(
        stack("other", dtype, IntStream.range(0, LAYERS).mapToObj(i -> "l" + i).toList()));
    for (int from = 0; from < names.size(); from += LAYERS) {
      // the last network takes some once more, so that all have one shape
      int to = Math.min(from + LAYERS, names.size());
      declared.add(stack("from" + from, dtype, names.subList(to - LAYERS, to)));
    }
    assertAllComputeTheSame(vectors, declared);
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @CsvSource({"FLOAT32, true", "FLOAT32, false", "FLOAT64, true", "FLOAT64, false"})
  void typesInside(DType dtype, boolean vectors) {
    String types = members("record %s(int n) {}", name -> !NO_TYPES.contains(name));
    assertAllComputeTheSame(
        vectors,
        List.of(merging("without", "Net", dtype, ""), merging("with", "Net", dtype, types)));
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @CsvSource({"FLOAT32, true", "FLOAT32, false", "FLOAT64, true", "FLOAT64, false"})
  void constants(DType dtype, boolean vectors) {
    String constants = members("int %s = 3;", name -> !NO_CONSTANTS.contains(name));
    assertAllComputeTheSame(
        vectors,
        List.of(merging("without", "Net", dtype, ""), merging("with", "Net", dtype, constants)));
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @CsvSource({"FLOAT32, true", "FLOAT32, false", "FLOAT64, true", "FLOAT64, false"})
  void defaultMethods(DType dtype, boolean vectors) {
    String format = "default int %s() { return 7; }";
    Set<String> refused = new TreeSet<>(LAYERS_OF_MERGING);
    Declared wrong =
        merging("wrong", "Net", dtype, members(format, name -> !refused.contains(name)));
    for (Diagnostic<?> error : compile(vectors, wrong.files()).errors()) {
      Matcher matcher = REFUSED_METHOD.matcher(error.getMessage(Locale.ROOT));
      assertThat(matcher.find()).as(error.toString()).isTrue();
      refused.add(matcher.group(1));
    }
    // the methods of Model without parameters
    assertThat(refused).contains("parameters", "copy", "summary", "predictor");
    String methods = members(format, name -> !refused.contains(name));
    assertAllComputeTheSame(
        vectors,
        List.of(merging("without", "Net", dtype, ""), merging("with", "Net", dtype, methods)));
  }

  @ParameterizedTest(name = "{0}, vectors: {1}")
  @CsvSource({"FLOAT32, true", "FLOAT32, false", "FLOAT64, true", "FLOAT64, false"})
  void classesBesideTheInterface(DType dtype, boolean vectors) {
    List<JavaFileObject> files =
        new ArrayList<>(merging("with", "Net", dtype, "").files());
    identifiers.stream()
        .filter(name -> !NO_TYPES.contains(name))
        .map(name -> JavaFileObjects.forSourceString(
            "with." + name, "package with; public class %s {}".formatted(name)))
        .forEach(files::add);
    assertAllComputeTheSame(
        vectors, List.of(merging("without", "Net", dtype, ""), new Declared("with", "Net", files)));
  }

  @ParameterizedTest(name = "vectors: {0}")
  @ValueSource(booleans = {true, false})
  void theInterfaceItself(boolean vectors) {
    List<Declared> declared = identifiers.stream()
        .filter(name -> !Character.isLowerCase(name.codePointAt(0)))
        .map(name -> merging("as" + name, name, DType.FLOAT32, ""))
        .toList();
    assertThat(declared).hasSizeGreaterThan(50);
    assertAllComputeTheSame(vectors, declared);
  }

  private String members(String format, Predicate<String> allowed) {
    return identifiers.stream()
        .filter(allowed)
        .map(format::formatted)
        .collect(Collectors.joining("\n"));
  }

  /** A stack whose layers have these names. */
  private static Declared stack(String packageName, DType dtype, List<String> names) {
    StringBuilder text =
        new StringBuilder("import dev.gradpoet.*; import dev.gradpoet.runtime.Layer;\n");
    text.append("@Network(input = 5, loss = Loss.MSE, dtype = DType.%s) public interface Net {\n"
        .formatted(dtype));
    for (int i = 0; i < names.size(); i++) {
      text.append("@Linear(out = %d, activation = Activation.%s) Layer %s();\n"
          .formatted(i == names.size() - 1 ? 3 : 5, i % 3 == 1 ? "GELU" : "TANH", names.get(i)));
    }
    return Declared.of(packageName, "Net", text.append("}\n").toString());
  }

  /** A network with merges and a loss of many options, which says its types in full, so that members may have any name. */
  private static Declared merging(String packageName, String name, DType dtype, String members) {
    return Declared.of(packageName, name, """
        @dev.gradpoet.Network(input = 5, loss = dev.gradpoet.Loss.CROSS_ENTROPY, dtype = dev.gradpoet.DType.%s)
        @dev.gradpoet.LossOptions(labelSmoothing = 0.1, classWeights = {1, 2, 3})
        public interface %s {
          @dev.gradpoet.Linear(out = 70, activation = dev.gradpoet.Activation.GELU) dev.gradpoet.runtime.Layer one();
          @dev.gradpoet.Linear(out = 70, activation = dev.gradpoet.Activation.MISH) dev.gradpoet.runtime.Layer two();
          @dev.gradpoet.Add(from = {"one", "two"}, activation = dev.gradpoet.Activation.SOFTMAX) dev.gradpoet.runtime.Layer three();
          @dev.gradpoet.Concat(from = {"three", "input"}, activation = dev.gradpoet.Activation.SELU) dev.gradpoet.runtime.Layer four();
          @dev.gradpoet.Linear(out = 3, activation = dev.gradpoet.Activation.LOG_SIGMOID) dev.gradpoet.runtime.Layer five();
        %s
        }
        """.formatted(dtype, name, members));
  }

  private static void assertAllComputeTheSame(boolean vectors, List<Declared> declared) {
    List<JavaFileObject> files =
        declared.stream().flatMap(one -> one.files().stream()).toList();
    ClassLoader loader =
        SourceCompiler.load(SourceCompiler.withoutWarnings(compile(vectors, files)));
    Set<String> trained =
        declared.stream().map(one -> trained(loader, one)).collect(Collectors.toSet());
    assertThat(trained).hasSize(1);
  }

  /** What three steps leave, in full. */
  private static String trained(ClassLoader loader, Declared declared) {
    try {
      Model model = (Model) loader
          .loadClass(declared.packageName() + "." + declared.name() + "Network")
          .getConstructor(long.class)
          .newInstance(7L);
      DType dtype = model.parameters().values().iterator().next().dtype();
      Tensor x =
          Tensor.of(new double[][] {{0.5, -1, 2, 0.25, 1}, {1, 2, 3, 4, 5}}).to(dtype);
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

  private static Compilation compile(boolean vectors, List<JavaFileObject> files) {
    List<Object> options = new ArrayList<>(List.of("-Xlint:all"));
    if (vectors) {
      options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    return javac().withOptions(options).withProcessors(new NetworkProcessor()).compile(files);
  }

  private static Stream<String> generated(Compilation compilation) {
    assertThat(compilation.errors()).isEmpty();
    return compilation.generatedSourceFiles().stream().map(file -> {
      try {
        return file.getCharContent(false).toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private record Declared(String packageName, String name, List<JavaFileObject> files) {

    static Declared of(String packageName, String name, String text) {
      return new Declared(
          packageName,
          name,
          List.of(JavaFileObjects.forSourceString(
              packageName + "." + name, "package " + packageName + ";\n" + text)));
    }
  }
}
