package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The forward and backward pass of one shard in one step, with the scratch memory of a task. */
final class ShardPass implements AutoCloseable {

  /** Of a result, before the gradients: the loss and its scale. */
  static final int HEADER = 2 * Double.BYTES;

  private final TrainingJob job;
  private final Generator generator;
  private final Trainer trainer;
  private final FlatTensors gradients;
  private final RunningStatistics statistics;
  private final Features batch;
  private final int[][] orders;

  /**
   * A pass with a network whose parameters others update.
   *
   * @param generator that of the network
   */
  ShardPass(TrainingJob job, Model model, Generator generator) {
    this.job = job;
    this.generator = generator;
    int capacity = job.plan().capacity();
    // the optimizer is never used
    this.trainer = model.trainer(Sgd.of(0), capacity);
    this.gradients = gradients(job, model, trainer);
    this.statistics = new RunningStatistics(model);
    this.batch = Features.of(job.form().dtype(), capacity, job.form().inputs());
    this.orders = new int[job.plan().shards()][];
  }

  /** The gradients of a trainer in the order of the parameters. */
  static FlatTensors gradients(TrainingJob job, Model model, Trainer trainer) {
    List<String> names = new ArrayList<>(model.parameters().keySet());
    return new FlatTensors(
        job.form().dtype(), names.stream().map(trainer::gradient).toList());
  }

  /** The number of bytes of a result: loss, scale, gradients, statistics. */
  int bytes() {
    return HEADER + gradients.bytes() + statistics.bytes();
  }

  /** Shuffles the rows of a shard for an epoch. */
  void startEpoch(int epoch, Shard shard) {
    orders[shard.number()] = Seeds.order(job.seed(), epoch, shard.number(), shard.rows());
  }

  /** Computes the gradient of the rows of a shard in a step, and writes the result at the position of a buffer. */
  void run(int epoch, int step, Shard shard, ByteBuffer result) {
    int number = shard.number();
    int from = job.plan().from(step, number);
    int rows = job.plan().rowsOf(step, number);
    double[] labels = new double[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = shard.labels()[orders[number][from + i]];
    }
    batch.gather(shard.features(), orders[number], from, rows);
    Seeds.masks(generator, job.seed(), epoch, step, number);
    statistics.clear();
    trainer.zeroGrad();
    batch.forward(trainer, rows);
    Tensor targets = job.form().target().tensor(labels, job.form().dtype());
    result.putDouble(trainer.loss(targets));
    // PyTorch's divisor: rows, or the weights of their classes; 1 of a sum
    result.putDouble(trainer.lossDivisor(targets));
    trainer.backward();
    gradients.get(result);
    statistics.get(result);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
