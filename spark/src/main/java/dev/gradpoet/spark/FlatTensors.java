package dev.gradpoet.spark;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.List;

/** Live tensors of one dtype as one run of bytes, in order, row-major: how parameters, gradients and statistics travel. */
final class FlatTensors {

  /** A view of bytes is slow value by value. */
  private static final int PIECE = 1 << 12;

  private final List<Tensor> tensors;
  private final boolean floats;
  private final int size;
  private final float[] piece;

  FlatTensors(DType dtype, Collection<Tensor> tensors) {
    this.tensors = List.copyOf(tensors);
    this.floats = dtype == DType.FLOAT32;
    this.size = this.tensors.stream().mapToInt(Tensor::size).reduce(0, Math::addExact);
    this.piece = floats ? new float[Math.min(PIECE, size)] : null;
  }

  /** The number of values. */
  int size() {
    return size;
  }

  /** The number of bytes. */
  int bytes() {
    return Math.multiplyExact(size, floats ? Float.BYTES : Double.BYTES);
  }

  /** Writes all values at the position of a buffer, which moves on. */
  void get(ByteBuffer into) {
    for (Tensor tensor : tensors) {
      if (floats) {
        float[] values = tensor.toFloatArray();
        into.asFloatBuffer().put(values);
        into.position(into.position() + values.length * Float.BYTES);
      } else {
        double[] values = tensor.toDoubleArray();
        into.asDoubleBuffer().put(values);
        into.position(into.position() + values.length * Double.BYTES);
      }
    }
  }

  /** Sets all values to those at the position of a buffer, which moves on. */
  void set(ByteBuffer from) {
    for (Tensor tensor : tensors) {
      if (floats) {
        float[] values = new float[tensor.size()];
        from.asFloatBuffer().get(values);
        from.position(from.position() + values.length * Float.BYTES);
        tensor.copyFrom(values);
      } else {
        double[] values = new double[tensor.size()];
        from.asDoubleBuffer().get(values);
        from.position(from.position() + values.length * Double.BYTES);
        tensor.copyFrom(values);
      }
    }
  }

  /** Sets all values to numbers over a divisor, rounded to the dtype. */
  void set(double divisor, double... numbers) {
    int from = 0;
    for (Tensor tensor : tensors) {
      int count = tensor.size();
      if (floats) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = (float) (numbers[from + i] / divisor);
        }
        tensor.copyFrom(values);
      } else {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = numbers[from + i] / divisor;
        }
        tensor.copyFrom(values);
      }
      from += count;
    }
  }

  /** Adds the values at the position of a buffer, which moves on, times a factor to sums. */
  void add(double factor, ByteBuffer values, double... sums) {
    if (floats) {
      FloatBuffer all = values.asFloatBuffer();
      for (int from = 0; from < size; from += PIECE) {
        int count = Math.min(PIECE, size - from);
        all.get(piece, 0, count);
        for (int i = 0; i < count; i++) {
          sums[from + i] += factor * piece[i];
        }
      }
    } else {
      DoubleBuffer all = values.asDoubleBuffer();
      for (int i = 0; i < size; i++) {
        sums[i] += factor * all.get(i);
      }
    }
    values.position(values.position() + bytes());
  }
}
