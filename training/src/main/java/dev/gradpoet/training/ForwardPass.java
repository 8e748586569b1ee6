package dev.gradpoet.training;

import dev.gradpoet.runtime.DoublePredictor;
import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;

/** Computes the outputs of all rows of a data set, in inference mode. */
final class ForwardPass {

  private static final int ROWS = 256;

  /** The most values of these rows, unless a single row has more. */
  private static final long VALUES = 1 << 24;

  private ForwardPass() {}

  /**
   * The outputs of all rows.
   *
   * @param outputs the number of outputs
   * @return shape {@code [n, outputs]}
   */
  static Tensor outputs(Predictor predictor, Dataset data, int outputs) {
    int[] rows = data.rowIndex().toArray();
    if (data.values().size() == 1) {
      if (predictor instanceof FloatPredictor floats
          && data.values().get(0) instanceof FloatValues x) {
        return outputs(floats, x, rows, outputs);
      }
      if (predictor instanceof DoublePredictor doubles
          && data.values().get(0) instanceof DoubleValues x) {
        return outputs(doubles, x, rows, outputs);
      }
    }
    return throughTensors(predictor, data, rows, outputs);
  }

  /** The number of rows of a step: each of them has this number of values, inputs and outputs. */
  static int rowsOfStep(int rows, long values) {
    return (int) Math.max(1, Math.min(Math.min(ROWS, rows), VALUES / values));
  }

  private static Tensor outputs(
      FloatPredictor predictor, FloatValues values, int[] rows, int outputs) {
    float[] all = new float[Math.multiplyExact(rows.length, outputs)];
    int step = rowsOfStep(rows.length, (long) values.width() + outputs);
    float[] x = new float[step * values.width()];
    float[] y = new float[step * outputs];
    for (int from = 0; from < rows.length; from += step) {
      int n = Math.min(step, rows.length - from);
      values.gather(rows, from, n, x);
      predictor.forward(x, n, y);
      System.arraycopy(y, 0, all, from * outputs, n * outputs);
    }
    return Tensor.view(all, rows.length, outputs);
  }

  private static Tensor outputs(
      DoublePredictor predictor, DoubleValues values, int[] rows, int outputs) {
    double[] all = new double[Math.multiplyExact(rows.length, outputs)];
    int step = rowsOfStep(rows.length, (long) values.width() + outputs);
    double[] x = new double[step * values.width()];
    double[] y = new double[step * outputs];
    for (int from = 0; from < rows.length; from += step) {
      int n = Math.min(step, rows.length - from);
      values.gather(rows, from, n, x);
      predictor.forward(x, n, y);
      System.arraycopy(y, 0, all, from * outputs, n * outputs);
    }
    return Tensor.view(all, rows.length, outputs);
  }

  /** Any network: its inputs as tensors. */
  static Tensor throughTensors(Predictor predictor, Dataset data, int[] rows, int outputs) {
    long width = outputs;
    for (Values each : data.values()) {
      width += each.width();
    }
    int step = rowsOfStep(rows.length, width);
    Tensor all = null;
    for (int from = 0; from < rows.length; from += step) {
      int n = Math.min(step, rows.length - from);
      Tensor y = predictor.forward(inputs(data, RowIndex.of(rows).range(from, from + n)));
      if (all == null) {
        all = Tensor.zeros(y.dtype(), rows.length, outputs);
      }
      double[] values = y.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        all.set(values[i], from + i / outputs, i % outputs);
      }
    }
    return all;
  }

  /** Some rows of each input. */
  static Tensor[] inputs(Dataset data, RowIndex rows) {
    Tensor[] inputs = new Tensor[data.values().size()];
    for (int i = 0; i < inputs.length; i++) {
      Values values = data.values().get(i);
      inputs[i] = values.tensor(rows);
    }
    return inputs;
  }
}
