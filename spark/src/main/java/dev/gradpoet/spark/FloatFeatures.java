package dev.gradpoet.spark;

import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import org.apache.spark.ml.linalg.Vector;

/** {@link Features} in {@code float}. */
final class FloatFeatures implements Features {

  private static final long serialVersionUID = 1;

  private final int width;
  private final float[] values;

  FloatFeatures(int rows, int width) {
    this.width = width;
    this.values = new float[Math.multiplyExact(rows, width)];
  }

  @Override
  public void set(int row, Vector features) {
    double[] numbers = features.toArray();
    for (int i = 0; i < width; i++) {
      values[row * width + i] = (float) numbers[i];
    }
  }

  @Override
  public void copy(int row, Features others, int rows) {
    System.arraycopy(((FloatFeatures) others).values, 0, values, row * width, rows * width);
  }

  @Override
  public void gather(Features others, int[] order, int from, int rows) {
    float[] all = ((FloatFeatures) others).values;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(all, order[from + i] * width, values, i * width, width);
    }
  }

  @Override
  public void forward(Trainer trainer, int rows) {
    ((FloatTrainer) trainer).forward(values, rows);
  }

  @Override
  public Tensor tensor(int rows) {
    return Tensor.view(values, rows, width);
  }
}
