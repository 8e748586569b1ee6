package dev.gradpoet.contract.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a program loads on the way to the first prediction of a network, beyond what it loads without one: few classes of ours, none that only training
 * needs, and none of those parts of the JDK that take milliseconds when a program starts.
 */
class StartTest {

  /** Lambdas and concatenations are linked when they are first reached, streams consist of lambdas, loggers and beans start whole subsystems. */
  private static final Pattern SLOW = Pattern.compile(
      "java\\.lang\\.invoke\\.(StringConcatFactory|InnerClassLambdaMetafactory|LambdaForm\\$MH).*"
          + "|.*\\$\\$Lambda.*"
          + "|java\\.util\\.(stream|regex|logging|spi)\\..*"
          + "|java\\.util\\.(Formatter|Locale\\$.*|ResourceBundle.*|ServiceLoader.*)"
          + "|java\\.(text|time|beans|rmi)\\..*|java\\.lang\\.management\\..*|javax\\.management\\..*|java\\.lang\\.reflect\\.Proxy.*");

  private static final Pattern OF_TRAINING = Pattern.compile(
      ".*(\\.training\\.|\\.optim\\.|Optimizer|Safetensors|Functional|Summary|\\$Trainer|\\$Batch|\\$Gradients|\\$Losses|Updates).*");

  @ParameterizedTest
  @CsvSource({"Stack, 58", "Doubles, 60", "Images, 66", "Inputs, 66"})
  void withPlainKernels(String network, int classes) throws Exception {
    List<String> options = List.of("-Dgradpoet.simd=off");

    check(loaded(options, "hello"), loaded(options, network), classes);
  }

  /** The Vector API itself has lambdas: those that its first expression links are not ours. */
  @ParameterizedTest
  @CsvSource({"Stack, 62", "Images, 70"})
  void withVectorKernels(String network, int classes) throws Exception {
    List<String> options =
        List.of("--add-modules", "jdk.incubator.vector", "-Dgradpoet.simd=force");
    Set<String> program = loaded(options, network);
    program.removeIf(StartTest::isOfVectors);

    check(loaded(options, "vector"), program, classes);
  }

  private static void check(Set<String> without, Set<String> with, int classes) {
    Set<String> own = new LinkedHashSet<>(with);
    own.removeAll(without);
    assertThat(own).filteredOn(name -> SLOW.matcher(name).matches()).isEmpty();
    List<String> ours =
        own.stream().filter(name -> name.startsWith("dev.gradpoet.")).toList();
    assertThat(ours).hasSizeLessThanOrEqualTo(classes).hasSizeGreaterThan(20);
    assertThat(ours).filteredOn(name -> OF_TRAINING.matcher(name).matches()).isEmpty();
  }

  private static boolean isOfVectors(String name) {
    return name.startsWith("jdk.incubator.vector.")
        || name.startsWith("jdk.internal.vm.vector.")
        || name.startsWith("java.lang.invoke.LambdaForm$");
  }

  /** The classes that a program loads. */
  private static Set<String> loaded(List<String> options, String program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of(
        "-Xlog:class+load:stdout:none",
        "-cp",
        System.getProperty("java.class.path"),
        StartProgram.class.getName(),
        program));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    List<String> lines;
    try (InputStream out = process.getInputStream()) {
      lines = new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(process.waitFor()).isZero();
    assertThat(lines).contains("true");
    return lines.stream()
        .filter(line -> line.contains(" source: "))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
