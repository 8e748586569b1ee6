package dev.gradpoet.processor.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.SourceCompiler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A declaration that extends an application's interfaces: the generated class implements the matching methods and compiles with all lint warnings
 * enabled.
 */
class SuperInterfaceTest {

  private static final String HEADER =
      "package test; import dev.gradpoet.*; import dev.gradpoet.runtime.*;\n";

  /** Declarations, each an interface {@code Case} with its superinterfaces. */
  static List<String> declarations() {
    return List.of(
        "extends Scorer { @Linear(out = 1) Layer out(); } interface Scorer { Tensor forward(Tensor x); }",
        "extends Model { @Linear(out = 1) Layer out(); }",
        "extends Model, Scorer { @Linear(out = 1) Layer out(); } interface Scorer { Tensor forward(Tensor x); }",
        "extends Scorer { @Linear(out = 1) Layer out(); } interface Scorer extends Model { Tensor forward(Tensor x); }",
        "extends Scorer { @Linear(out = 1) Layer out(); } interface Scorer { float[] forward(float[] x); Object forward(Tensor x); }",
        "extends Scorer<Tensor> { @Linear(out = 1) Layer out(); } interface Scorer<T> { T forward(T x); }",
        "extends Scorer<float[]> { @Linear(out = 1) Layer out(); } interface Scorer<T> { T forward(T x); }",
        "extends Scorer<Case> { @Linear(out = 1) Layer out(); } interface Scorer<S extends Scorer<S>> { S copy(); }",
        "extends Scorer<CaseNetwork> { @Linear(out = 1) Layer out(); } interface Scorer<S> { S copy(); }",
        "extends Kept { @Linear(out = 1) Layer out(); } interface Kept { void save(java.nio.file.Path file) throws Exception;"
            + " Object load(java.nio.file.Path file, LoadOption... options) throws java.io.IOException, InterruptedException; }",
        "extends java.util.Comparator<String> { @Linear(out = 1) Layer out();"
            + " @Override default int compare(String a, String b) { return a.compareTo(b); } }",
        "extends Plain { @Linear(out = 1) Layer out(); } interface Plain { @Override boolean equals(Object o);"
            + " @Override int hashCode(); @Override String toString(); }",
        "extends Base { @Override @Linear(out = 1) Layer out(); } interface Base { Layer out(); }",
        "extends Base { @Override @Linear(out = 1) Layer out(); } interface Base { Object out(); }",
        "extends Base { @Override @Linear(out = 1) Layer out(); } interface Base { default Layer out() { return null; } }",
        "extends Left, Right { @Linear(out = 1) Layer out(); } interface Top { default int top() { return 1; } }"
            + " interface Left extends Top {} interface Right extends Top { @Override default int top() { return 2; } }",
        "extends java.io.Serializable { long serialVersionUID = 1; @Linear(out = 1) Layer out(); }"
                .replace(" long serialVersionUID = 1;", "")
                .replace("java.io.Serializable", "Marker")
            + " interface Marker {}",
        "{ @Linear(out = 1) Layer out(); float[] forward(float[] x); Trainer trainer(Optimizer o, int n);"
            + " static Case of(long seed) { return new CaseNetwork(seed); } }",
        "{ @Linear(out = 1) Layer out(); default Layer out(int i) { return out(); }"
            + " default void forward(Object v, int n) {} default <T> T layers(T t) { return t; } }");
  }

  static List<String> some() {
    return Sample.oneIn(4, declarations());
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @MethodSource("declarations")
  void theGeneratedClassImplementsEveryMatchingMethod(String declaration)
      throws ReflectiveOperationException {
    theGeneratedClassImplementsMatchingMethods(declaration);
  }

  @ParameterizedTest
  @MethodSource("some")
  void theGeneratedClassImplementsMatchingMethods(String declaration)
      throws ReflectiveOperationException {
    Class<?> network = SourceCompiler.process(Map.of(
            "test.Case", HEADER + "@Network(input = 2) public interface Case " + declaration))
        .loadClass("test.CaseNetwork");

    Object net = network.getConstructor(long.class).newInstance(1);
    float[] y =
        (float[]) network.getMethod("forward", float[].class).invoke(net, new float[] {1, 2});
    assertThat(y).hasSize(1);
  }

  @Test
  void aServiceSwapsModelsBehindItsOwnInterface(@TempDir Path directory)
      throws ReflectiveOperationException {
    String scorer = """
        package test;
        import dev.gradpoet.runtime.LoadOption;
        import dev.gradpoet.runtime.Tensor;
        public interface Scorer {
          Tensor forward(Tensor x);
          void save(java.nio.file.Path file) throws java.io.IOException;
          Object load(java.nio.file.Path file, LoadOption... options) throws java.io.IOException;
        }
        """;
    String program = """
        package test;
        import dev.gradpoet.runtime.Tensor;
        import java.nio.file.Path;
        public record Program(Path file) implements java.util.function.Supplier<Double> {
          @Override public Double get() {
            Scorer one = new OneNetwork(1);
            Scorer two = new OneNetwork(2);
            Tensor x = Tensor.of(1f, 2f);
            try {
              one.save(file);
              two.load(file);
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            return one.forward(x).get(0) - two.forward(x).get(0);
          }
        }
        """;
    Class<?> loaded = SourceCompiler.process(Map.of(
            "test.Scorer", scorer,
            "test.One", HEADER + "@Network(layers = {2, 1}) public interface One extends Scorer {}",
            "test.Program", program))
        .loadClass("test.Program");

    Object run = loaded.getConstructor(Path.class).newInstance(directory.resolve("w.safetensors"));
    assertThat(((Supplier<?>) run).get()).isEqualTo(0.0);
  }

  @Test
  void typeAnnotationsMayAppearAnywhere() throws ReflectiveOperationException {
    String declaration = """
        package test;
        import dev.gradpoet.*;
        import dev.gradpoet.runtime.*;
        import java.util.Map;
        @Network(input = 2)
        public interface Case extends Scorer<@Maybe Tensor> {
          @Linear(out = 2) @Maybe Layer first();
          @Linear(out = 2) dev.gradpoet.runtime.@Maybe Layer second();
          @Maybe @Linear(out = 1) Layer third();
          @Override @Maybe Tensor forward(@Maybe Tensor x);
          float @Maybe [] forward(float @Maybe [] x);
          @Maybe Map<@Maybe String, @Maybe Tensor> parameters();
          default @Maybe Layer any(@Maybe String name) { return first(); }
        }
        interface Scorer<T> {
          @Maybe T forward(@Maybe T x);
          @Maybe String summary();
        }
        """;
    String annotation = """
        package test;
        import java.lang.annotation.*;
        @Target(ElementType.TYPE_USE)
        @Retention(RetentionPolicy.RUNTIME)
        public @interface Maybe {}
        """;

    assertThat(SourceCompiler.process(Map.of("test.Case", declaration, "test.Maybe", annotation))
            .loadClass("test.CaseNetwork"))
        .isNotNull();
  }
}
