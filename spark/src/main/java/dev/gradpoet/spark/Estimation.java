package dev.gradpoet.spark;

import static org.apache.spark.sql.functions.col;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.Utils;

/** What both estimators do: defaults, and a run from a DataFrame to a network. */
final class Estimation {

  private Estimation() {}

  static void setDefaults(TrainingParams<?> stage) {
    stage.setDefault(stage.maxIter(), 10);
    stage.setDefault(stage.stepSize(), 0.001);
    stage.setDefault(stage.seed(), (long) stage.getClass().getName().hashCode());
    stage.setDefault(stage.batchSize(), 256);
    stage.setDefault(stage.numShards(), 4);
    stage.setDefault(stage.optimizer(), "Adam.of(stepSize)");
    stage.setDefault(stage.checkpointInterval(), 10);
  }

  /** The network of a stage before training. */
  static Model network(NetworkParams stage) {
    return NetworkClass.of(stage.getNetwork()).create(new Generator());
  }

  /**
   * Checks all that can be checked before rows are read: the columns of features and labels, and the params.
   *
   * @throws IllegalArgumentException if a column is missing, or of another type, or a param does not fit the network or the others
   */
  static void require(TrainingParams<?> stage, NetworkForm form, StructType schema) {
    Columns.requireFeatures(schema, stage.getFeaturesCol(), form.inputs());
    Columns.requireLabel(schema, stage.getLabelCol());
    ShardPlan.requireBatch(stage.getNumShards(), stage.getBatchSize(), form.leastRows());
    interval(stage);
    OptimizerText.parse(stage.getOptimizer(), stage.getStepSize());
  }

  /**
   * Trains a network.
   *
   * @param form of the network
   * @throws IllegalArgumentException if a row or a param does not fit the network
   * @throws IllegalStateException if training was cancelled or interrupted, cannot read its rows, or has lost too many tasks
   */
  static SparkTraining.Result run(TrainingParams<?> stage, NetworkForm form, Dataset<?> dataset) {
    try {
      return trained(stage, form, dataset);
    } catch (InterruptedException e) {
      // not before all is released, for which Spark waits, too
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    }
  }

  private static SparkTraining.Result trained(
      TrainingParams<?> stage, NetworkForm form, Dataset<?> dataset) throws InterruptedException {
    SparkContext spark = dataset.sparkSession().sparkContext();
    requireStaticAllocation(spark.conf());
    requireRoom(stage, form, spark.conf());
    Dataset<Row> rows = dataset
        .select(col(stage.getFeaturesCol()), col(stage.getLabelCol()).cast("double"))
        .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      JavaRDD<Row> source = rows.toJavaRDD();
      RowScan scan = new RowScan(new RowReader(form, stage.getFeaturesCol()));
      Partitions partitions =
          Partitions.of(source.mapPartitionsWithIndex(scan, false).collect());
      ShardPlan plan = new ShardPlan(
          partitions.total(), stage.getNumShards(), stage.getBatchSize(), form.leastRows());
      plan.requireRoom(form.inputs());
      TrainingJob job =
          new TrainingJob(form, plan, stage.getOptimizer(), stage.getStepSize(), stage.getSeed());
      ShardCutter cutter = new ShardCutter(form, plan, partitions);
      return new SparkTraining(
              JavaSparkContext.fromSparkContext(spark),
              job,
              JavaPairRDD.fromJavaRDD(source.mapPartitionsWithIndex(cutter, false)),
              stage.getMaxIter(),
              interval(stage))
          .run();
    } finally {
      rows.unpersist();
    }
  }

  private static void requireStaticAllocation(SparkConf conf) {
    if (Utils.isDynamicAllocationEnabled(conf)) {
      throw new IllegalArgumentException(
          "spark.dynamicAllocation.enabled is true, expected false: a barrier stage, in which training runs, needs a fixed number of executors. Set it to false, and set the number of executors with spark.executor.instances or the number of cores with spark.cores.max");
    }
  }

  /** Checks that gradients fit a message, and the state of the run the result of a task. */
  private static void requireRoom(TrainingParams<?> stage, NetworkForm form, SparkConf conf) {
    Model model = network(stage);
    Map<String, Tensor> live = TensorBytes.live(model);
    Messages.requireRoom(form, live.values().stream().mapToLong(Tensor::size).sum());
    Optimizer optimizer = OptimizerText.parse(stage.getOptimizer(), stage.getStepSize());
    try (Trainer updates = model.trainer(optimizer, 1)) {
      Checkpoint.requireRoom(
          form,
          TensorBytes.size(live),
          TensorBytes.size(updates.state()),
          conf.getSizeAsBytes("spark.driver.maxResultSize", "1g"));
    }
  }

  private static int interval(TrainingParams<?> stage) {
    int interval = stage.getCheckpointInterval();
    if (interval == 0) {
      throw new IllegalArgumentException(
          "checkpointInterval is 0, expected at least 1, or -1 for no checkpoints");
    }
    return interval < 0 ? Integer.MAX_VALUE : interval;
  }
}
