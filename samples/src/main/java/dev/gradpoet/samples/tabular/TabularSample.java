package dev.gradpoet.samples.tabular;

import dev.gradpoet.samples.learning.Experiment;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Trains on the three tables, each with several seeds, and shows the accuracies. The argument is the number of seeds, 5 if there is none. */
public final class TabularSample {

  private static final int SEEDS = 5;

  private TabularSample() {}

  /**
   * Trains and shows the accuracies.
   *
   * @param args the number of seeds, at least 1; 5 if there is none
   * @throws IOException if a table cannot be read
   * @throws IllegalArgumentException if the number is invalid
   */
  public static void main(String[] args) throws IOException {
    int seeds = seeds(args);
    for (TabularTask task : TabularTask.values()) {
      Table table = task.table();
      double sum = 0;
      Experiment experiment = null;
      for (long seed = 0; seed < seeds; seed++) {
        experiment = task.experiment(seed, table);
        sum += accuracy(task, experiment);
      }
      System.out.printf(
          Locale.ROOT,
          "%s: %d rows, classes %s, mean test accuracy over seeds 0 to %d: %.4f%n%s%n%n",
          task,
          table.labels().length,
          table.classes(),
          seeds - 1,
          sum / seeds,
          experiment.confusion());
    }
  }

  /** Trains for all epochs, and returns the final accuracy. */
  static double accuracy(TabularTask task, Experiment experiment) {
    double accuracy = 0;
    for (int epoch = 0; epoch < task.epochs(); epoch++) {
      accuracy = experiment.epoch().accuracy();
    }
    return accuracy;
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
