package dev.gradpoet.processor.testing;

import dev.gradpoet.processor.NetworkProcessor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** The compiler of Eclipse with the processor in it, and with the warnings that it gives by default. */
public final class Eclipse {

  private final Path directory;
  private final List<String> said = new ArrayList<>();

  /** Compiles inside an empty directory. */
  public Eclipse(Path directory) {
    this.directory = directory;
  }

  /**
   * Compiles declarations with the processor.
   *
   * @param sources the text of each top-level class by its qualified name
   */
  public Eclipse compile(Map<String, String> sources, String... options) {
    try {
      List<Path> files = new ArrayList<>();
      for (Map.Entry<String, String> source : sources.entrySet()) {
        Path file = directory.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        files.add(Files.writeString(file, source.getValue()));
      }
      Files.createDirectories(directory.resolve("out"));
      Files.createDirectories(directory.resolve("generated"));
      List<String> all = new ArrayList<>(List.of("--release", "17", "-cp", FileCompiler.runtime()));
      all.addAll(List.of("-d", directory.resolve("out").toString()));
      // without it, into the working directory
      all.addAll(List.of("-s", directory.resolve("generated").toString()));
      all.addAll(List.of(options));
      run(files, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private void run(List<Path> files, List<String> options) throws IOException {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaCompiler ecj = new EclipseCompiler();
    try (StandardJavaFileManager manager = ecj.getStandardFileManager(diagnostics, null, null)) {
      JavaCompiler.CompilationTask task = ecj.getTask(
          new StringWriter(),
          manager,
          diagnostics,
          options,
          null,
          manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new NetworkProcessor()));
      task.call();
    }
    diagnostics.getDiagnostics().stream().map(Eclipse::line).forEach(said::add);
  }

  private static String line(Diagnostic<? extends JavaFileObject> each) {
    String place = each.getSource() == null
        ? ""
        : Path.of(each.getSource().toUri()).getFileName() + ":" + each.getLineNumber() + " ";
    return each.getKind() + " " + place + each.getMessage(Locale.ROOT);
  }

  /** Errors and warnings, a line each. */
  public List<String> complaints() {
    return said.stream()
        .filter(line -> line.startsWith("ERROR") || line.contains("WARNING"))
        .toList();
  }

  /** All that was said, notes included. */
  public List<String> said() {
    return List.copyOf(said);
  }

  /** A loader of what was compiled. */
  public ClassLoader loader() {
    try {
      return new URLClassLoader(
          new URL[] {directory.resolve("out").toUri().toURL()}, Eclipse.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
