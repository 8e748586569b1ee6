package dev.gradpoet.samples.tabular;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Experiment;
import java.io.IOException;
import java.util.function.Function;

/** The tables, and how a network is trained on each: SGD with learning rate 0.05 and momentum 0.9. */
enum TabularTask {
  IRIS("iris.csv", 120, 16, 100, IrisNetwork::new),
  WINE("wine_data.csv", 142, 16, 50, WineNetwork::new),
  BREAST_CANCER("breast_cancer.csv", 455, 32, 30, BreastCancerNetwork::new);

  private static final Sgd SGD = Sgd.of(0.05).momentum(0.9);

  private final String file;
  private final int train;
  private final int batch;
  private final int epochs;
  private final Function<Generator, Model> network;

  TabularTask(String file, int train, int batch, int epochs, Function<Generator, Model> network) {
    this.file = file;
    this.train = train;
    this.batch = batch;
    this.epochs = epochs;
    this.network = network;
  }

  Table table() throws IOException {
    return Table.load(file);
  }

  int epochs() {
    return epochs;
  }

  Experiment experiment(long seed, Table table) {
    return new Experiment(seed, table.split(seed, train), network, SGD, batch);
  }
}
