package dev.gradpoet.spark;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection between two tasks, on which both know the length of everything that is sent. Whoever waits for the other side does so as long as Spark lets the task live. */
final class Channel implements Closeable {

  /** How often a task that waits looks whether Spark has ended it. */
  private static final int POLL_MILLIS = 500;

  /** How much the socket is given at once: the virtual machine keeps a copy of as much outside the heap. */
  private static final int PIECE = 1 << 18;

  /** How long a task asks again and again before it sleeps: to wake it takes longer than a step of a small network. */
  private static final long SPIN_NANOS = 100_000;

  private final SocketChannel socket;
  private final Selector selector;
  private final SelectionKey key;
  private final Runnable stopIfKilled;

  private Channel(SocketChannel socket, Selector selector, Runnable stopIfKilled)
      throws IOException {
    this.socket = socket;
    this.selector = selector;
    this.key = socket.register(selector, 0);
    this.stopIfKilled = stopIfKilled;
  }

  /**
   * The channel of a connected socket, which is closed if that fails.
   *
   * @param stopIfKilled throws if the task has been ended
   */
  static Channel of(SocketChannel socket, Runnable stopIfKilled) throws IOException {
    Selector selector = null;
    try {
      socket.configureBlocking(false);
      // a step sends one message each way and waits for it
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      selector = Selector.open();
      return new Channel(socket, selector, stopIfKilled);
    } catch (IOException e) {
      Closing.quietly(selector, socket);
      throw e;
    }
  }

  /** Sends the bytes from the position of a buffer to its limit, and waits until the other side has room for them. */
  void write(ByteBuffer bytes) throws IOException {
    stopIfKilled.run();
    while (bytes.hasRemaining()) {
      ByteBuffer piece = piece(bytes);
      int count = socket.write(piece);
      bytes.position(bytes.position() + count);
      if (piece.hasRemaining()) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /**
   * Fills a buffer from its position to its limit, and waits for the bytes.
   *
   * @throws IOException if the other side has gone
   */
  void read(ByteBuffer bytes) throws IOException {
    stopIfKilled.run();
    long start = System.nanoTime();
    while (bytes.hasRemaining()) {
      int count = socket.read(piece(bytes));
      if (count < 0) {
        throw new EOFException("the task at " + socket.getRemoteAddress() + " has ended");
      }
      bytes.position(bytes.position() + count);
      if (count == 0 && System.nanoTime() - start > SPIN_NANOS) {
        await(SelectionKey.OP_READ);
      }
    }
  }

  private static ByteBuffer piece(ByteBuffer bytes) {
    return bytes.slice(bytes.position(), Math.min(PIECE, bytes.remaining()));
  }

  private void await(int operation) throws IOException {
    stopIfKilled.run();
    key.interestOps(operation);
    selector.select(POLL_MILLIS);
    selector.selectedKeys().clear();
  }

  @Override
  public void close() {
    Closing.quietly(selector, socket);
  }
}
