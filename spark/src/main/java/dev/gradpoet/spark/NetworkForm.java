package dev.gradpoet.spark;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What a stage must know of a network.
 *
 * @param name of its class
 * @param dtype of its values
 * @param inputs the number of values of a row of features
 * @param outputs the number of values of a row of outputs
 * @param target what its loss takes for a label
 * @param mean whether its loss is a mean, and not a sum
 * @param batchNorm whether it needs at least two rows at once in training
 */
record NetworkForm(
    String name,
    DType dtype,
    int inputs,
    int outputs,
    Target target,
    boolean mean,
    boolean batchNorm)
    implements Serializable {

  /** The bytes of a value. */
  int valueBytes() {
    return dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
  }

  /** Whether the network's type has a finite number for a value: FLOAT32 has none for 1e39. */
  boolean holds(double value) {
    return Double.isFinite(dtype == DType.FLOAT32 ? (float) value : value);
  }

  /** What numbers it {@link #holds}, as a text. */
  String numbers() {
    return "finite numbers"
        + (dtype == DType.FLOAT32
            ? " in the range of FLOAT32, with an absolute value of at most " + Float.MAX_VALUE
            : "");
  }

  /** The least number of rows of a shard that is not empty. */
  int leastRows() {
    return batchNorm ? 2 : 1;
  }

  /**
   * The form of a network for classification.
   *
   * @throws IllegalArgumentException if it cannot classify rows of one vector
   */
  static NetworkForm ofClassifier(String name, Model model) {
    NetworkForm form = of(name, model);
    if (form.target == Target.NUMBER) {
      throw new IllegalArgumentException(
          "the loss of the network " + name
              + " gives no probabilities: declare CROSS_ENTROPY, NLL, BCE or BCE_WITH_LOGITS, or use GradpoetRegressor");
    }
    if (form.target == Target.CLASS && form.outputs < 2) {
      throw new IllegalArgumentException(
          "the network " + name
              + " has 1 output, expected one for each class, at least 2: or declare the loss BCE_WITH_LOGITS");
    }
    if (form.target == Target.BINARY) {
      form.requireOneOutput("declare CROSS_ENTROPY for more than two classes");
    }
    return form;
  }

  /**
   * The form of a network for regression.
   *
   * @throws IllegalArgumentException if it does not compute one number from a vector
   */
  static NetworkForm ofRegressor(String name, Model model) {
    NetworkForm form = of(name, model);
    if (form.target != Target.NUMBER) {
      throw new IllegalArgumentException(
          "the loss of the network " + name
              + " is one of classes: declare a loss of regression, such as MSE or HUBER, or use GradpoetClassifier");
    }
    form.requireOneOutput("a label of spark.ml is one number");
    return form;
  }

  private void requireOneOutput(String why) {
    if (outputs != 1) {
      throw new IllegalArgumentException(
          "the network " + name + " has " + outputs + " outputs, expected 1: " + why);
    }
  }

  /** The number of classes, 2 for one output. */
  int classes() {
    return outputs == 1 ? 2 : outputs;
  }

  private static NetworkForm of(String name, Model model) {
    Architecture architecture = model.architecture();
    List<Architecture.Input> inputs = architecture.inputs();
    if (inputs.size() != 1 || inputs.get(0).classes().isPresent()) {
      throw new IllegalArgumentException("the inputs of the network " + name + " are "
          + inputs.stream().map(NetworkForm::describe).toList()
          + ", expected one of numbers, for the features are one vector of numbers");
    }
    int outputs = size(architecture.outputShape());
    return new NetworkForm(
        name,
        architecture.dtype(),
        size(inputs.get(0).shape()),
        outputs,
        target(name, model, outputs),
        isMean(model),
        architecture.layers().stream().anyMatch(NetworkForm::isBatchNorm));
  }

  /** Whether training changes the buffers of a layer. */
  static boolean isBatchNorm(Layer layer) {
    return layer.buffers().containsKey("running_mean");
  }

  private static String describe(Architecture.Input input) {
    return input.name() + (input.classes().isPresent() ? " (class indices)" : " (numbers)");
  }

  private static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static Target target(String name, Model model, int outputs) {
    try (Trainer trainer = model.trainer(Sgd.of(0), 1)) {
      if (trainer instanceof FloatTrainer.ClassTargets
          || trainer instanceof DoubleTrainer.ClassTargets) {
        return Target.CLASS;
      }
      if (trainer instanceof FloatTrainer.DenseTargets
          || trainer instanceof DoubleTrainer.DenseTargets) {
        return hasProbabilities(model, outputs) ? Target.BINARY : Target.NUMBER;
      }
    }
    throw new IllegalArgumentException("the network " + name
        + " is declared without a loss: add one, such as loss = Loss.CROSS_ENTROPY");
  }

  /** A sum divides by 1, whatever the rows. */
  private static boolean isMean(Model model) {
    try (Trainer trainer = model.trainer(Sgd.of(0), 1)) {
      DType dtype = model.architecture().dtype();
      int[] shape = model.architecture().outputShape();
      for (int rows = 1; rows <= 2; rows++) {
        Tensor targets = trainer instanceof FloatTrainer.ClassTargets
                || trainer instanceof DoubleTrainer.ClassTargets
            ? Tensor.of(new int[rows])
            : Tensor.zeros(dtype, batch(rows, shape));
        if (trainer.lossDivisor(targets) != 1) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean hasProbabilities(Model model, int outputs) {
    try (Predictor predictor = model.predictor()) {
      int[] shape = batch(1, model.architecture().outputShape());
      predictor.probabilitiesOf(Tensor.zeros(model.architecture().dtype(), shape));
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  private static int[] batch(int rows, int... shape) {
    int[] batch = new int[shape.length + 1];
    batch[0] = rows;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return batch;
  }
}
