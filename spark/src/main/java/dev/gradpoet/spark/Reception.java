package dev.gradpoet.spark;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** Waits for the connections of the other tasks. Greetings are read as they come, from all connections at once: one that stays silent keeps no task waiting. */
final class Reception implements Closeable {

  private static final int POLL_MILLIS = 500;

  private final ServerSocketChannel server;
  private final Selector selector;
  private final Greeting own;
  private final int silent;
  private final Runnable stopIfKilled;
  private final Channel[] others;
  private final Deque<Caller> callers = new ArrayDeque<>();
  private int missing;

  /**
   * A reception, which closes neither the server nor the channels that it returns.
   *
   * @param server not blocking
   * @param own the greeting that this task would send: what those of the others must agree with
   * @param tasks their number, this one included
   * @param silent the most connections that have not greeted yet; beyond it, the one that has been silent for the longest time is closed
   * @param stopIfKilled throws if the task has been ended
   */
  Reception(ServerSocketChannel server, Greeting own, int tasks, int silent, Runnable stopIfKilled)
      throws IOException {
    this.server = server;
    this.own = own;
    this.silent = silent;
    this.stopIfKilled = stopIfKilled;
    others = new Channel[tasks];
    missing = tasks - 1;
    selector = Selector.open();
    try {
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      selector.close();
      throw e;
    }
  }

  /** A connection whose greeting has not been read to its end. */
  private record Caller(SocketChannel socket, ByteBuffer greeting) {}

  /**
   * The channels to the other tasks by rank; the first is null.
   *
   * @param millis how long to wait for all of them
   * @throws IOException if the time is over, or a task has another version of the network; no channel is left open then
   */
  Channel[] receive(long millis) throws IOException {
    long start = System.nanoTime();
    boolean complete = false;
    try {
      while (missing > 0) {
        stopIfKilled.run();
        long left = millis - (System.nanoTime() - start) / 1_000_000;
        if (left <= 0) {
          throw new IOException(
              missing + " of " + (others.length - 1) + " tasks did not connect to "
                  + server.getLocalAddress() + " in " + millis / 1000.0
                  + " s: is the network between the executors blocked?");
        }
        selector.select(Math.min(left, POLL_MILLIS));
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.attachment() == null) {
            accept();
          } else if (key.isValid()) {
            hear((Caller) key.attachment());
          }
        }
        selector.selectedKeys().clear();
      }
      complete = true;
      return others;
    } finally {
      if (!complete) {
        Closing.quietly(others);
      }
    }
  }

  private void accept() throws IOException {
    SocketChannel socket = server.accept();
    if (socket == null) {
      return;
    }
    Caller caller = new Caller(socket, ByteBuffer.allocate(Greeting.BYTES));
    callers.add(caller);
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ, caller);
    if (callers.size() > silent) {
      Closing.quietly(callers.remove().socket());
    }
  }

  /** Reads what a connection has sent; it is closed if it is not one of another task. */
  private void hear(Caller caller) throws IOException {
    boolean gone;
    try {
      gone = caller.socket().read(caller.greeting()) < 0;
    } catch (IOException e) {
      gone = true;
    }
    if (!gone && caller.greeting().hasRemaining()) {
      return;
    }
    callers.remove(caller);
    Greeting greeting = gone ? null : Greeting.of(caller.greeting().array());
    if (gone || !greeting.isFrom(own) || !isMissing(greeting.rank())) {
      Closing.quietly(caller.socket());
      return;
    }
    caller.socket().keyFor(selector).cancel();
    others[greeting.rank()] = Channel.of(caller.socket(), stopIfKilled);
    missing--;
    greeting.requireLengthsOf(own);
  }

  private boolean isMissing(int rank) {
    return rank >= 1 && rank < others.length && others[rank] == null;
  }

  /** Ends the wait, and closes the connections that have not greeted. */
  @Override
  public void close() {
    callers.forEach(caller -> Closing.quietly(caller.socket()));
    Closing.quietly(selector);
  }
}
