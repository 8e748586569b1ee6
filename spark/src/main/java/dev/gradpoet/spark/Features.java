package dev.gradpoet.spark;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/** Rows of features in one array of a network's dtype. */
sealed interface Features extends Serializable permits FloatFeatures, DoubleFeatures {

  /** Rows of zeros. */
  static Features of(DType dtype, int rows, int width) {
    return dtype == DType.FLOAT32
        ? new FloatFeatures(rows, width)
        : new DoubleFeatures(rows, width);
  }

  /** Sets a row, rounded to the dtype. */
  void set(int row, Vector features);

  /** Copies the first rows of others of the same dtype and width to the rows from an index on. */
  void copy(int row, Features others, int rows);

  /** Copies the rows of others that an order names, from a place of the order on, to the first rows. */
  void gather(Features others, int[] order, int from, int rows);

  /** Calls {@code forward} with the first rows. */
  void forward(Trainer trainer, int rows);

  /** The first rows as a tensor of shape [rows, width]. */
  Tensor tensor(int rows);
}
