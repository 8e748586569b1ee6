package dev.gradpoet.spark;

import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A classifier of spark.ml that trains a generated network on a cluster.
 *
 * <pre>{@code
 * GradpoetClassifier digits = new GradpoetClassifier()
 *     .setNetwork(DigitsNetwork.class)
 *     .setOptimizer(AdamW.of(1e-3))
 *     .setMaxIter(20);
 * PipelineModel model = new Pipeline().setStages(new PipelineStage[] {assembler, digits}).fit(train);
 * Dataset<Row> scored = model.transform(test);          // rawPrediction, probability, prediction
 * }</pre>
 *
 * <p>The network has one input of numbers, as many as a vector of features has values, and the loss {@code CROSS_ENTROPY} or {@code NLL} with an output for each class, or {@code
 * BCE_WITH_LOGITS} or {@code BCE} with one output. Labels are classes from 0.
 *
 * <p><b>Training</b> is synchronous: in each step the shards of a batch, {@link #numShards} of them, compute their gradients in the tasks of a barrier stage, one task for each slot of the
 * cluster up to the number of shards; the first task adds them in the order of the shards, each weighted by its rows (or their class weights), and updates the parameters. Row i of the DataFrame belongs
 * to shard {@code i % numShards}; in each epoch the rows of a shard are in another random order. Dropout draws from a generator for each epoch, step and shard, and a batch norm normalizes within a shard and takes its
 * statistics in the order of the shards. So the bits of the model depend on the params and on the rows in the order of the DataFrame's partitions, and on neither the number of executors nor on which of them is
 * lost. They do depend on the order of the rows, which Spark rarely guarantees. The row order of a DataFrame read from several files depends on the number of cores, because Spark uses it to decide where to split the files; after a
 * {@code repartition} or a join, the order can differ on each run. For the same bits from any cluster, sort the DataFrame by a unique key. If Spark loses rows and computes others in their place, {@code fit} fails and names the partition.
 *
 * <p>Barrier stages do not work with {@code spark.dynamicAllocation.enabled}, which {@code fit} refuses unless the master is local.
 *
 * <p>The rows are held in memory as arrays, shared out among the tasks. Their connections bind to the addresses that the executors use for shuffles, begin with a random token that Spark hands out, and are not encrypted.
 */
public final class GradpoetClassifier
    extends ProbabilisticClassifier<Vector, GradpoetClassifier, GradpoetClassificationModel>
    implements TrainingParams<GradpoetClassifier>,
        NetworkParams,
        DefaultParamsWritable,
        MLWritable {

  // two of the interfaces are superinterfaces of the others, too: Py4J, and so PySpark, finds no
  // default method that is further away

  private static final long serialVersionUID = 1;

  private final String uid;

  /** A classifier with a random uid. */
  public GradpoetClassifier() {
    this(Identifiable$.MODULE$.randomUID("gradpoetClassifier"));
  }

  /**
   * A classifier with a uid.
   *
   * @param uid the name of this stage
   */
  public GradpoetClassifier(String uid) {
    this(StageUid.pending(uid));
  }

  private GradpoetClassifier(StageUid pending) {
    uid = pending.take();
    Estimation.setDefaults(this);
  }

  @Override
  public String uid() {
    return StageUid.or(uid);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    NetworkForm form = form();
    Estimation.require(this, form, schema);
    Classes.requireThresholds(this, form.classes());
    return super.transformSchema(schema);
  }

  /**
   * Trains the network.
   *
   * @throws IllegalArgumentException if the network, a param or a row does not fit
   * @throws IllegalStateException if the job was cancelled, the thread was interrupted, rows that were computed again are not the same, or too many tasks were lost
   */
  @Override
  public GradpoetClassificationModel train(Dataset<?> dataset) {
    SparkTraining.Result result = Estimation.run(this, form(), dataset);
    return new GradpoetClassificationModel(
        Identifiable$.MODULE$.randomUID("gradpoetClassifier"),
        TrainedNetwork.ofClassifier(result.model(), result.losses()));
  }

  private NetworkForm form() {
    return NetworkForm.ofClassifier(getNetwork(), Estimation.network(this));
  }

  @Override
  public GradpoetClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads a classifier that was saved. */
  public static MLReader<GradpoetClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a classifier that was saved.
   *
   * @param path as for {@code save}
   */
  public static GradpoetClassifier load(String path) {
    return read().load(path);
  }
}
