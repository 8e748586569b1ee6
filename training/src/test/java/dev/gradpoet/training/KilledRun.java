package dev.gradpoet.training;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.CosineAnnealingLr;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The program that {@link KillTest} kills: a run with dropout, batch normalization, shuffling and all that a checkpoint has. */
final class KilledRun {

  private KilledRun() {}

  /**
   * Trains and prints the result.
   *
   * @param args the directory, the number of epochs and the milliseconds to wait after each step; negative to print nothing either
   */
  public static void main(String[] args) {
    System.out.println(run(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])));
  }

  /** The bits of the network and of the history, and the end. */
  static String run(Path directory, int epochs, int wait) {
    Model net = new Nets_NoisyNetwork(3);
    History history = Training.of(net, AdamW.of(0.01))
        .epochs(epochs)
        .batchSize(16)
        .shuffle(5)
        .scheduleSteps(CosineAnnealingLr.of(0.01).tMax(5 * epochs))
        .validation(Blobs.classes(2, 40, 3))
        .metrics(Metric.ACCURACY)
        .checkpoints(directory)
        .listener((event, control) -> follow(event, wait))
        .fit(Blobs.classes(1, 70, 3));
    Map<String, Tensor> all = new LinkedHashMap<>(Snapshot.live(net));
    for (Epoch epoch : history.epochs()) {
      all.put(
          "epoch " + epoch.number(),
          Tensor.of(
              epoch.learningRate(),
              epoch.loss(),
              epoch.validationLoss(),
              epoch.metrics().get("accuracy"),
              epoch.validationMetrics().get("accuracy")));
    }
    return Long.toHexString(Snapshot.hash(all)) + " best " + history.best().number() + ": "
        + history.end();
  }

  private static void follow(TrainingEvent event, int wait) {
    if (event instanceof TrainingEvent.Started && wait >= 0) {
      System.out.println("started");
      System.out.flush();
    } else if (event instanceof TrainingEvent.Step && wait > 0) {
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
