package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the task that adds gradients meets the others, and what keeps strangers out. */
class ReceptionTest {

  private static final Greeting OWN = greeting(7, 2, 0, 100);
  private static final Runnable ALIVE = () -> {};

  private final List<SocketChannel> clients = new ArrayList<>();
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    server.configureBlocking(false);
  }

  @AfterEach
  void close() {
    clients.forEach(Closing::quietly);
    Closing.quietly(server);
  }

  private static Greeting greeting(int token, int attempt, int rank, int resultBytes) {
    byte[] bytes = new byte[Greeting.TOKEN];
    Arrays.fill(bytes, (byte) token);
    return new Greeting(bytes, attempt, rank, resultBytes, 50);
  }

  private SocketChannel call(byte... bytes) throws IOException {
    SocketChannel client = SocketChannel.open(server.getLocalAddress());
    clients.add(client);
    client.write(ByteBuffer.wrap(bytes));
    return client;
  }

  private SocketChannel call(Greeting greeting) throws IOException {
    return call(greeting.bytes());
  }

  private static boolean isClosed(SocketChannel client) throws IOException {
    return client.read(ByteBuffer.allocate(1)) < 0;
  }

  @Test
  void tasksAreHeardBehindAnyNumberOfSilentAndStrangeConnections() throws IOException {
    List<SocketChannel> strangers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      strangers.add(call());
      strangers.add(call((byte) 7, (byte) 7));
    }
    strangers.add(call(greeting(6, 2, 1, 100)));
    strangers.add(call(greeting(7, 1, 1, 100)));
    strangers.add(call(greeting(7, 2, 0, 100)));
    strangers.add(call(greeting(7, 2, 3, 100)));
    strangers.add(call(greeting(7, 2, -1, 100)));
    call().close();
    call((byte) 7).close();
    SocketChannel second = call(greeting(7, 2, 2, 100));
    SocketChannel first = call(greeting(7, 2, 1, 100));
    first.write(ByteBuffer.wrap(new byte[] {42}));
    strangers.add(call(greeting(7, 2, 2, 100)));

    Channel[] others;
    try (Reception reception = new Reception(server, OWN, 3, 1000, ALIVE)) {
      others = reception.receive(60_000);
    }

    for (SocketChannel stranger : strangers.subList(0, strangers.size() - 1)) {
      assertThat(isClosed(stranger)).isTrue();
    }
    ByteBuffer behind = ByteBuffer.allocate(1);
    others[1].read(behind);
    assertThat(behind.get(0)).isEqualTo((byte) 42);
    others[2].write(ByteBuffer.wrap(new byte[] {43}));
    ByteBuffer answer = ByteBuffer.allocate(1);
    second.read(answer);
    assertThat(answer.get(0)).isEqualTo((byte) 43);
    assertThat(others[0]).isNull();
    Closing.quietly(others);
  }

  @Test
  void theConnectionThatHasBeenSilentForTheLongestTimeMakesRoom() throws IOException {
    List<SocketChannel> silent = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      silent.add(call());
    }
    call(greeting(7, 2, 1, 100));
    try (Reception reception = new Reception(server, OWN, 2, 4, ALIVE)) {
      Channel[] others = reception.receive(60_000);
      for (SocketChannel oldest : silent.subList(0, 5)) {
        assertThat(isClosed(oldest)).isTrue();
      }
      Closing.quietly(others);
    }
  }

  @Test
  void aTaskThatDoesNotComeIsMissed() throws IOException {
    SocketChannel first = call(greeting(7, 2, 1, 100));
    try (Reception reception = new Reception(server, OWN, 3, 1000, ALIVE)) {
      assertThatThrownBy(() -> reception.receive(200))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(
              "1 of 2 tasks did not connect to /127.0.0.1:",
              "in 0.2 s: is the network between the executors blocked?");
    }
    assertThat(isClosed(first)).isTrue();
  }

  @Test
  void anotherVersionOfTheNetworkIsAnError() throws IOException {
    SocketChannel first = call(greeting(7, 2, 1, 101));
    try (Reception reception = new Reception(server, OWN, 3, 1000, ALIVE)) {
      assertThatThrownBy(() -> reception.receive(60_000))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "task 1 sends results of 101 bytes for 50 of parameters, expected 100 and 50: the executors have different versions of the network on their class paths");
    }
    assertThat(isClosed(first)).isTrue();
  }

  @Test
  void aTaskThatIsEndedWaitsNoLonger() throws IOException {
    try (Reception reception = new Reception(server, OWN, 3, 1000, () -> {
      throw new IllegalStateException("ended");
    })) {
      assertThatThrownBy(() -> reception.receive(60_000)).hasMessage("ended");
    }
  }

  /** A write that blocked would hang this test: nobody reads. */
  @Test
  void aTaskThatIsEndedWritesNoLonger() throws IOException {
    int[] calls = new int[1];
    Runnable endsSoon = () -> {
      if (++calls[0] > 1) {
        throw new IllegalStateException("ended");
      }
    };
    call(greeting(7, 2, 1, 100));
    try (Reception reception = new Reception(server, OWN, 2, 1000, ALIVE)) {
      Closing.quietly(reception.receive(60_000));
    }
    SocketChannel silent = SocketChannel.open(server.getLocalAddress());
    try (Channel channel = Channel.of(silent, endsSoon)) {
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1 << 27))).hasMessage("ended");
    }
    assertThat(silent.isOpen()).isFalse();
  }

  @Test
  void longMessagesArriveWhole() throws Exception {
    byte[] sent = new byte[3_000_001];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31 >> 3);
    }
    SocketChannel client = call(greeting(7, 2, 1, 100));
    try (Reception reception = new Reception(server, OWN, 2, 1000, ALIVE)) {
      Channel there = Channel.of(client, ALIVE);
      try (Channel here = reception.receive(60_000)[1]) {
        Thread writer = new Thread(() -> {
          try {
            there.write(ByteBuffer.wrap(sent));
          } catch (IOException e) {
            Closing.quietly(there);
          }
        });
        writer.start();
        ByteBuffer received = ByteBuffer.allocate(sent.length);
        here.read(received);
        writer.join();
        assertThat(received.array()).isEqualTo(sent);
        Closing.quietly(there);
        assertThatThrownBy(() -> here.read(ByteBuffer.allocate(1)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("has ended");
      }
    }
  }
}
