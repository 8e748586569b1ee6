package dev.gradpoet.samples.tabular;

import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.ConfusionMatrix;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Trains on the three tables, each with several seeds, shows the accuracies and writes a report of the last training of each. The argument is the number of
 * seeds, 5 if there is none.
 */
public final class TabularSample {

  private static final int SEEDS = 5;

  private TabularSample() {}

  /**
   * Trains, shows the accuracies and writes the reports.
   *
   * @param args the number of seeds, at least 1; 5 if there is none
   * @throws IOException if a table cannot be read, or a report cannot be written
   * @throws IllegalArgumentException if the number is invalid
   */
  public static void main(String[] args) throws IOException {
    int seeds = seeds(args);
    Path directory = Files.createTempDirectory("gradpoet");
    for (TabularTask task : TabularTask.values()) {
      Dataset table = task.load();
      double sum = 0;
      Experiment experiment = null;
      for (long seed = 0; seed < seeds; seed++) {
        experiment = task.experiment(seed, table);
        sum += experiment.accuracy();
      }
      Path report = directory.resolve(task.name().toLowerCase(Locale.ROOT) + ".html");
      Report.of(experiment.history(), experiment.network(), experiment.split().test())
          .saveHtml(report);
      System.out.printf(
          Locale.ROOT,
          "%s: %d rows, classes %s, mean test accuracy over seeds 0 to %d: %.4f%n%s%n%s%n%n",
          task,
          table.size(),
          table.classes(),
          seeds - 1,
          sum / seeds,
          ConfusionMatrix.of(experiment.predictions()),
          report);
    }
  }

  /**
   * The number of seeds in the arguments.
   *
   * @throws IllegalArgumentException if the number is invalid
   */
  static int seeds(String[] args) {
    List<String> given = Arrays.asList(args);
    if (given.isEmpty()) {
      return SEEDS;
    }
    if (given.size() == 1 && given.get(0).matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(given.get(0));
    }
    throw new IllegalArgumentException(
        "the arguments are " + given + ", expected one: the number of seeds, such as 20");
  }
}
