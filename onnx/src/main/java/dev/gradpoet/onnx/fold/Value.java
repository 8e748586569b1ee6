package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.NetLayer;
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
   * @param order for each value of a row of the model, its place in the layer or, of a {@link Expr.Source}, in the model's input; null where it is the same
   */
  record Running(Expr expr, int[] dims, int[] order) implements Value {

    int size() {
      return Places.count(dims);
    }

    Running shaped(int... sizes) {
      return new Running(expr, sizes, order);
    }
  }

  /**
   * An input of class indices, for each row in the same way.
   *
   * @param dims the sizes in the model, without the first one, the number of rows
   */
  record Indices(NetLayer input, int[] dims) implements Value {

    Indices shaped(int... sizes) {
      return new Indices(input, sizes);
    }
  }

  /**
   * One number for each value of all rows.
   *
   * @param constant with the sizes of a row
   */
  record Filled(Constant constant) implements Value {}

  /**
   * A value with zeros around it, which a convolution or an average pooling can read.
   *
   * @param begin how many zeros stand before each dimension of a row
   * @param end how many stand after it
   */
  record Padded(Running value, int[] begin, int[] end) implements Value {

    static Padded none(Running value) {
      return new Padded(value, new int[value.dims().length], new int[value.dims().length]);
    }

    /** The sizes of a row with the zeros. */
    int[] dims() {
      int[] dims = value.dims().clone();
      for (int d = 0; d < dims.length; d++) {
        dims[d] += begin[d] + end[d];
      }
      return dims;
    }
  }

  /** What comes from a node that was refused. */
  record Unknown() implements Value {}
}
