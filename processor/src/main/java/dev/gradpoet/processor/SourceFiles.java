package dev.gradpoet.processor;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;

/** Finds the source file of a declaration. Works only with javac, the only compiler that needs it. */
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
   * Whether a declaration is, or is nested in, an auxiliary class: one that is not public, in a file of a different name. If another source file
   * refers to it, javac warns ({@code -Xlint:auxiliaryclass}); for a supertype, the warning cannot be suppressed.
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
