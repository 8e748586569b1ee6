package dev.gradpoet.spark;

import dev.gradpoet.runtime.memory.Heap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The buffers of results and parameters, whose numbers have the order of bytes that most processors have. */
final class Messages {

  private Messages() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Checks that a task can send all gradients, and the statistics of batch norms, in one message.
   *
   * @throws IllegalArgumentException if it cannot
   */
  static void requireRoom(NetworkForm form, long values) {
    long bytes = ShardPass.HEADER + values * form.valueBytes();
    if (bytes > Heap.LONGEST) {
      throw new IllegalArgumentException("the network " + form.name() + " has " + values
          + " parameters and statistics of " + form.valueBytes()
          + " bytes each, expected at most " + (Heap.LONGEST - ShardPass.HEADER) / form.valueBytes()
          + ": gradients are sent as one array; declare smaller layers"
          + (form.valueBytes() == 8 ? " or FLOAT32" : ""));
    }
  }
}
