package dev.gradpoet.samples.learning;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import java.util.function.Function;

/**
 * Trains a network as this PyTorch program does, with the same random numbers for weights and order:
 *
 * <pre>
 * torch.manual_seed(seed); net = nn.Sequential(...)
 * for epoch in range(epochs):
 *     for rows in torch.randperm(len(train)).split(batch): ...
 * </pre>
 */
public final class Experiment {

  /**
   * The results of an epoch.
   *
   * @param number counted from 1
   * @param loss the mean loss of the rows, each before the update of its step
   * @param accuracy the fraction of the test rows that the network predicts correctly after the epoch
   */
  public record Epoch(int number, double loss, double accuracy) {}

  private final Split split;
  private final Dataset batch;
  private final Generator generator;
  private final Model model;
  private final Learner learner;
  private int epochs;

  /**
   * An experiment.
   *
   * @param seed the seed of weights and order
   * @param split the data
   * @param network creates the network, with weights from the generator
   * @param optimizer updates the weights
   * @param batch the number of rows of a step; the last step of an epoch may have fewer
   */
  public Experiment(
      long seed, Split split, Function<Generator, Model> network, Optimizer optimizer, int batch) {
    this.split = split;
    this.batch = new Dataset(
        split.train().width(), new float[batch * split.train().width()], new int[batch]);
    this.generator = new Generator().manualSeed(seed);
    this.model = network.apply(generator);
    this.learner = new Learner(model, optimizer, batch);
  }

  /** The data. */
  public Split split() {
    return split;
  }

  /** The network. */
  public Model model() {
    return model;
  }

  /** Trains on every row once, in a new order. */
  public Epoch epoch() {
    Dataset train = split.train();
    int[] order = generator.randperm(train.size()).toIntArray();
    double loss = 0;
    for (int from = 0; from < train.size(); from += batch.size()) {
      int to = Math.min(from + batch.size(), train.size());
      train.copy(order, from, to, batch);
      loss += (double) learner.step(batch.features(), to - from, batch.labels()) * (to - from);
    }
    return new Epoch(++epochs, loss / train.size(), confusion().accuracy());
  }

  /** The predictions for the test rows. */
  public ConfusionMatrix confusion() {
    ConfusionMatrix matrix = new ConfusionMatrix(learner.classes());
    Dataset test = split.test();
    for (int i = 0; i < test.size(); i++) {
      matrix.add(test.labels()[i], learner.predict(test.row(i)));
    }
    return matrix;
  }
}
