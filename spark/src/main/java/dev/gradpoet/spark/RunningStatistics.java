package dev.gradpoet.spark;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The running statistics of the batch norms of a network. A forward pass that starts from zeros leaves {@code momentum * statistics} of its shard in the buffers; the
 * shards in order then move the running ones: {@code running = (1 - momentum) * running + momentum * statistics}.
 */
final class RunningStatistics {

  private final DType dtype;
  private final List<Tensor> counts = new ArrayList<>();
  private final FlatTensors buffers;
  private final double[] kept;
  private final double[] running;
  private long batches;

  /** Those of a network, from the values that its buffers have now. */
  RunningStatistics(Model model) {
    dtype = model.architecture().dtype();
    List<Tensor> tensors = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (Layer layer : model.architecture().layers()) {
      if (NetworkForm.isBatchNorm(layer)) {
        counts.add(layer.buffers().get("num_batches_tracked"));
        for (String name : List.of("running_mean", "running_var")) {
          tensors.add(layer.buffers().get(name));
          shares.add(1 - (Double) layer.options().get("momentum"));
        }
      }
    }
    buffers = new FlatTensors(dtype, tensors);
    kept = new double[buffers.size()];
    running = new double[buffers.size()];
    int from = 0;
    for (int i = 0; i < tensors.size(); i++) {
      int to = from + tensors.get(i).size();
      Arrays.fill(kept, from, to, shares.get(i));
      System.arraycopy(tensors.get(i).toDoubleArray(), 0, running, from, to - from);
      from = to;
    }
    batches = counts.isEmpty() ? 0 : counts.get(0).getLong();
  }

  /** The number of bytes of the statistics of a shard. */
  int bytes() {
    return buffers.bytes();
  }

  /** Sets the buffers to zero, before the forward pass of a shard. */
  void clear() {
    if (!counts.isEmpty()) {
      buffers.set(1, new double[buffers.size()]);
    }
  }

  /** Writes what the forward pass of a shard has left in the buffers. */
  void get(ByteBuffer into) {
    buffers.get(into);
  }

  /** Moves the running statistics towards those of a shard. */
  void add(ByteBuffer shard) {
    double[] next = new double[running.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = kept[i] * running[i];
    }
    buffers.add(1, shard, next);
    for (int i = 0; i < next.length; i++) {
      running[i] = dtype == DType.FLOAT32 ? (float) next[i] : next[i];
    }
    batches++;
  }

  /** Writes the running statistics to the network. */
  void restore() {
    buffers.set(1, running);
    counts.forEach(count -> count.copyFrom(new long[] {batches}));
  }
}
