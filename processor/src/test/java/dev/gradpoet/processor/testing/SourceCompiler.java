package dev.gradpoet.processor.testing;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.processor.NetworkProcessor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Compiles Java source in memory, with every lint on and no warning allowed, and loads the classes. */
public final class SourceCompiler {

  /** All that declarations and generated classes need: javac opens every jar of its class path, which takes longer than most declarations. */
  private static final List<File> CLASS_PATH = Arrays.stream(
          FileCompiler.runtime().split(File.pathSeparator))
      .map(File::new)
      .toList();

  private SourceCompiler() {}

  /** javac, which compiles in memory, with the annotations and the runtime on its class path. */
  public static Compiler javac() {
    return Compiler.javac().withClasspath(CLASS_PATH);
  }

  /**
   * Compiles and loads.
   *
   * @param sources the text of each top-level class by its qualified name
   */
  public static ClassLoader compile(Map<String, String> sources) {
    return load(
        withoutWarnings(javac().withOptions(options("-proc:none")).compile(files(sources))));
  }

  /**
   * Compiles declarations with the processor, and loads them with the networks.
   *
   * @param sources the text of each top-level class by its qualified name
   */
  public static ClassLoader process(Map<String, String> sources) {
    return load(withoutWarnings(javac()
        .withOptions(options())
        .withProcessors(new NetworkProcessor())
        .compile(files(sources))));
  }

  /** Whether this virtual machine has the Vector API, and so what is compiled here holds both families of kernels. */
  public static boolean hasVectors() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private static List<String> options(String... more) {
    List<String> options = new ArrayList<>(List.of("-Xlint:all"));
    if (hasVectors()) {
      options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    options.addAll(List.of(more));
    return options;
  }

  /** The compilation, of which javac has no errors and no warnings but that a module is incubating. */
  public static Compilation withoutWarnings(Compilation compilation) {
    List<String> said = compilation.diagnostics().stream()
        .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
        .map(each -> each.getMessage(Locale.ROOT))
        .filter(text -> !text.contains("using incubating module(s): jdk.incubator.vector"))
        .toList();
    if (!said.isEmpty()) {
      throw new AssertionError("javac says:\n" + String.join("\n", said));
    }
    return compilation;
  }

  private static List<JavaFileObject> files(Map<String, String> sources) {
    return sources.entrySet().stream()
        .map(e -> JavaFileObjects.forSourceString(e.getKey(), e.getValue()))
        .toList();
  }

  /** Loads the classes of a compilation that must have succeeded. */
  public static ClassLoader load(Compilation compilation) {
    if (compilation.status() != Compilation.Status.SUCCESS) {
      throw new AssertionError("the compilation failed:\n" + compilation.diagnostics());
    }
    Map<String, byte[]> classes = new HashMap<>();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        classes.put(className(file), bytes(file));
      }
    }
    return new ClassLoader(SourceCompiler.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
      }
    };
  }

  /** The name of the class in a file {@code /CLASS_OUTPUT/a/b/C.class}. */
  private static String className(JavaFileObject file) {
    String path = file.toUri().getPath();
    return path.substring("/CLASS_OUTPUT/".length(), path.length() - ".class".length())
        .replace('/', '.');
  }

  private static byte[] bytes(JavaFileObject file) {
    try (InputStream in = file.openInputStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
