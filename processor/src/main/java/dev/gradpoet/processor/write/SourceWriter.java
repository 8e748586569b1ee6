package dev.gradpoet.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.Writer;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.tools.JavaFileObject;

/** Writes one type to one file, with the declaration as its only origin, as isolating incremental builds need it. */
public final class SourceWriter {

  private final Filer filer;

  public SourceWriter(Filer filer) {
    this.filer = filer;
  }

  /**
   * Writes a type.
   *
   * @throws IOException if the file cannot be written; a FilerException if it was written before
   */
  public void write(String packageName, TypeSpec type, Element origin) throws IOException {
    // java.lang is imported, too: a class Math in the user's package must not stand in for it
    String text = JavaFile.builder(packageName, type).indent("  ").build().toString();
    String name = packageName.isEmpty() ? type.name() : packageName + "." + type.name();
    JavaFileObject file = filer.createSourceFile(name, origin);
    try (Writer writer = file.openWriter()) {
      writer.write(CompactSource.of(text));
    }
  }
}
