package dev.gradpoet.spark;

import static org.apache.spark.sql.functions.col;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

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
   * Trains a network.
   *
   * @param form of the network
   * @throws IllegalArgumentException if a row or a param does not fit the network
   */
  static SparkTraining.Result run(
      TrainingParams<?> stage,
      NetworkForm form,
      Dataset<?> dataset,
      String features,
      String label) {
    Model model = network(stage);
    OptimizerText.parse(stage.getOptimizer(), stage.getStepSize());
    Dataset<Row> rows = dataset
        .select(col(features), col(label).cast("double"))
        .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      JavaRDD<Row> source = rows.toJavaRDD();
      RowScan scan = new RowScan(new RowReader(form, features));
      long[] offsets =
          RowScan.offsets(source.mapPartitionsWithIndex(scan, false).collect());
      ShardPlan plan = new ShardPlan(
          offsets[offsets.length - 1],
          stage.getNumShards(),
          stage.getBatchSize(),
          form.batchNorm() ? 2 : 1);
      TrainingJob job = new TrainingJob(
          form,
          plan,
          LossScale.of(model, form),
          stage.getOptimizer(),
          stage.getStepSize(),
          stage.getSeed());
      ShardCutter cutter = new ShardCutter(form, plan, offsets);
      return new SparkTraining(
              JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()),
              job,
              JavaPairRDD.fromJavaRDD(source.mapPartitionsWithIndex(cutter, false)),
              stage.getMaxIter(),
              interval(stage))
          .run();
    } finally {
      rows.unpersist();
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
