package dev.gradpoet.samples.digits;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Dataset;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.samples.learning.Learner;
import dev.gradpoet.samples.learning.Split;

/** Trains {@link Digits} by SGD with learning rate 0.1 and momentum 0.9, in batches of 32. */
final class DigitsLearner implements Learner {

  static final int EPOCHS = 30;

  private static final int TRAIN = 1437;
  private static final int BATCH = 32;

  private final DigitsNetwork network;
  private final DigitsNetwork.Trainer trainer;
  private final DigitsNetwork.Predictor predictor;

  DigitsLearner(Generator generator) {
    network = new DigitsNetwork(generator);
    trainer = network.trainer(Sgd.of(0.1).momentum(0.9), BATCH);
    predictor = network.predictor();
  }

  /** An experiment on the digits, with its network. */
  record Run(Experiment experiment, DigitsNetwork network) {}

  static Run run(long seed, Dataset digits) {
    DigitsLearner[] made = new DigitsLearner[1];
    Experiment experiment = new Experiment(
        seed,
        Split.of(seed, digits, TRAIN),
        BATCH,
        generator -> made[0] = new DigitsLearner(generator));
    return new Run(experiment, made[0].network);
  }

  @Override
  public int classes() {
    return DigitsNetwork.OUTPUTS;
  }

  @Override
  public float step(float[] x, int n, int[] labels) {
    return trainer.step(x, n, labels);
  }

  @Override
  public int predict(float[] row) {
    return predictor.predictClass(row);
  }
}
