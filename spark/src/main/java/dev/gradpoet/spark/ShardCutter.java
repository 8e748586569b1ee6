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

  private final NetworkForm form;
  private final ShardPlan plan;
  private final long[] offsets;

  ShardCutter(NetworkForm form, ShardPlan plan, long[] offsets) {
    this.form = form;
    this.plan = plan;
    this.offsets = offsets;
  }

  @Override
  public Iterator<Tuple2<Integer, Shard>> call(Integer partition, Iterator<Row> rows) {
    return new Pieces(rows, partition);
  }

  /** The pieces of a partition, each given away when it is full, and the rest at the end. */
  private final class Pieces implements Iterator<Tuple2<Integer, Shard>> {

    private final int capacity = Math.max(1, Math.min(VALUES / form.inputs(), plan.batchSize()));
    private final Iterator<Row> source;
    private final int partition;
    private final Shard[] open = new Shard[plan.shards()];
    private final Deque<Shard> full = new ArrayDeque<>();
    private long position;
    private boolean ended;

    Pieces(Iterator<Row> source, int partition) {
      this.source = source;
      this.partition = partition;
      this.position = offsets[partition];
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
      if (position >= offsets[partition + 1]) {
        throw changed();
      }
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
      if (position != offsets[partition + 1]) {
        throw changed();
      }
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

    private IllegalStateException changed() {
      return new IllegalStateException(
          "partition " + partition + " of the training data had "
              + (offsets[partition + 1] - offsets[partition])
              + " rows when they were counted, and has another number now: its rows depend on when they are computed. Save or checkpoint the DataFrame before fit");
    }
  }
}
