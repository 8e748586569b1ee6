package dev.gradpoet.samples.learning;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Dataset.Split;
import dev.gradpoet.training.History;
import dev.gradpoet.training.Metric;
import dev.gradpoet.training.Predictions;
import dev.gradpoet.training.Training;
import java.util.function.Function;

/**
 * A network trained as this PyTorch program does, with the same random numbers for weights and order:
 *
 * <pre>
 * torch.manual_seed(seed); net = nn.Sequential(...)
 * for epoch in range(epochs):
 *     for rows in torch.randperm(len(train)).split(batch): ...
 * </pre>
 *
 * @param split the rows for training and test
 * @param network the trained network
 * @param history what happened
 */
public record Experiment(Split split, Model network, History history) {

  /**
   * Trains a network.
   *
   * @param seed the seed of weights and order
   * @param split the rows for training and test
   * @param network creates the network, with weights from the generator
   * @param training how it is trained, apart from the order of rows
   */
  public static Experiment run(
      long seed,
      Split split,
      Function<Generator, Model> network,
      Function<Model, Training> training) {
    Generator generator = new Generator().manualSeed(seed);
    Model model = network.apply(generator);
    History history = training.apply(model).shuffle(generator).fit(split.train());
    return new Experiment(split, model, history);
  }

  /** The rows in the order of {@code torch.manual_seed(seed); torch.randperm(rows)}: the first ones for training, the others for the test. */
  public static Split split(long seed, Dataset all, int train) {
    return all.shuffled(new Generator().manualSeed(seed)).splitAt(train);
  }

  /** The predictions for the test rows. */
  public Predictions predictions() {
    return Predictions.of(network, split.test());
  }

  /** The fraction of the test rows that the network predicts correctly. */
  public double accuracy() {
    return Metric.ACCURACY.of(predictions());
  }
}
