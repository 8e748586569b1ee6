package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;
import dev.gradpoet.processor.NetworkProcessor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

/**
 * The size of the code that is generated for a network.
 *
 * @param shape the network
 * @param milliseconds the time in the processor, the median of several compilations after as many others
 * @param lines the lines of the source
 * @param sourceBytes the bytes of the source
 * @param classBytes the bytes of all class files
 * @param largestMethod the largest method, in bytes of bytecode
 */
public record CodeSize(
    Shape shape,
    double milliseconds,
    int lines,
    long sourceBytes,
    long classBytes,
    int largestMethod) {

  private static final int RUNS = 15;
  private static final int WARM_UPS = 15;

  /** Runs the processor several times on the declaration of a network, and compiles its source in a directory. */
  static CodeSize measure(Shape shape, Path directory) throws IOException {
    Path base = Files.createDirectories(directory.resolve(shape.name()));
    Class<?> generated = Gradpoet.of(shape, 1).model().getClass();
    String declaration = generated.getInterfaces()[0].getCanonicalName();
    double[] times = new double[RUNS];
    for (int i = -WARM_UPS; i < RUNS; i++) {
      double time = compile(declaration, base);
      if (i >= 0) {
        times[i] = time;
      }
    }
    Arrays.sort(times);
    Path source = base.resolve(generated.getName().replace('.', '/') + ".java");
    String text = Files.readString(source, StandardCharsets.UTF_8);
    long classBytes = 0;
    int largest = 0;
    try (Stream<Path> files = Files.walk(base)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        classBytes += bytes.length;
        largest = Math.max(largest, largestMethod(bytes));
      }
    }
    return new CodeSize(
        shape,
        times[RUNS / 2],
        (int) text.lines().count(),
        text.getBytes(StandardCharsets.UTF_8).length,
        classBytes,
        largest);
  }

  /** Milliseconds in the processor. */
  private static double compile(String declaration, Path out) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    Timed timed = new Timed();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      StringWriter messages = new StringWriter();
      JavaCompiler.CompilationTask task = javac.getTask(
          messages,
          manager,
          null,
          List.of(
              "-d",
              out.toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "--add-modules",
              "jdk.incubator.vector",
              "-Agradpoet.simd=required"),
          List.of(declaration),
          null);
      task.setProcessors(List.of(timed));
      if (!task.call()) {
        throw new IOException("javac refuses " + declaration + ": " + messages);
      }
    }
    return timed.nanoseconds / 1e6;
  }

  private static int largestMethod(byte[] classFile) {
    int[] largest = new int[1];
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new CodeSizeEvaluator(null) {
                  @Override
                  public void visitEnd() {
                    largest[0] = Math.max(largest[0], getMaxSize());
                  }
                };
              }
            },
            0);
    return largest[0];
  }

  /** Our processor, with its rounds timed. */
  private static final class Timed extends AbstractProcessor {

    private final NetworkProcessor processor = new NetworkProcessor();
    private long nanoseconds;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return processor.getSupportedAnnotationTypes();
    }

    @Override
    public Set<String> getSupportedOptions() {
      return processor.getSupportedOptions();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return processor.getSupportedSourceVersion();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
      super.init(environment);
      processor.init(environment);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      long start = System.nanoTime();
      boolean claimed = processor.process(annotations, round);
      nanoseconds += System.nanoTime() - start;
      return claimed;
    }
  }
}
