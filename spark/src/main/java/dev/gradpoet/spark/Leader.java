package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Trainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The task that adds the gradients of all shards, in their order, and updates the parameters. */
final class Leader implements AutoCloseable {

  private final Segment segment;
  private final ShardPlan plan;
  private final Share share;
  private final Model model;
  private final ShardPass pass;
  private final Trainer updates;
  private final FlatTensors parameters;
  private final FlatTensors gradients;
  private final RunningStatistics statistics;
  private final double[] sums;
  private final ByteBuffer result;
  private final double[] losses;

  Leader(Segment segment, Checkpoint start, Share share) {
    this.segment = segment;
    this.share = share;
    TrainingJob job = segment.job();
    plan = job.plan();
    Generator generator = new Generator();
    model = job.network(generator);
    start.restoreNetwork(model);
    updates = job.updates(model);
    start.restoreOptimizer(updates);
    pass = new ShardPass(job, model, generator);
    parameters = new FlatTensors(job.form().dtype(), model.parameters().values());
    gradients = ShardPass.gradients(job, model, updates);
    statistics = new RunningStatistics(model);
    sums = new double[parameters.size()];
    result = ByteBuffer.allocate(pass.bytes());
    losses = new double[segment.end() - segment.first()];
  }

  int resultBytes() {
    return pass.bytes();
  }

  int parameterBytes() {
    return parameters.bytes();
  }

  /**
   * Trains the epochs of the segment.
   *
   * @param others the connections to the other tasks by rank; the first is null
   */
  Checkpoint train(Channel... others) throws IOException {
    byte[] sent = new byte[parameters.bytes()];
    for (int epoch = segment.first(); epoch < segment.end(); epoch++) {
      for (Shard shard : share.shards()) {
        if (shard != null) {
          pass.startEpoch(epoch, shard);
        }
      }
      double loss = 0;
      double scales = 0;
      for (int step = 0; step < plan.steps(); step++) {
        Sum sum = add(epoch, step, others);
        update(sum);
        loss += sum.loss;
        scales += segment.job().scale().mean() ? sum.scale : 0;
        if (others.length > 1) {
          parameters.get(ByteBuffer.wrap(sent));
        }
        for (int rank = 1; rank < others.length; rank++) {
          others[rank].write(sent);
        }
      }
      losses[epoch - segment.first()] = segment.job().scale().mean() ? loss / scales : loss;
    }
    statistics.restore();
    return Checkpoint.of(model, updates, losses);
  }

  /** The losses and scales of the shards of a step. */
  private static final class Sum {
    private double loss;
    private double scale;
  }

  /** Adds the results of all shards in their order. */
  private Sum add(int epoch, int step, Channel... others) throws IOException {
    Arrays.fill(sums, 0);
    Sum sum = new Sum();
    for (int shard = 0; shard < plan.shards(); shard++) {
      if (plan.rowsOf(step, shard) == 0) {
        continue;
      }
      result.clear();
      int owner = ShardPlan.owner(shard, plan.shards(), others.length);
      if (owner == 0) {
        pass.run(epoch, step, share.shards()[shard], result);
        result.flip();
      } else {
        others[owner].read(result.array());
      }
      double loss = result.getDouble();
      double scale = result.getDouble();
      if (scale > 0) {
        sum.loss += scale * loss;
        sum.scale += scale;
        gradients.add(scale, result, sums);
      } else {
        // all rows are of an ignored class, and the gradient of their mean is 0 / 0
        result.position(ShardPass.HEADER + gradients.bytes());
      }
      statistics.add(result);
    }
    return sum;
  }

  private void update(Sum sum) {
    if (sum.scale == 0) {
      return;
    }
    if (segment.job().scale().mean()) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] /= sum.scale;
      }
    }
    updates.zeroGrad();
    gradients.set(sums);
    updates.update();
  }

  @Override
  public void close() {
    pass.close();
    updates.close();
  }
}
