package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the targets of a data set are passed to the loss of a network.
 *
 * @param outputs the number of outputs
 * @param dtype of the network
 */
record TargetForm(Kind kind, int outputs, DType dtype) {

  /** What the loss takes. */
  enum Kind {
    /** The class of each row. */
    CLASSES,
    /** The class of each row, 0 or 1, as a number: the target of one output. */
    CLASS_AS_VALUE,
    /** A row of values. */
    VALUES
  }

  /**
   * The form in which a network takes the targets of a data set.
   *
   * @param what the name of the data set, for the message
   * @throws IllegalArgumentException if it does not take them, or the inputs of the data set are not those of the network
   */
  static TargetForm of(Architecture network, Trainer trainer, String what, Dataset data) {
    requireInputs(network, what, data);
    int outputs = Values.size(network.outputShape());
    if (!data.hasClasses()) {
      requireValues(network, trainer, what, data, outputs);
      return new TargetForm(Kind.VALUES, outputs, network.dtype());
    }
    boolean takesClasses = takesClasses(trainer);
    int classes = data.classes().size();
    if (!takesClasses && outputs > 1 && isOnArrays(trainer)) {
      throw new IllegalArgumentException(what + " has classes, expected rows of " + outputs
          + " values for the loss of " + network.name()
          + ": declare CROSS_ENTROPY, or make the data set with dense targets");
    }
    if (classes > Math.max(2, outputs)) {
      throw new IllegalArgumentException(
          what + " has " + classes + " classes, expected at most "
              + Math.max(2, outputs) + " for the " + outputs
              + (outputs == 1 ? " output" : " outputs")
              + " of " + network.name() + ": "
              + (takesClasses
                  ? "declare " + classes + " outputs"
                  : "declare CROSS_ENTROPY with " + classes
                      + " outputs, or, if they are numbers and not classes, make the data set with dense targets (Csv.targets)"));
    }
    boolean asValue = !takesClasses && outputs == 1;
    if (asValue) {
      requireCounted(what, data);
    }
    return new TargetForm(asValue ? Kind.CLASS_AS_VALUE : Kind.CLASSES, outputs, network.dtype());
  }

  private static boolean isOnArrays(Trainer trainer) {
    return trainer instanceof FloatTrainer || trainer instanceof DoubleTrainer;
  }

  private static boolean takesClasses(Trainer trainer) {
    return trainer instanceof FloatTrainer.ClassTargets
        || trainer instanceof DoubleTrainer.ClassTargets;
  }

  private static boolean takesValues(Trainer trainer) {
    return !isOnArrays(trainer)
        || trainer instanceof FloatTrainer.DenseTargets
        || trainer instanceof DoubleTrainer.DenseTargets;
  }

  /**
   * Checks that the inputs of a data set are those of a network.
   *
   * @param what the name of the data set, for the message
   * @throws IllegalArgumentException if they are not
   */
  static void requireInputs(Architecture network, String what, Dataset data) {
    int inputs = network.inputs().size();
    if (data.values().size() != inputs) {
      throw new IllegalArgumentException(what + " has the inputs " + data.inputNames()
          + ", expected " + inputs + " for " + network.name() + ": "
          + network.inputs().stream().map(Architecture.Input::name).toList());
    }
    for (int i = 0; i < inputs; i++) {
      int[] expected = network.inputs().get(i).shape();
      Values input = data.values().get(i);
      if (input.width() != Values.size(expected)) {
        throw new IllegalArgumentException(what + " has " + Arrays.toString(input.shape())
            + " values in a row of " + data.inputNames().get(i) + ", expected "
            + Arrays.toString(expected) + " for " + network.name());
      }
      if (network.inputs().get(i).classes().isPresent()) {
        requireIndices(network, what, data.inputNames().get(i), i, input);
      } else {
        requireType(network, what, data.inputNames().get(i), input.dtype());
      }
    }
  }

