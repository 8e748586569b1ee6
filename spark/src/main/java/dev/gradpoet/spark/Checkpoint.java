package dev.gradpoet.spark;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Trainer;
import java.io.Serializable;

/**
 * The state of a run between two epochs, as the driver holds it.
 *
 * @param network the parameters and buffers, as {@link TensorBytes}
 * @param optimizer what it remembers, as {@link TensorBytes}
 * @param losses the mean loss of each epoch since the checkpoint before
 */
record Checkpoint(byte[] network, byte[] optimizer, double[] losses) implements Serializable {

  /** The state before the first epoch: the network as it is constructed. */
  static Checkpoint none() {
    return new Checkpoint(new byte[0], new byte[0], new double[0]);
  }

  static Checkpoint of(Model model, Trainer updates, double... losses) {
    return new Checkpoint(
        TensorBytes.write(TensorBytes.live(model)), TensorBytes.write(updates.state()), losses);
  }

  void restoreNetwork(Model model) {
    if (network.length > 0) {
      TensorBytes.restore(model, TensorBytes.read(network));
    }
  }

  void restoreOptimizer(Trainer updates) {
    if (optimizer.length > 0) {
      updates.loadState(TensorBytes.read(optimizer));
    }
  }
}
