package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.CosineAnnealingLr;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.training.Dataset.Split;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, from a file to a report. */
class ReadmeTest {

  @TempDir
  private Path directory;

  private Path passengers() throws IOException {
    StringBuilder csv = new StringBuilder("name,age,fare,port,survived\n");
    Generator g = new Generator().manualSeed(1);
    for (int i = 0; i < 200; i++) {
      int age = (int) (80 * g.nextDouble());
      String fare = i % 20 == 0 ? "" : Double.toString(Math.round(1000 * g.nextDouble()) / 10.0);
      String port = g.nextDouble() < 0.5 ? "Southampton" : "Cherbourg";
      boolean survived = age < 40 ^ g.nextDouble() < 0.1;
      csv.append("\"Passenger, ")
          .append(i)
          .append("\",")
          .append(age)
          .append(',')
          .append(fare);
      csv.append(',').append(port).append(',').append(survived ? "yes" : "no").append('\n');
    }
    return Files.writeString(directory.resolve("passengers.csv"), csv);
  }

  @Test
  void theExampleOfTheReadme() throws IOException {
    Model net = new Nets_PassengersNetwork(1);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    Dataset all = Csv.of(passengers())
        .features("age", "fare")
        .oneHot("port")
        .classes("survived")
        .missing(Missing.skipRow())
        .read();
    Split split = all.stratifiedSplit(0.8, new Generator().manualSeed(0));
    Split valid = split.train().stratifiedSplit(0.8, new Generator().manualSeed(1));
    History history = Training.of(net, AdamW.of(1e-2))
        .batchSize(32)
        .epochs(20)
        .shuffle(0)
        .schedule(CosineAnnealingLr.of(1e-2).tMax(20))
        .clipGradNorm(1)
        .fitNormalization()
        .validation(valid.test())
        .metrics(Metric.ACCURACY, Metric.MACRO_F1)
        .earlyStopping(EarlyStopping.patience(10))
        .checkpoints(directory.resolve("run"))
        .listener(ProgressListener.lines(out))
        .fit(valid.train());
    Report report = Report.of(history, net, split.test());
    report.saveHtml(directory.resolve("report.html"));

    assertThat(all.size()).isEqualTo(190);
    assertThat(all.featureNames(0))
        .containsExactly("age", "fare", "port=Cherbourg", "port=Southampton");
    assertThat(history.best().validationMetrics().get("accuracy")).isGreaterThan(0.7);
    assertThat(report.testResults().get("accuracy")).isGreaterThan(0.7);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("epoch  1/20  loss ", "macro f1");
    assertThat(directory.resolve("report.html")).content().contains("port=Cherbourg", "yes", "no");
  }
}
