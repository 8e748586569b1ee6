package dev.gradpoet.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
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

  /** How many connections may stay silent: what is not from a task is closed with the others when all tasks have come. */
  private static final int SILENT = 1024;

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
    Channel[] others = new Channel[1];
    try (Leader leader = new Leader(segment, start.value(), share)) {
      if (context.getTaskInfos().length > 1) {
        Greeting own = greeting(context, leader.resultBytes(), leader.parameterBytes());
        others = accept(context, own);
      }
      return leader.train(context::killTaskIfInterrupted, others);
    } finally {
      Closing.quietly(others);
    }
  }

  private Greeting greeting(BarrierTaskContext context, int resultBytes, int parameterBytes) {
    return new Greeting(
        segment.token(),
        context.stageAttemptNumber(),
        context.partitionId(),
        resultBytes,
        parameterBytes);
  }

  /** The host by which other executors reach this one, as for a shuffle. The address of a task, which Spark tells, is the one that the driver sees. */
  static String host() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  /** Listens on the address of the executor alone, and tells it to the tasks through Spark. */
  private static Channel[] accept(BarrierTaskContext context, Greeting own) throws IOException {
    int tasks = context.getTaskInfos().length;
    String host = host();
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getByName(host), 0), 4 * tasks);
      server.configureBlocking(false);
      try (Reception reception =
          new Reception(server, own, tasks, SILENT, context::killTaskIfInterrupted)) {
        context.allGather(host + " " + server.socket().getLocalPort());
        return reception.receive(MEETING_MILLIS);
      }
    }
  }

  private List<Checkpoint> follow(BarrierTaskContext context, Share share) throws IOException {
    try (Follower follower = new Follower(segment, start.value(), share)) {
      String[] place = context.allGather("")[0].split(" ");
      try (Channel channel = connect(context, place[0], Integer.parseInt(place[1]))) {
        Greeting greeting = greeting(context, follower.resultBytes(), follower.parameterBytes());
        channel.write(ByteBuffer.wrap(greeting.bytes()));
        follower.train(channel);
      }
    }
    return new ArrayList<>();
  }

  private static Channel connect(BarrierTaskContext context, String host, int port)
      throws IOException {
    SocketChannel socket = SocketChannel.open();
    try {
      socket.socket().connect(new InetSocketAddress(host, port), MEETING_MILLIS);
      return Channel.of(socket, context::killTaskIfInterrupted);
    } catch (IOException e) {
      Closing.quietly(socket);
      throw e;
    }
  }
}
