package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A task that computes the gradients of its shards, sends them to the {@link Leader}, and receives the updated parameters. */
final class Follower implements AutoCloseable {

  private final Segment segment;
  private final Share share;
  private final ShardPass pass;
  private final FlatTensors parameters;

  Follower(Segment segment, Checkpoint start, Share share) {
    this.segment = segment;
    this.share = share;
    Generator generator = new Generator();
    Model model = segment.job().network(generator);
    start.restoreNetwork(model);
    pass = new ShardPass(segment.job(), model, generator);
    parameters =
        new FlatTensors(segment.job().form().dtype(), model.parameters().values());
  }

  int resultBytes() {
    return pass.bytes();
  }

  int parameterBytes() {
    return parameters.bytes();
  }

  void train(Channel leader) throws IOException {
    ShardPlan plan = segment.job().plan();
    ByteBuffer result = Messages.allocate(pass.bytes());
    ByteBuffer received = Messages.allocate(parameters.bytes());
    for (int epoch = segment.first(); epoch < segment.end(); epoch++) {
      for (Shard shard : share.shards()) {
        if (shard != null) {
          pass.startEpoch(epoch, shard);
        }
      }
      for (int step = 0; step < plan.steps(); step++) {
        for (Shard shard : share.shards()) {
          if (shard != null && plan.rowsOf(step, shard.number()) > 0) {
            result.clear();
            pass.run(epoch, step, shard, result);
            leader.write(result.flip());
          }
        }
        leader.read(received.clear());
        parameters.set(received.flip());
      }
    }
  }

  @Override
  public void close() {
    pass.close();
  }
}
