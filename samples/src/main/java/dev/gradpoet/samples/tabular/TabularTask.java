package dev.gradpoet.samples.tabular;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.samples.learning.Learner;
import java.io.IOException;
import java.util.function.Function;

/** The tables, and the training for each: SGD with learning rate 0.05 and momentum 0.9. */
enum TabularTask {
  IRIS("iris.csv", 120, 16, 100, TabularTask::iris),
  WINE("wine_data.csv", 142, 16, 50, TabularTask::wine),
  BREAST_CANCER("breast_cancer.csv", 455, 32, 30, TabularTask::breastCancer);

  private static final Sgd SGD = Sgd.of(0.05).momentum(0.9);

  private final String file;
  private final int train;
  private final int batch;
  private final int epochs;
  private final Function<Generator, Learner> learner;

  TabularTask(String file, int train, int batch, int epochs, Function<Generator, Learner> learner) {
    this.file = file;
    this.train = train;
    this.batch = batch;
    this.epochs = epochs;
    this.learner = learner;
  }

  Table table() throws IOException {
    return Table.load(file);
  }

  int epochs() {
    return epochs;
  }

  Experiment experiment(long seed, Table table) {
    return new Experiment(seed, table.split(seed, train), batch, learner);
  }

  private interface Step {
    float step(float[] x, int n, int[] labels);
  }

  private interface Prediction {
    int predict(float[] row);
  }

  private static Learner learner(int classes, Step step, Prediction prediction) {
    return new Learner() {
      @Override
      public int classes() {
        return classes;
      }

      @Override
      public float step(float[] x, int n, int[] labels) {
        return step.step(x, n, labels);
      }

      @Override
      public int predict(float[] row) {
        return prediction.predict(row);
      }
    };
  }

  private static Learner iris(Generator generator) {
    IrisNetwork network = new IrisNetwork(generator);
    return learner(
        IrisNetwork.OUTPUTS,
        network.trainer(SGD, IRIS.batch)::step,
        network.predictor()::predictClass);
  }

  private static Learner wine(Generator generator) {
    WineNetwork network = new WineNetwork(generator);
    return learner(
        WineNetwork.OUTPUTS,
        network.trainer(SGD, WINE.batch)::step,
        network.predictor()::predictClass);
  }

  private static Learner breastCancer(Generator generator) {
    BreastCancerNetwork network = new BreastCancerNetwork(generator);
    BreastCancerNetwork.Trainer trainer = network.trainer(SGD, BREAST_CANCER.batch);
    float[] targets = new float[BREAST_CANCER.batch];
    return learner(
        2,
        (x, n, labels) -> {
          for (int r = 0; r < n; r++) {
            targets[r] = labels[r];
          }
          return trainer.step(x, n, targets);
        },
        network.predictor()::predictClass);
  }
}
