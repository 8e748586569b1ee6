package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.Op;
import java.util.List;

/**
 * The buffers of a batch norm.
 *
 * @param mean the running mean, one value a feature
 * @param variance the running variance, unbiased
 * @param batches how many batches it was trained on
 */
public record RunningStatistics(Statistic mean, Statistic variance, Statistic batches) {

  public static RunningStatistics of(Op.BatchNorm op) {
    String layer = op.output().layer();
    int size = op.normalized().size();
    return new RunningStatistics(
        new Statistic(layer, "running_mean", Statistic.Kind.ZEROS, size),
        new Statistic(layer, "running_var", Statistic.Kind.ONES, size),
        new Statistic(layer, "num_batches_tracked", Statistic.Kind.COUNT, 1));
  }

  /** All of them, in PyTorch's order. */
  public List<Statistic> all() {
    return List.of(mean, variance, batches);
  }
}
