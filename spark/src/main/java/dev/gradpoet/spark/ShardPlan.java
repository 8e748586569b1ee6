package dev.gradpoet.spark;

import dev.gradpoet.runtime.memory.Heap;
import java.io.Serializable;

/**
 * Which rows are in which shard of which step, by the number of rows alone. Row p of a data set of n belongs to shard {@code p % shards}, where it has
 * the index {@code p / shards}, and to step {@code p / batchSize} of an epoch; within a shard the rows are then shuffled anew for each epoch. The last step has
 * the rows that are left over; where a batch norm needs two rows a shard and there are fewer, they are part of the step before.
 *
 * @param rows the number of rows, at least 1
 * @param shards the number of shards, from 1 to the batch size
 * @param batchSize the number of rows of a step
 * @param least the least number of rows of a shard that is not empty: 2 with a batch norm, otherwise 1
 */
record ShardPlan(long rows, int shards, int batchSize, int least) implements Serializable {

  /** Checks that the rows fit the params. */
  ShardPlan {
    requireBatch(shards, batchSize, least);
    if (least == 2 && rows < 2L * shards) {
      throw new IllegalArgumentException("there are " + rows + " rows, expected at least "
          + 2L * shards + ": a batch norm needs 2 rows in each of the " + shards
          + " shards; lower numShards or add rows");
    }
  }

  /**
   * Checks that a step has rows for each of its shards.
   *
   * @throws IllegalArgumentException if it has not
   */
  static void requireBatch(int shards, int batchSize, int least) {
    if (batchSize < (long) least * shards) {
      throw new IllegalArgumentException("batchSize is " + batchSize + ", expected at least "
          + (long) least * shards + ": a step gives each of its " + shards
          + " shards (numShards) at least "
          + (least == 1 ? "1 row" : "2 rows, which a batch norm needs"));
    }
  }

  /**
   * Checks that the features of each shard fit an array. Then the steps of an epoch fit an int, too: there are no more than rows in a shard.
   *
   * @param inputs the values of a row
   * @throws IllegalArgumentException if they do not
   */
  void requireRoom(int inputs) {
    long largest = (rows + shards - 1) / shards;
    if (largest > Heap.LONGEST / inputs) {
      long needed = (rows - 1) / (Heap.LONGEST / inputs) + 1;
      throw new IllegalArgumentException("a shard has " + largest + " rows of " + inputs
          + " values, expected at most " + Heap.LONGEST
          + " values, because a shard is one array: raise numShards from " + shards
          + " to at least "
          + needed);
    }
  }

  /** The number of steps of an epoch. */
  int steps() {
    long full = rows / batchSize;
    long rest = rows % batchSize;
    boolean joined = rest == 0 || full > 0 && least == 2 && rest < 2L * shards;
    return Math.toIntExact(joined ? full : full + 1);
  }

  /** The number of rows of a shard. */
  int rowsOf(int shard) {
    return index(rows, shard);
  }

  /** The first place of a step in the order of a shard. */
  int from(int step, int shard) {
    return index((long) step * batchSize, shard);
  }

  /** The place after the last of a step in the order of a shard. */
  int to(int step, int shard) {
    return from(step, shard) + rowsOf(step, shard);
  }

  /** The number of rows of a shard in a step; may be 0 in the last step. */
  int rowsOf(int step, int shard) {
    long end = step == steps() - 1 ? rows : (step + 1L) * batchSize;
    return index(end, shard) - from(step, shard);
  }

  /** The most rows of a shard in any step. */
  int capacity() {
    long most = Math.max(Math.min(rows, batchSize), rows - (steps() - 1L) * batchSize);
    return (int) ((most + shards - 1) / shards);
  }

  /** How many of the first rows are in a shard. */
  private int index(long rows, int shard) {
    return (int) ((rows - shard + shards - 1) / shards);
  }

  /** The task, one of several, that holds a shard: the shards are dealt out in runs. */
  static int owner(int shard, int shards, int tasks) {
    return (int) ((long) shard * tasks / shards);
  }
}
