package dev.gradpoet.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;

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
    JavaFile.builder(packageName, type.toBuilder().addOriginatingElement(origin).build())
        .indent("  ")
        .skipJavaLangImports(true)
        .build()
        .writeTo(filer);
  }
}
