package dev.gradpoet.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/**
 * The rows of the shards of one task.
 *
 * @param shards by number; null where another task has the shard
 */
record Share(Shard[] shards) implements Serializable {

  /** The shards of each of several tasks. */
  static final class ByTask extends Partitioner {

    private static final long serialVersionUID = 1;

    private final int shards;
    private final int tasks;

    ByTask(int shards, int tasks) {
      this.shards = shards;
      this.tasks = tasks;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object shard) {
      return ShardPlan.owner((Integer) shard, shards, tasks);
    }
  }

  /** Puts pieces of shards together, in whatever order they arrive. */
  static final class Assembly implements FlatMapFunction<Iterator<Tuple2<Integer, Shard>>, Share> {

    private static final long serialVersionUID = 1;

    private final NetworkForm form;
    private final ShardPlan plan;

    Assembly(NetworkForm form, ShardPlan plan) {
      this.form = form;
      this.plan = plan;
    }

    @Override
    public Iterator<Share> call(Iterator<Tuple2<Integer, Shard>> pieces) {
      Shard[] shards = new Shard[plan.shards()];
      int[] found = new int[plan.shards()];
      while (pieces.hasNext()) {
        Shard piece = pieces.next()._2();
        int number = piece.number();
        if (shards[number] == null) {
          int rows = plan.rowsOf(number);
          shards[number] = new Shard(
              number, 0, rows, Features.of(form.dtype(), rows, form.inputs()), new double[rows]);
        }
        shards[number].features().copy(piece.first(), piece.features(), piece.rows());
        System.arraycopy(piece.labels(), 0, shards[number].labels(), piece.first(), piece.rows());
        found[number] += piece.rows();
      }
      for (Shard shard : shards) {
        if (shard != null && found[shard.number()] != shard.rows()) {
          throw new IllegalStateException("shard " + shard.number() + " has "
              + found[shard.number()] + " rows, expected " + shard.rows());
        }
      }
      return List.of(new Share(shards)).iterator();
    }
  }
}
