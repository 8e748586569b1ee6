package dev.gradpoet.processor;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations of others on layers, under {@code -Xlint:all}: javac warns of those that no processor claims. */
class TypeAnnotationsOfLayersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@NonNull @Linear(out = 1) Layer out();",
        "@Linear(out = 1) @NonNull Layer out();",
        "@NonNull @Linear(out = 3) Layer hidden(); @NonNull @Linear(out = 1) Layer out();",
        "@NonNull @Linear(out = 3) Layer hidden(); @Override @Linear(out = 1) Layer out();"
      })
  void anAnnotationOfTypesOnLayersAloneGivesNoWarning(String layers) {
    String inherited = layers.contains("@Override") ? " extends Base" : "";
    assertThat(warnings(List.of(), "TYPE_USE", "", inherited, layers)).isEmpty();
  }

  @Test
  void anAnnotationOfTypesElsewhereIsLeftToOthers() {
    assertThat(warnings(
            List.of(), "TYPE_USE", "@NonNull", "", "@NonNull @Linear(out = 1) Layer out();"))
        .containsExactly("No processor claimed any of these annotations: /test.NonNull");
  }

  @Test
  void anAnnotationOfMethodsIsLeftToOthers() {
    Other other = new Other();

    assertThat(
            warnings(List.of(other), "PARAMETER", "", "", "@NonNull @Linear(out = 1) Layer out();"))
        .isEmpty();
    assertThat(other.seen).containsExactly("test.NonNull");
  }

  /** What javac warns of, where a processor of somebody else's comes after ours. */
  private static List<String> warnings(
      List<Processor> others, String target, String elsewhere, String inherited, String layers) {
    Compilation compilation = javac()
        .withOptions("-Xlint:all")
        .withProcessors(Stream.concat(
                Stream.of(new NetworkProcessor(), new TypeAnnotationsOfLayers()), others.stream())
            .toList())
        .compile(
            JavaFileObjects.forSourceString("test.NonNull", """
                package test;
                import java.lang.annotation.*;
                @Target({ElementType.METHOD, ElementType.%s}) public @interface NonNull {}
                """.formatted(target)),
            JavaFileObjects.forSourceString("test.Base", """
                package test;
                public interface Base { %s dev.gradpoet.runtime.Layer out(); }
                """.formatted(elsewhere)),
            JavaFileObjects.forSourceString("test.Net", """
                package test;
                import dev.gradpoet.*;
                import dev.gradpoet.runtime.Layer;
                @Network(input = 2) public interface Net%s { %s }
                """.formatted(inherited, layers)));
    assertThat(compilation.errors()).isEmpty();
    return compilation.diagnostics().stream()
        .filter(said -> said.getKind() != Diagnostic.Kind.NOTE)
        .map(said -> said.getMessage(Locale.ROOT))
        .toList();
  }

  /** A processor of one annotation. */
  private static final class Other extends AbstractProcessor {

    private final Set<String> seen = new HashSet<>();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("test.NonNull");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      annotations.forEach(annotation -> seen.add(annotation.getQualifiedName().toString()));
      return true;
    }
  }
}
