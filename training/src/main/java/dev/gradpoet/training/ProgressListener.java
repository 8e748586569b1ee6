package dev.gradpoet.training;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Shows how far a run is: its loss, its metrics, rows per second and the time that is left.
 *
 * <p>Not by the library me.tongfei:progressbar (0.10.2): it needs jline-native, a jar of 15 native libraries, and here no program that trains needs one;
 * where there is no terminal, it prints its bar again and again rather than a line for each epoch.
 */
public final class ProgressListener implements TrainingListener {

  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int DEFAULT_WIDTH = 80;
  private static final int NARROWEST = 20;
  private static final int BAR = 16;

  private final PrintStream out;
  private final int width;
  private final LongSupplier clock;
  private int epochs;
  private long rowsOfRun;
  private long rowsBefore;
  private long rowsDone;
  private long start;
  private long lastDrawn;
  private int drawn;
  private String results = "";

  private ProgressListener(PrintStream out, int width, LongSupplier clock) {
    this.out = Objects.requireNonNull(out, "out");
    this.width = width;
    this.clock = clock;
  }

  /**
   * A bar if the program runs in a terminal, otherwise a line for each epoch, on {@link System#out}. The environment variable {@code COLUMNS} sets the
   * width of the terminal, 80 without it.
   */
  public static ProgressListener terminal() {
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    int width = columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    return Terminal.isPresent() ? bar(System.out, Math.max(NARROWEST, width)) : lines(System.out);
  }

  /** A line for each epoch. */
  public static ProgressListener lines(PrintStream out) {
    return new ProgressListener(out, 0, System::nanoTime);
  }

  /**
   * A bar that is redrawn in place.
   *
   * @param width of the terminal in characters, at least 20
   * @throws IllegalArgumentException if it is below 20
   */
  public static ProgressListener bar(PrintStream out, int width) {
    return bar(out, width, System::nanoTime);
  }

  /** With a clock in nanoseconds, for tests. */
  static ProgressListener bar(PrintStream out, int width, LongSupplier clock) {
    if (width < NARROWEST) {
      throw new IllegalArgumentException(
          "the width is " + width + ", expected at least " + NARROWEST);
    }
    return new ProgressListener(out, width, clock);
  }

  static ProgressListener lines(PrintStream out, LongSupplier clock) {
    return new ProgressListener(out, 0, clock);
  }

  @Override
  public void on(TrainingEvent event, RunControl control) {
    if (event instanceof TrainingEvent.Step step) {
      rowsDone = (step.epoch() - 1L) * step.rows() + step.rowsDone();
      long now = clock.getAsLong();
      if (width > 0 && now - lastDrawn >= REDRAW_NANOS) {
        lastDrawn = now;
        draw(step.epoch());
      }
    } else if (event instanceof TrainingEvent.EpochEnded ended) {
      results = results(ended.epoch());
      if (width > 0) {
        draw(ended.epoch().number());
      } else {
        out.println(epoch(ended.epoch().number()) + results + "  " + speed());
      }
    } else if (event instanceof TrainingEvent.Started started) {
      start(started);
    } else if (event instanceof TrainingEvent.Ended ended) {
      end(ended.history());
    }
  }

  private void start(TrainingEvent.Started started) {
    epochs = started.epochs();
    rowsOfRun = (long) epochs * started.rows();
    rowsBefore = (long) started.done().size() * started.rows();
    rowsDone = rowsBefore;
    start = clock.getAsLong();
    lastDrawn = start;
    drawn = 0;
    results = "";
    if (!started.done().isEmpty()) {
      out.println("continues after epoch " + started.done().size());
    }
  }

  private String epoch(int number) {
    int digits = Integer.toString(epochs).length();
    return String.format(Locale.ROOT, "epoch %" + digits + "d/%d", number, epochs);
  }

  private static String results(Epoch epoch) {
    StringBuilder text = new StringBuilder();
    append(text, "loss", epoch.loss(), epoch.validationLoss());
    for (Map.Entry<String, Double> metric : epoch.metrics().entrySet()) {
      append(
          text,
          metric.getKey(),
          metric.getValue(),
          epoch.validationMetrics().getOrDefault(metric.getKey(), Double.NaN));
    }
    return text.toString();
  }

  /** The number of the training rows and, after a slash, that of the validation rows. */
  private static void append(StringBuilder text, String name, double value, double validation) {
    text.append("  ").append(name).append(' ').append(Numbers.brief(value));
    if (!Double.isNaN(validation)) {
      text.append(" / ").append(Numbers.brief(validation));
    }
  }

  private String speed() {
    double seconds = (clock.getAsLong() - start) * 1e-9;
    double rate = (rowsDone - rowsBefore) / seconds;
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      return "";
    }
    return String.format(Locale.ROOT, "%,.0f rows/s", rate)
        + (rowsDone < rowsOfRun
            ? "  " + Numbers.time((rowsOfRun - rowsDone) / rate) + " left"
            : "");
  }

  /** {@code  43% |#######         | epoch  5/10  loss 0.1234 / 0.1301  12,345 rows/s  0:07 left} */
  private void draw(int epoch) {
    int done = (int) (BAR * rowsDone / rowsOfRun);
    String line =
        String.format(Locale.ROOT, "%3d%% |", 100 * rowsDone / rowsOfRun) + "#".repeat(done)
            + " ".repeat(BAR - done) + "| " + epoch(epoch) + "  " + speed() + results;
    // one less than the width: a full line moves the cursor to the next
    String shown = line.substring(0, Math.min(line.length(), width - 1));
    out.print("\r" + shown + " ".repeat(Math.max(0, drawn - shown.length())));
    out.flush();
    drawn = shown.length();
  }

  private void end(History history) {
    if (drawn > 0) {
      out.println();
    }
    out.println(history + " (" + Numbers.time(history.seconds()) + ")");
  }
}
