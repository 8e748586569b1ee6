package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Trainer;
import dev.gradpoet.spark.StepTimes.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task that adds the gradients of all shards, in their order, and updates the parameters. */
final class Leader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leader.class);

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
  private final boolean mean;

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
    result = Messages.allocate(pass.bytes());
    mean = job.form().mean();
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
   * @param stopIfKilled throws if the task has been ended
   * @param others the connections to the other tasks by rank; the first is null
   */
  Checkpoint train(Runnable stopIfKilled, Channel... others) throws IOException {
    ByteBuffer sent = Messages.allocate(parameters.bytes());
    StepTimes times = new StepTimes();
    for (int epoch = segment.first(); epoch < segment.end(); epoch++) {
      for (Shard shard : share.shards()) {
        if (shard != null) {
          pass.startEpoch(epoch, shard);
        }
      }
      double loss = 0;
      double scales = 0;
      for (int step = 0; step < plan.steps(); step++) {
        stopIfKilled.run();
        Sum sum = add(epoch, step, times, others);
        update(sum);
        times.end(Part.UPDATE);
        loss += sum.loss;
        scales += sum.scale;
        send(sent, others);
        times.end(Part.SENDING);
      }
      losses[epoch - segment.first()] = mean ? loss / scales : loss;
    }
    LOG.info(
        "epochs {} to {} with {} task(s): {}",
        segment.first(),
        segment.end() - 1,
        others.length,
        times.text((long) losses.length * plan.steps()));
    statistics.restore();
    return Checkpoint.of(model, updates, losses);
  }

  /** The losses and scales of the shards of a step. */
  private static final class Sum {
    private double loss;
    private double scale;
  }

  /** Adds the results of all shards in their order. */
  private Sum add(int epoch, int step, StepTimes times, Channel... others) throws IOException {
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
        times.end(Part.GRADIENTS);
      } else {
        others[owner].read(result);
        times.end(Part.WAITING);
      }
      add(result.flip(), sum);
      times.end(Part.UPDATE);
    }
    return sum;
  }

  /** Adds the result of a shard. */
  private void add(ByteBuffer shard, Sum sum) {
    double loss = shard.getDouble();
    double scale = shard.getDouble();
    if (scale > 0) {
      sum.loss += scale * loss;
      sum.scale += scale;
      gradients.add(scale, shard, sums);
    } else {
      // all rows are of classes that count nothing, and the gradient of their mean is 0 / 0
      shard.position(ShardPass.HEADER + gradients.bytes());
    }
    statistics.add(shard);
  }

  private void update(Sum sum) {
    if (sum.scale == 0) {
      return;
    }
    // the sums may all be zero, and count as the zeros of a backward
    updates.zeroGrad(false);
    gradients.set(mean ? sum.scale : 1, sums);
    updates.update();
  }

  private void send(ByteBuffer message, Channel... others) throws IOException {
    if (others.length > 1) {
      parameters.get(message.clear());
    }
    for (int rank = 1; rank < others.length; rank++) {
      others[rank].write(message.rewind());
    }
  }

  @Override
  public void close() {
    pass.close();
    updates.close();
  }
}
