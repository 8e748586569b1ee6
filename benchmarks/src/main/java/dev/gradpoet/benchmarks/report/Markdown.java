package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints results as tables. */
final class Markdown {

  private static final List<String> RIVALS =
      List.of(Measurement.PLAIN, "gcc", "ONNX Runtime", "DJL + PyTorch");

  private final Results results;
  private final StringBuilder text = new StringBuilder();

  Markdown(Results results) {
    this.results = results;
  }

  String text() {
    Environment environment = results.environment();
    text.append("## JDK ").append(environment.jdk()).append("\n\n");
    text.append("Set `").append(results.set().name().toLowerCase(Locale.ROOT)).append("`, ");
    text.append(environment.date()).append(", ").append(environment.cpu()).append(", flags `");
    text.append(String.join(" ", environment.flags())).append("`, ");
    text.append(results.set().forks()).append(" forks per figure, one thread. ");
    text.append(format(
        "The FMA peak of a core, measured in the same run: %.1f GFLOP/s.%n", results.peak()));
    for (Kind kind : Kind.values()) {
      if (!results.set().shapes(kind).isEmpty()) {
        table(kind, results.set().shapes(kind).stream().toList());
      }
    }
    if (results.set() == MeasuredSet.THREADS) {
      threads();
    }
    if (!results.set().sweep().isEmpty()) {
      sweep();
    }
    code();
    return text.toString();
  }

  private void table(Kind kind, List<Shape> shapes) {
    text.append(format("%n### %s%n%n", kind.title()));
    text.append("| network | rows | Gradpoet: min, median, max | of the peak | B/op |");
    RIVALS.forEach(rival -> text.append(' ').append(rival).append(" | ours / it |"));
    text.append("\n|---|---|---|---|---|")
        .append("---|---|".repeat(RIVALS.size()))
        .append('\n');
    for (Shape shape : shapes) {
      results.find(kind, shape, Measurement.GRADPOET).ifPresent(ours -> row(kind, shape, ours));
    }
  }

  private void row(Kind kind, Shape shape, Measurement ours) {
    text.append(format(
        "| %s | %d | %s, **%s**, %s | %.0f %% | %.0f |",
        shape.title(),
        kind.rows(shape),
        time(ours.min()),
        time(ours.median()),
        time(ours.max()),
        100 * results.shareOfPeak(ours),
        ours.bytes()));
    for (String rival : RIVALS) {
      Optional<Measurement> theirs = results.find(kind, shape, rival);
      text.append(theirs
          .map(m -> format(" %s | %s |", time(m.median()), ratio(ours.median() / m.median())))
          .orElse(" | |"));
    }
    text.append('\n');
  }

  private void threads() {
    text.append(
        format(
            "%n### training step, two threads%n%n| network | rows | system | one thread | two threads | one / two |%n|---|---|---|---|---|---|%n"));
    for (Shape shape : results.set().shapes(Kind.STEP)) {
      for (String system : List.of(Measurement.GRADPOET, "DJL + PyTorch")) {
        Optional<Measurement> one = results.find(Kind.STEP, shape, system);
        results
            .find(Kind.STEP, shape, system + Measurement.ON_TWO_THREADS)
            .ifPresent(two -> text.append(format(
                "| %s | %d | %s | %s | %s | %.2f |%n",
                shape.title(),
                Kind.STEP.rows(shape),
                system,
                time(one.orElseThrow().median()),
                time(two.median()),
                one.orElseThrow().median() / two.median())));
      }
    }
  }

  private void sweep() {
    text.append(format("%n### 10-w-w-10, training step of 32 rows%n%n| w |"));
    results
        .set()
        .sweep()
        .forEach(shape -> text.append(format(" %d |", shape.widths().get(1))));
    text.append("\n|---|").append("---|".repeat(results.set().sweep().size())).append("\n| us |");
    for (Shape shape : results.set().sweep()) {
      Measurement ours = results.find(Kind.STEP, shape, Measurement.GRADPOET).orElseThrow();
      text.append(format(" %.1f |", ours.median() / 1000));
    }
    text.append('\n');
  }

  private void code() {
    StartUp start = results.startUp();
    text.append(format(
        "%n### Startup and code%n%nFrom the start of a JVM to the line that it prints:%n%n"));
    text.append(
        "| | a first prediction of 64-32-10 | hello-world | difference |\n|---|---|---|---|\n");
    startUp("plain kernels, plain Java", start.plain(), start.helloWorld());
    startUp("vector kernels, an expression of vectors", start.vectors(), start.helloVector());
    text.append('\n');
    text.append(
        "| network | processor | source | class files | largest method |\n|---|---|---|---|---|\n");
    for (CodeSize code : results.code()) {
      text.append(format(
          "| %s | %.1f ms | %d lines, %.1f kB | %.1f kB | %d B |%n",
          code.shape().title(),
          code.milliseconds(),
          code.lines(),
          code.sourceBytes() / 1e3,
          code.classBytes() / 1e3,
          code.largestMethod()));
    }
  }

  private void startUp(String title, double network, double hello) {
    text.append(
        format("| %s | %.0f ms | %.0f ms | %.0f ms |%n", title, network, hello, network - hello));
  }

  /** Three significant digits, in a suitable unit. */
  static String time(double nanoseconds) {
    double value = nanoseconds;
    for (String unit : List.of("ns", "us", "ms")) {
      if (value < 999.5) {
        return format(
            value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s", value, unit);
      }
      value /= 1000;
    }
    return format("%.2f s", value);
  }

  private static String ratio(double ratio) {
    return format(ratio < 0.1 ? "1/%.0f" : "%.2f", ratio < 0.1 ? 1 / ratio : ratio);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), arguments);
  }
}
