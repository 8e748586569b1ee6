package dev.gradpoet.samples.digits;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Metric;
import dev.gradpoet.training.Training;
import dev.gradpoet.training.TrainingListener;

/** How {@link Digits} is trained: SGD with learning rate 0.1 and momentum 0.9, batches of 32. */
final class DigitsTask {

  private static final int EPOCHS = 30;
  private static final int TRAIN = 1437;
  private static final int BATCH = 32;
  private static final Sgd SGD = Sgd.of(0.1).momentum(0.9);

  private DigitsTask() {}

  static Experiment experiment(long seed, Dataset digits, TrainingListener listener) {
    return Experiment.run(
        seed,
        Experiment.split(seed, digits, TRAIN),
        DigitsNetwork::new,
        network -> Training.of(network, SGD)
            .batchSize(BATCH)
            .epochs(EPOCHS)
            .metrics(Metric.ACCURACY)
            .listener(listener));
  }
}
