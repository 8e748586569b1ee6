package dev.gradpoet.training;

import dev.gradpoet.runtime.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a run in words, for its history, its checkpoints and its report. */
final class Settings {

  private Settings() {}

  static Map<String, String> of(RunOptions training, Dataset train) {
    Map<String, String> all = new LinkedHashMap<>();
    long parameters = training.network().parameters().values().stream()
        .mapToLong(Tensor::size)
        .sum();
    all.put(
        "network",
        training.network().architecture().name() + ", " + parameters + " parameters in "
            + training.network().architecture().dtype());
    all.put("training data", train.toString());
    all.put(
        "validation data",
        training.validation() == null ? "none" : training.validation().toString());
    all.put("optimizer", training.optimizer().toString());
    all.put("schedule", training.scheduleText());
    all.put("clipping of gradients", training.clipping().toString());
    if (training.fitsNormalization) {
      all.put("normalization", "fitted to the training data");
    }
    if (training.classWeights != null) {
      all.put("class weights", training.classWeightsText());
    }
    if (training.posWeight != null) {
      all.put("weight of positive targets", training.posWeightText());
    }
    if (!training.frozen.isEmpty()) {
      all.put("frozen layers", String.join(", ", training.frozen));
    }
    all.put("batch size", Integer.toString(training.batchSize()));
    all.put("epochs", "at most " + training.epochs());
    all.put("shuffling", training.shuffleText());
    all.put("best epoch", training.bestText());
    all.put(
        "early stopping",
        training.earlyStopping() == null ? "none" : training.earlyStopping().toString());
    all.put("Gradpoet", version());
    all.put(
        "Java",
        Runtime.version() + " on " + System.getProperty("os.name") + " "
            + System.getProperty("os.arch"));
    return all;
  }

  private static String version() {
    Package here = Settings.class.getPackage();
    String version = here == null ? null : here.getImplementationVersion();
    return version == null ? "development version" : version;
  }
}
