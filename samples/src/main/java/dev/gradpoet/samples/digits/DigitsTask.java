package dev.gradpoet.samples.digits;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Metric;
import dev.gradpoet.training.Training;
import dev.gradpoet.training.TrainingListener;
import java.util.function.Function;

/** The networks, and how each is trained: SGD with momentum 0.9, batches of 32. */
enum DigitsTask {
  /** {@link Digits}. */
  PIXELS(DigitsNetwork::new, 0.1, 30),
  /** {@link DigitImages}. */
  IMAGES(DigitImagesNetwork::new, 0.05, 10);

  static final int TRAIN = 1437;

  private static final int BATCH = 32;

  private final Function<Generator, Model> network;
  private final Sgd sgd;
  private final int epochs;

  DigitsTask(Function<Generator, Model> network, double learningRate, int epochs) {
    this.network = network;
    this.sgd = Sgd.of(learningRate).momentum(0.9);
    this.epochs = epochs;
  }

  Experiment experiment(long seed, Dataset digits, TrainingListener listener) {
    return Experiment.run(
        seed,
        Experiment.split(seed, digits, TRAIN),
        network,
        model -> Training.of(model, sgd)
            .batchSize(BATCH)
            .epochs(epochs)
            .metrics(Metric.ACCURACY)
            .listener(listener));
  }
}