  private static void requireIndices(
      Architecture network, String what, String part, int input, Values values) {
    int classes = network.inputs().get(input).classes().getAsInt();
    if (!(values instanceof IndexValues indices)) {
      throw new IllegalArgumentException(what + " has " + part + " in " + values.dtype()
          + ", expected class indices for " + network.name()
          + ": use DatasetBuilder.indices, or Csv.indices");
    }
    for (int c = 0; c < indices.width(); c++) {
      int found = indices.vocabulary(c).size();
      if (found > classes) {
        throw new IllegalArgumentException(what + " has " + found + " classes in " + part
            + ", expected at most " + classes + " for " + network.name());
      }
    }
  }

  private static void requireType(Architecture network, String what, String part, DType dtype) {
    if (dtype != network.dtype()) {
      throw new IllegalArgumentException(what + " has " + part + " in " + dtype + ", expected "
          + network.dtype() + " for " + network.name()
          + (network.dtype() == DType.FLOAT32
              ? ": use float[], or Csv.dtype(FLOAT32)"
              : ": use double[], or Csv.dtype(FLOAT64)"));
    }
  }

  private static void requireValues(
      Architecture network, Trainer trainer, String what, Dataset data, int outputs) {
    if (!takesValues(trainer)) {
      throw new IllegalArgumentException(
          what + " has dense targets, which the loss of " + network.name() + " does not take"
              + (takesClasses(trainer) ? ", expected classes" : ""));
    }
    Values target = data.targetValues();
    if (target.width() != outputs) {
      throw new IllegalArgumentException(what + " has targets of " + target.width()
          + " values, expected " + outputs + " for the outputs of " + network.name());
    }
    requireType(network, what, "targets", target.dtype());
  }

  private static void requireCounted(String what, Dataset data) {
    for (int r = 0; r < data.size(); r++) {
      if (data.label(r) < 0) {
        throw new IllegalArgumentException(what + " has the class " + data.label(r) + " in row " + r
            + ", expected 0 or 1: a loss of one output ignores no class");
      }
    }
  }

  /**
   * Checks the targets, before a step has changed anything: whether the loss takes each class that occurs or, of dense targets, the smallest and the
   * largest value, and NaN.
   *
   * @throws IllegalArgumentException if the loss does not take one
   */
  void requireTargets(Trainer trainer, String what, Dataset data) {
    for (int row : kind == Kind.VALUES ? extremeRows(data) : firstRows(data)) {
      try {
        trainer.evaluateOutput(
            Tensor.zeros(dtype, 1, outputs), target(data, data.rowIndex().range(row, row + 1)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(what + ", row " + row + ": " + e.getMessage(), e);
      }
    }
  }

  /** The first row of each class. */
  private static List<Integer> firstRows(Dataset data) {
    List<Integer> rows = new ArrayList<>();
    Set<Integer> others = new HashSet<>();
    boolean[] found = new boolean[data.classes().size()];
    for (int r = 0; r < data.size(); r++) {
      int label = data.label(r);
      if (label < 0 ? others.add(label) : !found[label]) {
        rows.add(r);
      }
      if (label >= 0) {
        found[label] = true;
      }
    }
    return rows;
  }

  private static List<Integer> extremeRows(Dataset data) {
    int smallest = 0;
    int largest = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int width = data.targetValues().width();
    for (int r = 0; r < data.size(); r++) {
      for (int c = 0; c < width; c++) {
        double value = data.target(r, c);
        if (Double.isNaN(value)) {
          return List.of(r);
        }
        if (value < least) {
          least = value;
          smallest = r;
        }
        if (value > most) {
          most = value;
          largest = r;
        }
      }
    }
    return List.of(smallest, largest);
  }

  /** Some of the targets, as the loss takes them. */
  Tensor target(Dataset data, RowIndex rows) {
    Tensor values = data.targetValues().tensor(rows);
    return switch (kind) {
      case CLASSES -> Tensor.of(values.toLongArray());
      case CLASS_AS_VALUE -> values.to(dtype);
      case VALUES -> values;
    };
  }
}
