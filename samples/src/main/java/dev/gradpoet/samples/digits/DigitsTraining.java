package dev.gradpoet.samples.digits;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Sgd;

/**
 * Trains {@link Digits} as this PyTorch program would, with the same numbers drawn for split, weights and order:
 *
 * <pre>
 * torch.manual_seed(seed); p = torch.randperm(1797); train, test = p[:1437], p[1437:]
 * torch.manual_seed(seed); net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
 * opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
 * for epoch in range(30):
 *     for batch in torch.randperm(1437).split(32): ...
 * </pre>
 */
final class DigitsTraining {

  static final int EPOCHS = 30;

  private static final int TRAIN = 1437;
  private static final int BATCH = 32;

  /**
   * How an epoch went.
   *
   * @param number counted from 1
   * @param loss the mean loss of the training images, each before the step that learnt from it
   * @param accuracy the part of the test images that the network gets right after the epoch
   */
  record Epoch(int number, double loss, double accuracy) {}

  private final DigitsData train;
  private final DigitsData test;
  private final DigitsData batch;
  private final Generator generator;
  private final DigitsNetwork network;
  private final DigitsNetwork.Trainer trainer;
  private int epochs;

  DigitsTraining(long seed, DigitsData all) {
    int[] order = new Generator().manualSeed(seed).randperm(all.size()).toIntArray();
    train = all.select(order, 0, TRAIN);
    test = all.select(order, TRAIN, all.size());
    batch = new DigitsData(new float[BATCH * DigitsData.PIXELS], new int[BATCH]);
    generator = new Generator().manualSeed(seed);
    network = new DigitsNetwork(generator);
    trainer = network.trainer(Sgd.of(0.1).momentum(0.9), BATCH);
  }

  DigitsNetwork network() {
    return network;
  }

  /** The images that the network never learns from. */
  DigitsData test() {
    return test;
  }

  /** Learns from every training image once, in a new order. */
  Epoch epoch() {
    int[] order = generator.randperm(TRAIN).toIntArray();
    double loss = 0;
    for (int from = 0; from < TRAIN; from += BATCH) {
      int to = Math.min(from + BATCH, TRAIN);
      train.copy(order, from, to, batch);
      loss += (double) trainer.step(batch.pixels(), to - from, batch.labels()) * (to - from);
    }
    return new Epoch(++epochs, loss / TRAIN, confusion().accuracy());
  }

  /** What the network takes the test images for. */
  ConfusionMatrix confusion() {
    ConfusionMatrix matrix = new ConfusionMatrix(DigitsNetwork.OUTPUTS);
    DigitsNetwork.Predictor predictor = network.predictor();
    for (int i = 0; i < test.size(); i++) {
      matrix.add(test.labels()[i], predictor.predictClass(test.image(i)));
    }
    return matrix;
  }
}
