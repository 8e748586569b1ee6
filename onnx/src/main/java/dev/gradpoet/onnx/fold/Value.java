package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Places;

/** What the import knows of a value of the model. */
sealed interface Value {

  /** A value that is known. */
  record Known(Constant constant) implements Value {}

  /**
   * Integers, some of which are the number of rows, which is free.
   *
   * @param scalar whether it is one number without a dimension
   * @param numbers the integers; meaningless where {@code rows}
   */
  record Sizes(boolean scalar, long[] numbers, boolean[] rows) implements Value {

    boolean isConstant() {
      for (boolean row : rows) {
        if (row) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * What depends on the input, for each row in the same way.
   *
   * @param expr what is computed, on the values of layers
   * @param dims the sizes in the model, without the first one, the number of rows
   * @param order for each value of a row of the model, its place in the layer; null where it is the same
   * @param exclusive whether nothing else reads it, so that the layer may still change
   */
  record Running(Expr expr, int[] dims, int[] order, boolean exclusive) implements Value {

    int size() {
      return Places.count(dims);
    }

    Running shaped(int... sizes) {
      return new Running(expr, sizes, order, exclusive);
    }

    Running shared() {
      return new Running(expr, dims, order, false);
    }
  }

  /** What comes from a node that was refused. */
  record Unknown() implements Value {}
}
