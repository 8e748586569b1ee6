package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressListenerTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final RunControl control = new RunControl();
  private long nanos;

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static Epoch epoch(int number, double loss, double validationLoss) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", 0.875);
    return new Epoch(
        number,
        0.1,
        loss,
        validationLoss,
        metrics,
        Double.isNaN(validationLoss) ? Map.of() : Map.of("accuracy", 0.75),
        1000,
        2.5);
  }

  private void run(ProgressListener listener, Epoch... epochs) {
    listener.on(new TrainingEvent.Started(Map.of(), List.of(), 10, 1000), control);
    for (Epoch epoch : epochs) {
      for (int rows = 250; rows <= 1000; rows += 250) {
        nanos += 500_000_000;
        listener.on(
            new TrainingEvent.Step().at(epoch.number(), 1, rows, 1000, epoch.loss()), control);
      }
      listener.on(new TrainingEvent.EpochEnded(epoch, true), control);
    }
    listener.on(
        new TrainingEvent.Ended(new History(List.of(epochs), 2, "that is enough", Map.of())),
        control);
  }

  @Test
  void aLineForEachEpochWhereThereIsNoTerminal() {
    run(
        ProgressListener.lines(out, () -> nanos),
        epoch(1, 1.25, Double.NaN),
        epoch(2, 0.00012345, Double.NaN));

    assertThat(text()).isEqualTo("""
            epoch  1/10  loss 1.2500  accuracy 0.8750  500 rows/s  0:18 left
            epoch  2/10  loss 1.235e-04  accuracy 0.8750  500 rows/s  0:16 left
            2 epochs, the best is 2: that is enough (5.0 s)
            """);
  }

  @Test
  void aBarIsDrawnOverAgain() {
    run(ProgressListener.bar(out, 120, () -> nanos), epoch(1, 1.25, 1.5), epoch(2, 20, 30));

    String[] drawn = text().split("\r");
    assertThat(drawn[0]).isEmpty();
    assertThat(drawn[1].stripTrailing())
        .isEqualTo("  2% |                | epoch  1/10  500 rows/s  0:20 left");
    assertThat(drawn[5].stripTrailing())
        .isEqualTo(
            " 10% |#               | epoch  1/10  500 rows/s  0:18 left  loss 1.2500 / 1.5000  accuracy 0.8750 / 0.7500");
    assertThat(drawn[10])
        .endsWith("accuracy 0.8750 / 0.7500  \n2 epochs, the best is 2: that is enough (5.0 s)\n");
  }

  @Test
  void aBarIsNoWiderThanTheTerminalAndCoversWhatWasThere() {
    run(ProgressListener.bar(out, 40, () -> nanos), epoch(1, 1.25, 1.5), epoch(2, 20, 30));

    for (String line : text().split("[\r\n]")) {
      assertThat(line.startsWith("2 epochs") ? 0 : line.length()).isLessThan(40);
    }
  }

  @Test
  void aRunThatContinuesCountsTheTimeOfItsOwnRows() {
    ProgressListener listener = ProgressListener.lines(out, () -> nanos);
    listener.on(
        new TrainingEvent.Started(Map.of(), List.of(epoch(1, 1, 1), epoch(2, 1, 1)), 4, 1000),
        control);
    nanos += 2_000_000_000;
    listener.on(new TrainingEvent.Step().at(3, 1, 1000, 1000, 1), control);
    listener.on(new TrainingEvent.EpochEnded(epoch(3, 1, 1), true), control);

    assertThat(text()).startsWith("continues after epoch 2\n").contains("500 rows/s  2.0 s left");
  }

  @Test
  void timesAndNumbersAreBrief() {
    assertThat(Numbers.value(-3)).isEqualTo("-3");
    assertThat(Numbers.value(-0.0)).isEqualTo("0");
    assertThat(Numbers.value(2.5)).isEqualTo("2.5000");
    assertThat(Numbers.value(1e7)).isEqualTo("1.000e+07");
    assertThat(Numbers.time(3723)).isEqualTo("1:02:03");
    assertThat(Numbers.time(0.0449)).isEqualTo("45 ms");
    assertThat(Numbers.brief(0)).isEqualTo("0");
    assertThat(Numbers.brief(Double.NaN)).isEqualTo("NaN");
    assertThat(Numbers.brief(1234.5)).isEqualTo("1235");
    assertThat(Numbers.brief(-1e7)).isEqualTo("-1.000e+07");
  }

  @Test
  void aTerminalThatIsTooNarrowIsRefused() {
    assertThatThrownBy(() -> ProgressListener.bar(out, 19))
        .hasMessage("the width is 19, expected at least 20");
  }
}
