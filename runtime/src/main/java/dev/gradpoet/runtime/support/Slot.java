package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;

/** A tensor that a layer keeps: a parameter, or a buffer, which no optimizer updates. */
public interface Slot {

  /** The name within the layer, PyTorch's: {@code weight}, {@code running_mean}. */
  String name();

  /** Whether there are gradients of it and optimizers update it: not so for buffers. */
  boolean isTrained();

  /** The values in PyTorch's shape: a live view, writes go through. */
  Tensor view();

  /** A number of batches, as an INT64 scalar. */
  final class Count implements Slot {

    private static final int[] SCALAR = {};

    private final String name;
    private final Tensor view = Tensor.zeros(DType.INT64, SCALAR);

    /** A count of 0. */
    public Count(String name) {
      this.name = name;
    }

    /** Counts one more, unless the layer is frozen. */
    public void increment(boolean frozen) {
      if (!frozen) {
        view.set(view.getLong(SCALAR) + 1, SCALAR);
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isTrained() {
      return false;
    }

    @Override
    public Tensor view() {
      return view;
    }
  }
}
