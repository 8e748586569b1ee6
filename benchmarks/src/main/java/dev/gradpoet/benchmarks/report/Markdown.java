package dev.gradpoet.benchmarks.report;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Prints results as tables. The cell of a contender is its time, and how many times that of Gradpoet it is: {@code 14.0 us, 1.47×}, in bold where it is
 * ahead.
 */
final class Markdown {

  private static final Set<Contender> OTHERS = EnumSet.complementOf(EnumSet.of(Contender.GRADPOET));

  private final Results results;
  private final StringBuilder text = new StringBuilder();

  Markdown(Results results) {
    this.results = results;
  }

  String text() {
    Environment environment = results.environment();
    text.append(format("## JDK %s%n%n", environment.jdk()));
    text.append(format(
        "%s, %s, `%s`, set `%s`. The peak of a core is %.0f GFLOP/s. %s%n",
        environment.date(),
        environment.cpu(),
        String.join(" ", environment.flags()),
        results.set().name().toLowerCase(Locale.ROOT),
        results.peak(),
        spread()));
    text.append(format("%n![Times relative to Gradpoet](%s)%n", environment.chart()));
    for (Kind kind : Kind.values()) {
      List<Task> tasks = results.tasks(kind);
      if (!tasks.isEmpty()) {
        table(kind, tasks);
      }
    }
    threads();
    start();
    code();
    return text.toString();
  }

  /** How far the forks of a figure are apart. */
  private String spread() {
    List<Measurement> repeated =
        results.measurements().stream().filter(m -> m.nanoseconds().length > 1).toList();
    Optional<Measurement> furthest =
        repeated.stream().max(Comparator.comparing(Measurement::spread));
    return furthest
        .map(m -> format(
            "The forks of %d of %d figures are within 5 %%; the furthest apart are %.0f %% (%s: %s).",
            repeated.stream().filter(r -> r.spread() <= 0.05).count(),
            repeated.size(),
            100 * m.spread(),
            m.task(),
            m.contender().title()))
        .orElse("Each figure is from one fork.");
  }

  private void table(Kind kind, List<Task> tasks) {
    text.append(format("%n### %s%n%n", kind.heading()));
    List<Contender> others = OTHERS.stream()
        .filter(
            other -> tasks.stream().anyMatch(task -> results.find(task, other).isPresent()))
        .toList();
    text.append("| network | Gradpoet | of the peak |");
    others.forEach(other -> text.append(' ').append(other.title()).append(" |"));
    text.append("\n|---|---|---|").append("---|".repeat(others.size())).append('\n');
    for (Task task : tasks) {
      Measurement ours = results.find(task, Contender.GRADPOET).orElseThrow();
      text.append(format(
          "| %s | %s | %.0f %% |",
          network(task), time(ours.time()), 100 * results.shareOfPeak(ours)));
      for (Contender other : others) {
        text.append(results
            .find(task, other)
            .map(m -> format(" %s, %s |", time(m.time()), times(m.time() / ours.time())))
            .orElse(" |"));
      }
      text.append('\n');
    }
  }

  private static String network(Task task) {
    return task.kind() == Kind.STEP
        ? format("%s, %d rows", task.shape().title(), task.rows())
        : task.shape().title();
  }

  private void threads() {
    List<Task> tasks = results.measurements().stream()
        .map(Measurement::task)
        .filter(task -> task.threads() > 1)
        .distinct()
        .toList();
    if (tasks.isEmpty()) {
      return;
    }
    text.append(format("%n### Two threads%n%n"));
    text.append("| work | | one thread | two threads | speedup | compared on two threads |\n"
        + "|---|---|---|---|---|---|\n");
    for (Task two : tasks) {
      double ours = results.find(two, Contender.GRADPOET).orElseThrow().time();
      for (Contender contender : Contender.values()) {
        results
            .find(two, contender)
            .ifPresent(
                m -> threads(m, results.find(two.on(1), contender).orElseThrow().time(), ours));
      }
    }
  }

  private void threads(Measurement two, double one, double ours) {
    boolean first = two.contender() == Contender.GRADPOET;
    String work = format("%s, %s", two.task().shape().title(), two.task().kind().title());
    text.append(format(
        "| %s | %s | %s | %s | %.2f | %s |%n",
        first ? work : "",
        two.contender().title(),
        time(one),
        time(two.time()),
        one / two.time(),
        first ? "" : times(two.time() / ours)));
  }

  private void start() {
    StartUp start = results.startUp();
    text.append(format("%n### Start%n%n"));
    text.append(
        "| | first prediction of 64-32-10 | hello-world | difference |\n|---|---|---|---|\n");
    start("plain kernels; plain Java", start.plain(), start.helloWorld());
    start("vector kernels; an expression of vectors", start.vectors(), start.helloVector());
  }

  private void start(String title, double network, double hello) {
    text.append(
        format("| %s | %.0f ms | %.0f ms | %.0f ms |%n", title, network, hello, network - hello));
  }

  private void code() {
    if (results.code().isEmpty()) {
      return;
    }
    text.append(format("%n### Generated code%n%n"));
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

  /** Three significant digits, in a suitable unit. */
  static String time(double nanoseconds) {
    double value = nanoseconds;
    for (String unit : List.of("ns", "us", "ms")) {
      if (value < 999.5) {
        return format("%s %s", digits(value), unit);
      }
      value /= 1000;
    }
    return format("%.2f s", value);
  }

  /** How many times as long as Gradpoet, in bold if it is shorter. */
  private static String times(double ratio) {
    String text = digits(ratio) + "×";
    return text.startsWith("0.") ? "**" + text + "**" : text;
  }

  private static String digits(double value) {
    return format(value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), arguments);
  }
}
