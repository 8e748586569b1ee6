package dev.gradpoet.samples.learning;

import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;

/** A trainer and a predictor for any network with classes. */
final class Learner {

  private final FloatTrainer trainer;
  private final FloatPredictor predictor;
  private final float[] targets;
  private final int classes;

  Learner(Model model, Optimizer optimizer, int batch) {
    trainer = (FloatTrainer) model.trainer(optimizer, batch);
    predictor = (FloatPredictor) model.predictor();
    targets = new float[batch];
    int outputs = model.architecture().outputShape()[0];
    classes = outputs == 1 ? 2 : outputs;
  }

  /** The number of classes: a single output decides between two. */
  int classes() {
    return classes;
  }

  /** Makes one training step on the first n rows, and returns their mean loss before it. */
  float step(float[] x, int n, int[] labels) {
    if (trainer instanceof FloatTrainer.ClassTargets classes) {
      return classes.step(x, n, labels);
    }
    for (int r = 0; r < n; r++) {
      targets[r] = labels[r];
    }
    return ((FloatTrainer.DenseTargets) trainer).step(x, n, targets);
  }

  /** The class that the network predicts for a row. */
  int predict(float[] row) {
    return predictor.predictClass(row);
  }
}
