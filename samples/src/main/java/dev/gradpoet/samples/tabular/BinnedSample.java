package dev.gradpoet.samples.tabular;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.Training;
import java.io.IOException;
import java.util.Locale;

/** Trains on the breast cancer table with numbers and categories, with several seeds, and shows the accuracies. The argument is the number of seeds, 5 if there is none. */
public final class BinnedSample {

  static final int TRAIN = 455;

  private BinnedSample() {}

  /**
   * Trains and shows the accuracies.
   *
   * @param args the number of seeds, at least 1; 5 if there is none
   * @throws IOException if the table cannot be read
   * @throws IllegalArgumentException if the number is invalid
   */
  public static void main(String[] args) throws IOException {
    int seeds = TabularSample.seeds(args);
    double sum = 0;
    for (long seed = 0; seed < seeds; seed++) {
      Experiment experiment = experiment(seed);
      sum += experiment.accuracy();
      System.out.printf(
          Locale.ROOT,
          "seed %d: loss of the first epoch %.6f, test accuracy %.4f%n",
          seed,
          experiment.history().epochs().get(0).loss(),
          experiment.accuracy());
    }
    System.out.printf(
        Locale.ROOT, "mean test accuracy over seeds 0 to %d: %.4f%n", seeds - 1, sum / seeds);
  }

  /** Trains for all epochs: weights, the order of the rows and what dropout drops come from one generator, as in PyTorch. */
  static Experiment experiment(long seed) throws IOException {
    return Experiment.run(
        seed,
        Binned.of(Experiment.split(seed, TabularTask.BREAST_CANCER.load(), TRAIN)),
        BinnedBreastCancerNetwork::new,
        model -> Training.of(model, Sgd.of(0.05).momentum(0.9)).epochs(20).fitNormalization());
  }
}
