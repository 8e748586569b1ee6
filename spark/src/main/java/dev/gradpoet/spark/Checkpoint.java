package dev.gradpoet.spark;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Trainer;
import dev.gradpoet.runtime.memory.Heap;
import java.io.Serializable;

/**
 * The state of a run between two epochs, as the driver holds it.
 *
 * @param network the parameters and buffers, as {@link TensorBytes}
 * @param optimizer what it remembers, as {@link TensorBytes}
 * @param losses the mean loss of each epoch since the checkpoint before
 */
record Checkpoint(byte[] network, byte[] optimizer, double[] losses) implements Serializable {

  /**
   * Checks that a checkpoint can come back to the driver.
   *
   * @param network the bytes of parameters and buffers
   * @param optimizer the bytes of what the optimizer remembers
   * @param most spark.driver.maxResultSize; 0 for any size
   * @throws IllegalArgumentException if it cannot
   */
  static void requireRoom(NetworkForm form, long network, long optimizer, long most) {
    String found = "a checkpoint of the network " + form.name() + " has " + network
        + " bytes of parameters and buffers and " + optimizer + " bytes of the optimizer's state, ";
    String smaller = "declare smaller layers, or choose an optimizer with less state";
    if (Math.max(network, optimizer) > Heap.LONGEST) {
      throw new IllegalArgumentException(found + "expected at most " + Heap.LONGEST
          + " of each, because each is one array: " + smaller);
    }
    if (most > 0 && network + optimizer > most) {
      throw new IllegalArgumentException(
          found + "together " + (network + optimizer) + ", expected at most " + most
              + ", the value of spark.driver.maxResultSize: raise it (0 is no limit), " + smaller);
    }
  }

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
