package dev.gradpoet.processor;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;

/** Knows where a declaration is written, as far as the compiler is javac, which alone asks for it. */
final class SourceFiles {

  private final Trees trees;

  SourceFiles(ProcessingEnvironment environment) {
    this.trees = trees(environment);
  }

  private static Trees trees(ProcessingEnvironment environment) {
    try {
      return Trees.instance(environment);
    } catch (IllegalArgumentException | LinkageError e) {
      // another compiler, or a build tool around javac
      return null;
    }
  }

  /**
   * Whether a declaration belongs to a class that another source file must not name, or javac warns ({@code -Xlint:auxiliaryclass}), of supertypes
   * even where that is suppressed: one that is not public, in a file of another name.
   */
  boolean isAuxiliary(TypeElement declaration) {
    Element outermost = declaration;
    while (outermost.getEnclosingElement() instanceof TypeElement) {
      outermost = outermost.getEnclosingElement();
    }
    TreePath path = trees == null ? null : trees.getPath(outermost);
    return path != null
        && !outermost.getModifiers().contains(Modifier.PUBLIC)
        && !path.getCompilationUnit()
            .getSourceFile()
            .isNameCompatible(outermost.getSimpleName().toString(), JavaFileObject.Kind.SOURCE);
  }
}
