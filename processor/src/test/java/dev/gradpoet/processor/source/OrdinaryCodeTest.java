package dev.gradpoet.processor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.Eclipse;
import dev.gradpoet.processor.testing.FileCompiler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary declarations compile without a warning in our file, whatever lints are on; what they are is what their class is. */
class OrdinaryCodeTest {

  private static final String IMPORTS =
      "import dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n";

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Network(layers = {2, 1}) interface A {} @Network(layers = {2, 1}, loss = Loss.MSE) interface B {}",
        "class B { @Network(layers = {2, 1}) interface C {} } interface A {}",
        "class A {} class B { interface C { @Network(layers = {2, 1}) interface D {} } }",
        "@Deprecated @Network(layers = {2, 1}, loss = Loss.MSE) public interface A {}",
        "@Deprecated(forRemoval = true, since = \"2\") @Network(layers = {2, 1}) public interface A {}",
        "@Deprecated class A { @Network(layers = {2, 1}) interface B {} }",
        "@Deprecated(forRemoval = true) class A { @Deprecated @Network(layers = {2, 1}) interface B {} }",
        "@Network(input = 2) public interface A { @Deprecated @Linear(out = 1) Layer a(); @Linear(out = 1) Layer b(); }",
        "@Network(input = 2) public interface A { @Deprecated(forRemoval = true) @Linear(out = 1) Layer a(); }",
        "@Deprecated @Network(input = 2) interface A { @Deprecated @Linear(out = 1) Layer a(); } @Deprecated @Network(layers = {2, 1}) interface B {}",
        "@Network(layers = {2, 3}, loss = Loss.CROSS_ENTROPY) public interface A extends java.io.Serializable {}",
        "interface I extends java.io.Serializable {} @Network(layers = {2, 1}, dtype = DType.FLOAT64) interface A extends I {}",
        "@SuppressWarnings(\"unused\") @FunctionalInterface interface I { int f(); } @Network(layers = {2, 1}) interface A {}"
      })
  void compileUnderAllLints(String declarations) throws IOException {
    // in a package, and without one, where nothing can be written in full
    for (String place : List.of("", "test/")) {
      String head = place.isEmpty() ? "" : "package test;\n";
      FileCompiler compiler = new FileCompiler(Path.of(directory.toString(), "d" + place.length()))
          .add(place + "A.java", head + used(declarations) + declarations + "\n");

      assertThat(compiler.compile("-Xlint:all", "-Werror", "-cp", FileCompiler.runtime()))
          .isEmpty();
      assertThat(compiler.written()).anyMatch(name -> name.endsWith("Network.class"));
    }
  }

  private static String used(String declarations) {
    return declarations.contains("Layer ") ? IMPORTS : "import dev.gradpoet.*;\n";
  }

  @Test
  void anAuxiliaryDeclarationIsImplementedAllTheSameAndASerializableNetworkIsWrittenAndRead()
      throws Exception {
    FileCompiler compiler =
        new FileCompiler(directory).add("test/A.java", """
            package test;
            import dev.gradpoet.*;
            @Network(layers = {3, 2}) public interface A extends java.io.Serializable {}
            @Network(layers = {3, 2}, dtype = DType.FLOAT64) interface B extends java.io.Serializable {}
            """).add("test/Main.java", """
            package test;
            import java.io.*;
            import java.util.Arrays;
            public class Main {
              public static void main(String[] args) throws Exception {
                var a = new ANetwork(5);
                var b = new BNetwork(5);
                ANetwork c = (ANetwork) copy(a);
                BNetwork d = (BNetwork) copy(b);
                System.out.println(b.getClass().getInterfaces()[0].getInterfaces()[0].getSimpleName());
                System.out.println(c.parameters().equals(new ANetwork(5).parameters()));
                System.out.println(d.parameters().equals(new BNetwork(5).parameters()));
                System.out.println(Arrays.equals(c.forward(new float[3]), new ANetwork(5).forward(new float[3])));
              }
              static Object copy(Object of) throws Exception {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                new ObjectOutputStream(bytes).writeObject(of);
                return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
              }
            }
            """);

    assertThat(compiler.compile("-Xlint:all", "-Werror", "-cp", FileCompiler.runtime()))
        .isEmpty();
    assertThat(FileCompiler.java(
                "-Dgradpoet.simd=off",
                "-cp",
                FileCompiler.runtime() + File.pathSeparator + compiler.output(),
                "test.Main")
            .lines())
        .containsExactly("B", "true", "true", "true");
  }

  @Test
  void usersOfADeprecatedNetworkOrLayerAreTold() throws IOException {
    FileCompiler compiler = new FileCompiler(directory)
        .add("test/A.java", "package test;\n" + IMPORTS + """
            @Deprecated @Network(input = 2) public interface A { @Linear(out = 1) Layer a(); }
            """)
        .add("test/B.java", "package test;\n" + IMPORTS + """
            @Network(input = 2) public interface B { @Deprecated @Linear(out = 1) Layer b(); }
            """)
        .add("test/Main.java", """
            package test;
            class Main {
              Object a = new ANetwork(1);
              Object b = new BNetwork(1).b();
            }
            """);

    assertThat(compiler.compile("-Xlint:all", "-cp", FileCompiler.runtime()))
        .containsExactlyInAnyOrder(
            "Main.java:3 test.ANetwork in test has been deprecated",
            "Main.java:4 b() in test.BNetwork has been deprecated");
  }

  @Test
  void aModuleThatExportsANetworkIsToldOnceToRequireTheRuntimeTransitively() throws IOException {
    String declaration =
        "package api;\nimport dev.gradpoet.*;\n@Network(layers = {2, 1}, loss = Loss.MSE) public interface ";
    FileCompiler compiler = new FileCompiler(directory)
        .add("module-info.java", "module user { requires dev.gradpoet.runtime; exports api; }")
        .add("api/A.java", declaration + "A {}")
        .add("api/B.java", declaration + "B {}");
    String[] options = {"-Xlint:all", "-Agradpoet.simd=off", "--module-path", FileCompiler.runtime()
    };

    assertThat(compiler.notes(options))
        .containsExactly(
            "A.java:3 the package api is exported, and the methods of its networks use types of dev.gradpoet.runtime,"
                + " which other modules cannot read: declare \"requires transitive dev.gradpoet.runtime;\" in module-info.java [GP046]");
    // the annotations of the user's own file are all that javac speaks of
    assertThat(compiler.compile(options))
        .filteredOn(line -> line.contains("not indirectly exported"))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("A.java:3 ") || line.startsWith("B.java:3 "));
  }

  @Test
  void withRequiresTransitiveThereIsNothingToSay() throws IOException {
    FileCompiler compiler = new FileCompiler(directory)
        .add(
            "module-info.java",
            "/** A user. */ module user { requires transitive dev.gradpoet.runtime; requires static java.compiler; exports api; }")
        .add(
            "api/A.java",
            "package api;\n" + IMPORTS
                + "@Network(input = 2, loss = Loss.MSE) public interface A { @Linear(out = 1) Layer a(); }");
    String[] options = {"-Xlint:all", "-Agradpoet.simd=off", "--module-path", FileCompiler.runtime()
    };

    assertThat(compiler.compile(options)).isEmpty();
    assertThat(compiler.notes(options)).isEmpty();
    assertThat(compiler.text("api/ANetwork.java"))
        .contains("@Generated(\"dev.gradpoet.processor.NetworkProcessor\")")
        .contains("@SuppressWarnings(\"exports\")");
  }

  @Test
  void theMarkOfGeneratedCodeIsLeftOutWhereItCannotBeRead() throws IOException {
    FileCompiler compiler = new FileCompiler(directory)
        .add("module-info.java", "module user { requires dev.gradpoet.runtime; }")
        .add("a/A.java", "package a;\n@dev.gradpoet.Network(layers = {2, 1}) interface A {}");

    assertThat(compiler.compile("-Xlint:all", "-Werror", "--module-path", FileCompiler.runtime()))
        .isEmpty();
    assertThat(compiler.text("a/ANetwork.java"))
        .contains("@GeneratedNetwork(A.class)")
        .doesNotContain("javax.annotation");
  }

  @Tag("exhaustive")
  @Test
  void eclipseHasNothingToSayEither() {
    Eclipse ecj =
        new Eclipse(directory).compile(Map.of("test.A", "package test;\n" + IMPORTS + """
                @Deprecated @Network(input = 2, loss = Loss.MSE) public interface A { @Deprecated @Linear(out = 1) Layer a(); }
                @Network(layers = {2, 1}, loss = Loss.MSE) interface B extends java.io.Serializable {}
                @Deprecated class C { @Network(layers = {2, 1}) interface D {} }
                @Deprecated(forRemoval = true) class E { @Network(layers = {2, 1}) interface F {} }
                """));

    assertThat(ecj.complaints()).isEmpty();
  }
}
