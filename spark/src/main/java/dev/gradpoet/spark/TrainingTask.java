package dev.gradpoet.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** A task of a barrier stage: the one of rank 0 is the {@link Leader} and returns the next checkpoint, the others follow it. */
final class TrainingTask extends AbstractFunction1<Iterator<Share>, Iterator<Checkpoint>>
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** How long the tasks have to find each other. */
  private static final int MEETING_MILLIS = 120_000;

  /** How long a connection has to prove that it comes from a task. */
  private static final int GREETING_MILLIS = 5_000;

  private static final int POLL_MILLIS = 500;

  private final Segment segment;
  private final Broadcast<Checkpoint> start;

  TrainingTask(Segment segment, Broadcast<Checkpoint> start) {
    this.segment = segment;
    this.start = start;
  }

  @Override
  public Iterator<Checkpoint> apply(Iterator<Share> shares) {
    BarrierTaskContext context = BarrierTaskContext.get();
    Share share = shares.next();
    try {
      List<Checkpoint> result =
          context.partitionId() == 0 ? List.of(lead(context, share)) : follow(context, share);
      return CollectionConverters.asScala(result.iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "task " + context.partitionId() + " has lost its connection: " + e.getMessage(), e);
    }
  }

  private Checkpoint lead(BarrierTaskContext context, Share share) throws IOException {
    int tasks = context.getTaskInfos().length;
    Channel[] others = new Channel[tasks];
    try (Leader leader = new Leader(segment, start.value(), share)) {
      if (tasks > 1) {
        accept(context, leader, others);
      }
      return leader.train(others);
    } finally {
      for (Channel channel : others) {
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** Listens on the address of the executor alone, and tells it to the tasks through Spark. */
  private void accept(BarrierTaskContext context, Leader leader, Channel... others)
      throws IOException {
    String address = context.getTaskInfos()[0].address();
    String host = address.substring(0, address.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(InetAddress.getByName(host), 0), 4 * others.length);
      server.setSoTimeout(POLL_MILLIS);
      context.allGather(host + " " + server.getLocalPort());
      long end = System.nanoTime() + MEETING_MILLIS * 1_000_000L;
      int missing = others.length - 1;
      while (missing > 0) {
        context.killTaskIfInterrupted();
        if (System.nanoTime() - end > 0) {
          throw new IOException(
              missing + " of " + (others.length - 1) + " tasks did not connect to " + host + " in "
                  + MEETING_MILLIS / 1000 + " s: is the network between the executors blocked?");
        }
        try {
          missing -= greet(context, leader, server.accept(), others) ? 1 : 0;
        } catch (SocketTimeoutException e) {
          // looks whether the task has been ended, and waits again
        }
      }
    }
  }

  /** Whether a new connection comes from another task of the segment; it is closed if it doesn't. */
  private boolean greet(BarrierTaskContext context, Leader leader, Socket socket, Channel... others)
      throws IOException {
    Channel channel = new Channel(socket, context::killTaskIfInterrupted);
    byte[] bytes = new byte[Greeting.BYTES];
    try {
      channel.read(bytes, GREETING_MILLIS);
    } catch (IOException e) {
      channel.close();
      return false;
    }
    Greeting greeting = Greeting.of(bytes);
    int rank = greeting.rank();
    if (!greeting.isFrom(segment.token(), context.stageAttemptNumber())
        || rank < 1
        || rank >= others.length
        || others[rank] != null) {
      channel.close();
      return false;
    }
    others[rank] = channel;
    greeting.requireLengths(leader.resultBytes(), leader.parameterBytes());
    return true;
  }

  private List<Checkpoint> follow(BarrierTaskContext context, Share share) throws IOException {
    try (Follower follower = new Follower(segment, start.value(), share)) {
      String[] place = context.allGather("")[0].split(" ");
      Socket socket = new Socket();
      try (Channel channel = new Channel(socket, context::killTaskIfInterrupted)) {
        socket.connect(new InetSocketAddress(place[0], Integer.parseInt(place[1])), MEETING_MILLIS);
        Greeting greeting = new Greeting(
            segment.token(),
            context.stageAttemptNumber(),
            context.partitionId(),
            follower.resultBytes(),
            follower.parameterBytes());
        channel.write(greeting.bytes());
        follower.train(channel);
      }
    }
    return new ArrayList<>();
  }
}
