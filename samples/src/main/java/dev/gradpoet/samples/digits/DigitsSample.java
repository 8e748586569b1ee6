package dev.gradpoet.samples.digits;

import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.samples.learning.Dataset;
import dev.gradpoet.samples.learning.Experiment;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Trains a classifier of digits and shows what it has learnt. The argument is the seed, 0 if there is none. */
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
    Experiment experiment = task.experiment(seed, DigitsFile.load());
    System.out.println(experiment.model().summary());
    train(experiment, task.epochs()).forEach(epoch -> System.out.println(line(epoch)));
    show(experiment, System.out);
    System.out.println(
        "The generated source: " + GeneratedSource.of(experiment.model().getClass()));
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

  private static List<Experiment.Epoch> train(Experiment experiment, int count) {
    List<Experiment.Epoch> epochs = new ArrayList<>();
    try (ProgressBar bar = new ProgressBarBuilder()
        .setTaskName("Epochs")
        .setInitialMax(count)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(50)
        .build()) {
      while (epochs.size() < count) {
        Experiment.Epoch epoch = experiment.epoch();
        epochs.add(epoch);
        bar.step();
        bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4f", epoch.loss()));
      }
    }
    return epochs;
  }

  private static String line(Experiment.Epoch epoch) {
    return String.format(
        Locale.ROOT,
        "epoch %2d  loss %.4f  test accuracy %.4f",
        epoch.number(),
        epoch.loss(),
        epoch.accuracy());
  }

  private static void show(Experiment experiment, PrintStream out) {
    out.println();
    out.println(experiment.confusion());
    Dataset test = experiment.split().test();
    for (int i = 0; i < DRAWN; i++) {
      float[] image = test.row(i);
      Tensor row = Tensor.of(image, 1, image.length);
      float[] probabilities = experiment.model().probabilities(row).toFloatArray();
      out.println();
      out.print(DigitDrawing.draw(image, probabilities, test.labels()[i]));
    }
    out.println();
  }
}
