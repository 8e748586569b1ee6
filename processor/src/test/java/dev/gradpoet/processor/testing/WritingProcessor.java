package dev.gradpoet.processor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** A processor beside ours that writes classes, each in a round of its own. */
public final class WritingProcessor extends AbstractProcessor {

  private final Map<Integer, Map<String, String>> sources;
  private int rounds;

  /**
   * A processor.
   *
   * @param sources the text of the classes by round, counted from 1, and by qualified name
   */
  public WritingProcessor(Map<Integer, Map<String, String>> sources) {
    this.sources = sources;
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    sources.getOrDefault(++rounds, Map.of()).forEach(this::write);
    return false;
  }

  private void write(String name, String source) {
    try (Writer writer = processingEnv.getFiler().createSourceFile(name).openWriter()) {
      writer.write(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
