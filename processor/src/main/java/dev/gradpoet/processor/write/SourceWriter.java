package dev.gradpoet.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Map;
import javax.annotation.processing.Filer;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/** Writes one type to one file. The declaration is its only originating element, which incremental builds require of an isolating processor. */
public final class SourceWriter {

  private final Filer filer;
  private final Elements elements;
  private final ClassAnnotations annotations;

  public SourceWriter(Filer filer, Elements elements) {
    this.filer = filer;
    this.elements = elements;
    this.annotations = new ClassAnnotations(elements);
  }

  /**
   * The {@code @Deprecated} annotations of a declaration's deprecated layers, by layer name; the methods that implement them must be deprecated too.
   */
  public Map<String, AnnotationSpec> deprecatedLayers(TypeElement declaration) {
    return annotations.deprecatedLayers(declaration);
  }

  /**
   * Writes an empty interface that extends a declaration, for a generated class to implement.
   *
   * @param name its simple name
   */
  public void writeStandIn(String name, TypeElement declaration) throws IOException {
    String packageName = elements.getPackageOf(declaration).getQualifiedName().toString();
    String qualified = packageName.isEmpty() ? name : packageName + "." + name;
    try (OutputStream out = filer.createClassFile(qualified, declaration).openOutputStream()) {
      out.write(StandIn.bytes(qualified, elements.getBinaryName(declaration).toString()));
    }
  }

  /**
   * Writes a type.
   *
   * @param exported whether other modules can see the type but perhaps not all types that its methods use
   * @throws IOException if the file cannot be written; a FilerException if it was written before
   */
  public void write(String packageName, TypeSpec type, TypeElement origin, boolean exported)
      throws IOException {
    // java.lang is imported explicitly: a class Math in the user's package must not take its place
    String text = JavaFile.builder(packageName, annotations.on(type, origin, exported))
        .indent("  ")
        .build()
        .toString();
    String name = packageName.isEmpty() ? type.name() : packageName + "." + type.name();
    JavaFileObject file = filer.createSourceFile(name, origin);
    try (Writer writer = file.openWriter()) {
      writer.write(CompactSource.of(text));
    }
  }
}
