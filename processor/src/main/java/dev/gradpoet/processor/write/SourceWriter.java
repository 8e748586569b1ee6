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

/** Writes one type to one file, with the declaration as its only origin, as isolating incremental builds need it. */
public final class SourceWriter {

  private final Filer filer;
  private final Elements elements;
  private final Marks marks;

  public SourceWriter(Filer filer, Elements elements) {
    this.filer = filer;
    this.elements = elements;
    this.marks = new Marks(elements);
  }

  /** The annotations of the deprecated layers of a declaration, by their names; what implements them must be deprecated, too. */
  public Map<String, AnnotationSpec> deprecatedLayers(TypeElement declaration) {
    return marks.deprecatedLayers(declaration);
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
   * @param exported whether other modules see the type, and not all that its methods name
   * @throws IOException if the file cannot be written; a FilerException if it was written before
   */
  public void write(String packageName, TypeSpec type, TypeElement origin, boolean exported)
      throws IOException {
    // java.lang is imported, too: a class Math in the user's package must not stand in for it
    String text = JavaFile.builder(packageName, marks.on(type, origin, exported))
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
