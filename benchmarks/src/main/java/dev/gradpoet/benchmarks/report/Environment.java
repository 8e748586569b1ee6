package dev.gradpoet.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment in which figures were measured.
 *
 * @param date the day
 * @param jdk the version and virtual machine
 * @param flags the flags of the virtual machine
 * @param cpu its name and family as reported by the system, and the number of cores
 */
public record Environment(String date, String jdk, List<String> flags, String cpu) {

  private static final Pattern VERSION = Pattern.compile("\\d+");

  /** The number of the JDK, such as 17. */
  int feature() {
    Matcher version = VERSION.matcher(jdk);
    if (!version.lookingAt()) {
      throw new IllegalStateException(
          "the version of the JDK does not start with a number: " + jdk);
    }
    return Integer.parseInt(version.group());
  }

  /** The name of the file with the chart. */
  String chart() {
    return "jdk" + feature() + ".svg";
  }

  /** This machine, now. */
  static Environment here() {
    return new Environment(
        LocalDate.now(ZoneOffset.UTC).toString(),
        System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        processorName() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
  }

  private static String processorName() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8);
      return value(lines, "model name") + ", family " + value(lines, "cpu family");
    } catch (IOException | NoSuchElementException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }
}
