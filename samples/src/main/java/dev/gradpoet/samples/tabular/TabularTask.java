package dev.gradpoet.samples.tabular;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.Csv;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Metric;
import dev.gradpoet.training.Training;
import java.io.IOException;
import java.util.function.Function;

/** The tables, and how a network is trained on each: SGD with learning rate 0.05 and momentum 0.9. */
enum TabularTask {
  IRIS("iris.csv", 4, 120, 16, 100, IrisNetwork::new, "setosa", "versicolor", "virginica"),
  WINE("wine_data.csv", 13, 142, 16, 50, WineNetwork::new, "class_0", "class_1", "class_2"),
  BREAST_CANCER(
      "breast_cancer.csv", 30, 455, 32, 30, BreastCancerNetwork::new, "malignant", "benign");

  private static final Sgd SGD = Sgd.of(0.05).momentum(0.9);

  private final String file;
  private final int features;
  private final int train;
  private final int batch;
  private final int epochs;
  private final Function<Generator, Model> network;
  private final String[] classes;

  TabularTask(
      String file,
      int features,
      int train,
      int batch,
      int epochs,
      Function<Generator, Model> network,
      String... classes) {
    this.file = file;
    this.features = features;
    this.train = train;
    this.batch = batch;
    this.epochs = epochs;
    this.network = network;
    this.classes = classes;
  }

  /** The table: the class is in the column after the features; the first line holds their numbers. */
  Dataset load() throws IOException {
    return Csv.resource(TabularTask.class, file)
        .skipLines(1)
        .header(false)
        .classes(Integer.toString(features))
        .dtype(DType.FLOAT64)
        .read()
        .classNames(classes);
  }

  Experiment experiment(long seed, Dataset table) {
    return Experiment.run(
        seed,
        Standardized.of(Experiment.split(seed, table, train)),
        network,
        model -> Training.of(model, SGD).batchSize(batch).epochs(epochs).metrics(Metric.ACCURACY));
  }
}
