package dev.gradpoet.spark;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;

/** What the loss of a network takes for the label of a row. */
enum Target {

  /** A class index: {@code CROSS_ENTROPY} and {@code NLL}. */
  CLASS,

  /** 0 or 1, of a network with one output: {@code BCE} and {@code BCE_WITH_LOGITS}. */
  BINARY,

  /** Any number, of a network with one output: losses of regression. */
  NUMBER;

  /** The labels of some rows as the target of a trainer. */
  Tensor tensor(double[] labels, DType dtype) {
    if (this == CLASS) {
      int[] classes = new int[labels.length];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (int) labels[i];
      }
      return Tensor.of(classes);
    }
    return Tensor.of(labels, labels.length, 1).to(dtype);
  }

  /** What is wrong with a label of a network of some form, or null. */
  String problem(double label, NetworkForm form) {
    if (this == NUMBER) {
      return form.holds(label)
          ? null
          : "the label is " + label + ", expected " + form.numbers()
              + ": drop, replace or scale such labels first";
    }
    int classes = form.classes();
    if (label >= 0 && label < classes && label == Math.rint(label)) {
      return null;
    }
    return "the label is " + label + ", expected a class: "
        + (classes == 2 ? "0 or 1" : "a whole number from 0 to " + (classes - 1))
        + (this == BINARY
            ? ", for the loss is one of a probability"
            : ", for the network has " + classes + " outputs")
        + ". StringIndexer numbers labels from 0";
  }
}
