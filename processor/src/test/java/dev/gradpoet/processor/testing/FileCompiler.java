package dev.gradpoet.processor.testing;

import dev.gradpoet.Network;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.runtime.Model;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles files in a directory with the processor, as javac on a command line does: for what a compilation in memory cannot show. */
public final class FileCompiler {

  /** What is said where vector kernels are generated. */
  public static final String WITH_VECTORS =
      "networks are compiled with vector kernels in addition to the plain ones, and use them if java is started with"
          + " --add-modules jdk.incubator.vector (to suppress this note, -Agradpoet.simd=required) [GP045]";

  /** What is said where they are not. */
  public static final String WITHOUT_VECTORS =
      "networks are compiled without the faster vector kernels, because the module jdk.incubator.vector is not readable here:"
          + " add --add-modules jdk.incubator.vector to the options of javac and of java (to suppress this note, -Agradpoet.simd=off) [GP045]";

  private static final Pattern SAID =
      Pattern.compile("(?:(.+\\.java):(\\d+): )?(?:error|warning): (.*)");

  private final Path sources;
  private final Path output;
  private final List<Path> files = new ArrayList<>();
  private final List<Processor> others = new ArrayList<>();

  /** Compiles inside an empty directory. */
  public FileCompiler(Path directory) throws IOException {
    sources = Files.createDirectories(directory.resolve("src"));
    output = Files.createDirectories(directory.resolve("out"));
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

  /** Compiles, and gives the errors and warnings of javac, a line each: {@code Case.java:3 text}. */
  public List<String> compile(String... options) throws IOException {
    return lines(run(options), kind -> kind != Diagnostic.Kind.NOTE);
  }

  /** Compiles, and gives the notes of javac. */
  public List<String> notes(String... options) throws IOException {
    return lines(run(options), kind -> kind == Diagnostic.Kind.NOTE);
  }

  /**
   * Compiles with the command {@code javac}, and so with the processors that it finds by its options, and gives its errors and warnings. A compiler
   * inside this virtual machine would find all processors on the class path of the tests.
   */
  public List<String> command(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-d", output.toString()));
    files.forEach(file -> arguments.add(file.toString()));
    return execute("javac", arguments)
        .lines()
        .map(SAID::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1) == null
            ? line.group(3)
            : Path.of(line.group(1)).getFileName() + ":" + line.group(2) + " " + line.group(3))
        .toList();
  }

  private static String execute(String tool, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(arguments);
    command.add(0, Path.of(System.getProperty("java.home"), "bin", tool).toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  private List<Diagnostic<? extends JavaFileObject>> run(String... options) throws IOException {
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
    return said.getDiagnostics();
  }

  private static List<String> lines(
      List<Diagnostic<? extends JavaFileObject>> said, Predicate<Diagnostic.Kind> kinds) {
    return said.stream()
        .filter(each -> kinds.test(each.getKind()))
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

  /** The text of a file that was written. */
  public String text(String name) throws IOException {
    return Files.readString(output.resolve(name));
  }

  /** Runs {@code java}, and gives what it prints. */
  public static String java(String... arguments) throws IOException, InterruptedException {
    return execute("java", List.of(arguments));
  }

  /** Where classes are written. */
  public String output() {
    return output.toString();
  }

  /** Where the processor's own classes lie, without those that it needs. */
  public static String processor() {
    return place(NetworkProcessor.class);
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
