package dev.gradpoet.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The environment in which figures were measured.
 *
 * @param date the day
 * @param jdk the version and virtual machine
 * @param flags the flags of the virtual machine
 * @param cpu its name as reported by the system, and the number of cores
 */
public record Environment(String date, String jdk, List<String> flags, String cpu) {

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
      return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
