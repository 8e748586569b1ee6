package dev.gradpoet.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The first message of a task to the one that adds the gradients: the token of the segment, which Spark has given to its tasks alone, and what both must agree on.
 *
 * @param token random bytes of the segment
 * @param attempt of the stage: a task of an earlier one may still run
 * @param rank of the task
 * @param resultBytes the length of a result
 * @param parameterBytes the length of the parameters
 */
record Greeting(byte[] token, int attempt, int rank, int resultBytes, int parameterBytes) {

  /** The length of a token. */
  static final int TOKEN = 32;

  /** The length of a greeting. */
  static final int BYTES = TOKEN + 4 * Integer.BYTES;

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .put(token)
        .putInt(attempt)
        .putInt(rank)
        .putInt(resultBytes)
        .putInt(parameterBytes)
        .array();
  }

  static Greeting of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] token = new byte[TOKEN];
    buffer.get(token);
    return new Greeting(token, buffer.getInt(), buffer.getInt(), buffer.getInt(), buffer.getInt());
  }

  /** Whether it is from a task of the same segment and attempt as another; the time to compare tokens does not depend on their bytes. */
  boolean isFrom(Greeting own) {
    return MessageDigest.isEqual(token, own.token) && attempt == own.attempt;
  }

  /**
   * Checks that both sides have the same network.
   *
   * @throws IOException if they do not
   */
  void requireLengthsOf(Greeting own) throws IOException {
    if (resultBytes != own.resultBytes || parameterBytes != own.parameterBytes) {
      throw new IOException("task " + rank + " sends results of " + resultBytes + " bytes for "
          + parameterBytes + " of parameters, expected " + own.resultBytes + " and "
          + own.parameterBytes
          + ": the executors have different versions of the network on their class paths");
    }
  }
}
