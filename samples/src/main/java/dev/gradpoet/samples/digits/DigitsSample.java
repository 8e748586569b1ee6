package dev.gradpoet.samples.digits;

import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.ConfusionMatrix;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.ProgressListener;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** Trains a classifier of digits and shows what it has learned. The argument is the seed, 0 if there is none. */
public final class DigitsSample {

  private static final int DRAWN = 3;

  private DigitsSample() {}

  /**
   * Trains the classifier and shows the results.
   *
   * @param args the seed, an integer; 0 if there is none
   * @throws IOException if the images cannot be read
   * @throws IllegalArgumentException if the seed is not an integer
   */
  public static void main(String[] args) throws IOException {
    run(DigitsTask.PIXELS, seed(args));
  }

  /** Trains a network and shows the results. */
  static void run(DigitsTask task, long seed) throws IOException {
    Experiment experiment = task.experiment(seed, DigitsFile.load(), ProgressListener.terminal());
    System.out.println(experiment.network().summary());
    show(experiment, System.out);
    System.out.println(
        "The generated source: " + GeneratedSource.of(experiment.network().getClass()));
  }

  /**
   * The seed in the arguments.
   *
   * @throws IllegalArgumentException if it is not an integer, or there is more than one argument
   */
  static long seed(String[] args) {
    if (args.length == 0) {
      return 0;
    }
    if (args.length > 1) {
      throw new IllegalArgumentException(
          args.length + " arguments, expected one: the seed, an integer");
    }
    try {
      return Long.parseLong(args[0]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the seed is \"" + args[0] + "\", expected an integer such as 42", e);
    }
  }

  private static void show(Experiment experiment, PrintStream out) {
    ConfusionMatrix confusion = ConfusionMatrix.of(experiment.predictions());
    out.printf(Locale.ROOT, "test accuracy %.4f%n%n%s%n", confusion.accuracy(), confusion);
    Dataset test = experiment.split().test();
    for (int i = 0; i < DRAWN; i++) {
      float[] image = test.select(i).input(0).toFloatArray();
      Tensor row = Tensor.of(image, 1, image.length);
      float[] probabilities = experiment.network().probabilities(row).toFloatArray();
      out.println();
      out.print(DigitDrawing.draw(image, probabilities, test.label(i)));
    }
    out.println();
  }
}
