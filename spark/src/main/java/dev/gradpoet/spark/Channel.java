package dev.gradpoet.spark;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection between two tasks, on which both know the length of everything that is sent. */
final class Channel implements Closeable {

  /** How often a task that waits looks whether Spark has ended it. */
  private static final int POLL_MILLIS = 500;

  private final Socket socket;
  private final Runnable stopIfKilled;

  /**
   * A connection.
   *
   * @param stopIfKilled throws if the task has been ended
   */
  Channel(Socket socket, Runnable stopIfKilled) throws IOException {
    this.socket = socket;
    this.stopIfKilled = stopIfKilled;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(POLL_MILLIS);
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Fills an array, and waits for it as long as the other side lives. */
  void read(byte[] bytes) throws IOException {
    read(bytes, Long.MAX_VALUE);
  }

  /**
   * Fills an array.
   *
   * @param millis how long to wait for it at most
   * @throws IOException if the other side has gone, or the time is over
   */
  void read(byte[] bytes, long millis) throws IOException {
    long start = System.nanoTime();
    int done = 0;
    while (done < bytes.length) {
      stopIfKilled.run();
      if ((System.nanoTime() - start) / 1_000_000 > millis) {
        throw new IOException(
            "no answer from " + socket.getRemoteSocketAddress() + " in " + millis + " ms");
      }
      try {
        int count = socket.getInputStream().read(bytes, done, bytes.length - done);
        if (count < 0) {
          throw new EOFException("the task at " + socket.getRemoteSocketAddress() + " has ended");
        }
        done += count;
      } catch (SocketTimeoutException e) {
        // waits again, unless the task has been ended
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
