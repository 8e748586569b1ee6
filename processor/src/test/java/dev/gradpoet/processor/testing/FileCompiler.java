package dev.gradpoet.processor.testing;

import dev.gradpoet.Network;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.runtime.Model;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles files in a directory with the processor, as javac on a command line does: for what a compilation in memory cannot show. */
public final class FileCompiler {

  private final Path sources;
  private final Path output;
  private final List<Path> files = new ArrayList<>();
  private final List<Processor> others = new ArrayList<>();

  /** Compiles inside an empty directory. */
  public FileCompiler(Path directory) throws IOException {
    sources = Files.createDirectory(directory.resolve("src"));
    output = Files.createDirectory(directory.resolve("out"));
  }

  /** Adds a source file. */
  public FileCompiler add(String name, String text) throws IOException {
    Path file = sources.resolve(name);
    Files.createDirectories(file.getParent());
    files.add(Files.writeString(file, text));
    return this;
  }

  /** Adds a processor, which runs before ours. */
  public FileCompiler with(Processor processor) {
    others.add(processor);
    return this;
  }

  /** Compiles, and gives what javac says, a line each: {@code Case.java:3 text}. */
  public List<String> compile(String... options) throws IOException {
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-d", output.toString()));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(said, null, null)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(null, manager, said, all, null, manager.getJavaFileObjectsFromPaths(files));
      List<Processor> processors = new ArrayList<>(others);
      processors.add(new NetworkProcessor());
      task.setProcessors(processors);
      task.call();
    }
    return said.getDiagnostics().stream()
        .map(each -> (each.getSource() == null
                ? ""
                : Path.of(each.getSource().toUri()).getFileName() + ":" + each.getLineNumber()
                    + " ")
            + each.getMessage(Locale.ROOT))
        .toList();
  }

  /** The files that javac and the processor wrote, by their paths below the output directory. */
  public List<String> written() throws IOException {
    try (Stream<Path> all = Files.walk(output)) {
      return all.filter(Files::isRegularFile)
          .map(file -> output.relativize(file).toString().replace(File.separatorChar, '/'))
          .sorted()
          .toList();
    }
  }

  /** The text of a file that the processor wrote. */
  public String source(String name) throws IOException {
    return Files.readString(output.resolve(name));
  }

  /** Where the annotations lie. */
  public static String annotations() {
    return place(Network.class);
  }

  /** Where the annotations and the runtime lie, as a path. */
  public static String runtime() {
    return annotations() + File.pathSeparator + place(Model.class);
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
