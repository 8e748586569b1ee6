package dev.gradpoet.spark;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Cuts the rows of each partition into pieces of shards, keyed by the number of the shard. */
final class ShardCutter
    implements Function2<Integer, Iterator<Row>, Iterator<Tuple2<Integer, Shard>>> {

  private static final long serialVersionUID = 1;

  /** The most values of features in a piece. */
  private static final int VALUES = 1 << 16;

  /** The most values of features in all pieces that a partition fills at once, unless its shards are more than this allows one row of. */
  private static final int OPEN_VALUES = 1 << 22;

  private final NetworkForm form;
  private final ShardPlan plan;
  private final Partitions partitions;

  ShardCutter(NetworkForm form, ShardPlan plan, Partitions partitions) {
    this.form = form;
    this.plan = plan;
    this.partitions = partitions;
  }

  @Override
  public Iterator<Tuple2<Integer, Shard>> call(Integer partition, Iterator<Row> rows) {
    return new Pieces(rows, partition);
  }

  /** The rows of a piece: no more than a shard has in the partition. */
  int capacity(int partition) {
    long mine = (partitions.rows(partition) + plan.shards() - 1) / plan.shards();
    long most = Math.min(VALUES, OPEN_VALUES / plan.shards()) / form.inputs();
    return (int) Math.max(1, Math.min(mine, most));
  }

  /** The pieces of a partition, each given away when it is full, and the rest at the end. */
  private final class Pieces implements Iterator<Tuple2<Integer, Shard>> {

    private final Iterator<Row> source;
    private final int partition;
    private final int capacity;
    private final long first;
    private final RowHash hash = new RowHash();
    private final Shard[] open = new Shard[plan.shards()];
    private final Deque<Shard> full = new ArrayDeque<>();
    private long position;
    private boolean ended;

    Pieces(Iterator<Row> source, int partition) {
      this.source = source;
      this.partition = partition;
      this.capacity = capacity(partition);
      this.first = partitions.first(partition);
      this.position = first;
    }

    @Override
    public boolean hasNext() {
      while (full.isEmpty() && source.hasNext()) {
        add(source.next());
      }
      if (full.isEmpty() && !ended) {
        end();
      }
      return !full.isEmpty();
    }

    @Override
    public Tuple2<Integer, Shard> next() {
      Shard piece = full.remove();
      return new Tuple2<>(piece.number(), piece);
    }

    private void add(Row row) {
      if (position - first >= partitions.rows(partition)) {
        partitions.requireSame(partition, position - first + 1, hash);
      }
      hash.add(row);
      int shard = (int) (position % plan.shards());
      Shard piece = open[shard];
      if (piece == null) {
        piece = new Shard(
            shard,
            (int) (position / plan.shards()),
            0,
            Features.of(form.dtype(), capacity, form.inputs()),
            new double[capacity]);
      }
      piece.features().set(piece.rows(), (Vector) row.get(0));
      piece.labels()[piece.rows()] = row.getDouble(1);
      piece = new Shard(shard, piece.first(), piece.rows() + 1, piece.features(), piece.labels());
      open[shard] = piece.rows() < capacity ? piece : null;
      if (piece.rows() == capacity) {
        full.add(piece);
      }
      position++;
    }

    private void end() {
      ended = true;
      partitions.requireSame(partition, position - first, hash);
      for (Shard piece : open) {
        if (piece != null) {
          full.add(trimmed(piece));
        }
      }
    }

    private Shard trimmed(Shard piece) {
      Features features = Features.of(form.dtype(), piece.rows(), form.inputs());
      features.copy(0, piece.features(), piece.rows());
      double[] labels = Arrays.copyOf(piece.labels(), piece.rows());
      return new Shard(piece.number(), piece.first(), piece.rows(), features, labels);
    }
  }
}
