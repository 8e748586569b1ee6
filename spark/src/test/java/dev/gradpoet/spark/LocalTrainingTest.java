package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training in one virtual machine, compared with trainers that have never heard of Spark. */
class LocalTrainingTest {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Sessions.local(2);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void learns() {
    Dataset<Row> data = Frames.classes(spark, 600);

    GradpoetClassificationModel model = new GradpoetClassifier()
        .setNetwork(Nets_ClassesNetwork.class)
        .setOptimizer(AdamW.of(0.02))
        .setBatchSize(32)
        .setMaxIter(10)
        .fit(data);

    assertThat(new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(data)))
        .isGreaterThan(0.93);
    assertThat(model.objectiveHistory()).hasSize(10);
    assertThat(model.objectiveHistory()[9]).isLessThan(model.objectiveHistory()[0] / 3);
  }

  @Test
  void oneShardGivesTheBitsOfTrainerSteps() {
    Dataset<Row> data = Frames.classes(spark, 70);
    Sgd optimizer = Sgd.of(0.1).momentum(0.9).nesterov(true);

    Model trained = new GradpoetClassifier()
        .setNetwork(Nets_ClassesNetwork.class)
        .setOptimizer(optimizer)
        .setNumShards(1)
        .setBatchSize(32)
        .setMaxIter(3)
        .setCheckpointInterval(2)
        .setSeed(5)
        .fit(data)
        .model();

    Model expected = new Nets_ClassesNetwork(5);
    Trainer trainer = expected.trainer(optimizer, 32);
    List<Row> rows = data.collectAsList();
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] order = Seeds.order(5, epoch, 0, 70);
      for (int from = 0; from < 70; from += 32) {
        step(trainer, rows, order, from, Math.min(70, from + 32));
      }
    }
    assertThat(bits(trained)).isEqualTo(bits(expected));
  }

  private static void step(Trainer trainer, List<Row> rows, int[] order, int from, int to) {
    float[][] x = new float[to - from][];
    int[] y = new int[to - from];
    for (int i = from; i < to; i++) {
      x[i - from] = floats(rows.get(order[i]));
      y[i - from] = (int) rows.get(order[i]).getDouble(1);
    }
    trainer.step(Tensor.of(x), Tensor.of(y));
  }

  /** The outputs are far from 0 on the right side, where the gradients of a sigmoid are exactly 0; the weights still decay. */
  @Test
  void stepsWhoseGradientsAreAllZeroCountAsThoseOfATrainer() {
    AdamW optimizer = AdamW.of(0.01).weightDecay(0.1);
    Model expected = new Nets_LogitNetwork(5);
    List<Row> rows = new ArrayList<>();
    for (Row row : Frames.halves(spark, 70).collectAsList()) {
      double[] x = ((Vector) row.get(0)).toArray();
      Arrays.setAll(x, i -> 1e6 * x[i]);
      double label = expected.forward(Tensor.of(x).to(DType.FLOAT32)).get(0) > 0 ? 1 : 0;
      rows.add(RowFactory.create(Vectors.dense(x), label));
    }

    Model trained = new GradpoetClassifier()
        .setNetwork(Nets_LogitNetwork.class)
        .setOptimizer(optimizer)
        .setNumShards(1)
        .setBatchSize(70)
        .setMaxIter(3)
        .setSeed(5)
        .fit(Frames.of(spark, rows))
        .model();

    Trainer trainer = expected.trainer(optimizer, 70);
    float[][] x = rows.stream().map(LocalTrainingTest::floats).toArray(float[][]::new);
    float[][] y =
        rows.stream().map(row -> new float[] {(float) row.getDouble(1)}).toArray(float[][]::new);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(trainer.step(Tensor.of(x), Tensor.of(y))).isZero();
    }
    assertThat(bits(trained))
        .isEqualTo(bits(expected))
        .isNotEqualTo(bits(new Nets_LogitNetwork(5)));
  }

  /** A slow twin: sums of gradients by name, statistics one number at a time. */
  @Test
  void shardsAreAddedInTheirOrderWithTheirRowsAsWeights() {
    int n = 70;
    int shards = 3;
    int batch = 16;
    long seed = 9;
    Dataset<Row> data = Frames.classes(spark, n);

    Model trained = new GradpoetClassifier()
        .setNetwork(Nets_NoisyNetwork.class)
        .setOptimizer(AdamW.of(0.01))
        .setNumShards(shards)
        .setBatchSize(batch)
        .setMaxIter(2)
        .setCheckpointInterval(1)
        .setSeed(seed)
        .fit(data)
        .model();

    Generator generator = new Generator().manualSeed(seed);
    Nets_NoisyNetwork net = new Nets_NoisyNetwork(generator);
    Trainer pass = net.trainer(Sgd.of(0), n);
    Trainer updates = net.trainer(AdamW.of(0.01), 1);
    Tensor mean = net.norm().buffers().get("running_mean");
    Tensor var = net.norm().buffers().get("running_var");
    List<Row> rows = data.collectAsList();
    long count = 0;
    for (int epoch = 0; epoch < 2; epoch++) {
      // 70 = 4 * 16 + 6, and 6 rows are 2 for each shard
      for (int step = 0; step < 5; step++) {
        int end = Math.min(n, (step + 1) * batch);
        updates.zeroGrad();
        Map<String, double[]> sums = new TreeMap<>();
        for (int shard = 0; shard < shards; shard++) {
          int[] order = Seeds.order(seed, epoch, shard, (n - shard + shards - 1) / shards);
          List<Row> mine = new ArrayList<>();
          for (int p = step * batch; p < end; p++) {
            if (p % shards == shard) {
              mine.add(rows.get(order[p / shards] * shards + shard));
            }
          }
          float[][] x = mine.stream().map(LocalTrainingTest::floats).toArray(float[][]::new);
          int[] y = mine.stream().mapToInt(row -> (int) row.getDouble(1)).toArray();
          double[] oldMean = mean.toDoubleArray();
          double[] oldVar = var.toDoubleArray();
          mean.copyFrom(new double[16]);
          var.copyFrom(new double[16]);
          Seeds.masks(generator, seed, epoch, step, shard);
          pass.zeroGrad();
          pass.forward(Tensor.of(x));
          pass.loss(Tensor.of(y));
          pass.backward();
          for (int i = 0; i < 16; i++) {
            mean.set(0.9 * oldMean[i] + mean.get(i), i);
            var.set(0.9 * oldVar[i] + var.get(i), i);
          }
          count++;
          for (String name : net.parameters().keySet()) {
            double[] g = pass.gradient(name).toDoubleArray();
            double[] sum = sums.computeIfAbsent(name, each -> new double[g.length]);
            for (int i = 0; i < g.length; i++) {
              sum[i] += mine.size() * g[i];
            }
          }
        }
        int size = end - step * batch;
        sums.forEach((name, sum) -> updates
            .gradient(name)
            .copyFrom(Arrays.stream(sum).map(each -> each / size).toArray()));
        updates.update();
      }
    }
    net.norm().buffers().get("num_batches_tracked").copyFrom(new long[] {count});
    assertThat(bits(trained)).isEqualTo(bits(net));
  }

  /** One step of all rows, whose order matters to no sum by more than a rounding: the mean of weighted shards is that of the batch. */
  @ParameterizedTest
  @ValueSource(classes = {Nets_WeightedNetwork.class, Nets_IgnoringNetwork.class})
  void theMeanOfWeightedShardsIsThatOfTheBatch(Class<? extends Model> network) {
    Dataset<Row> data = Frames.classes(spark, 61);
    Sgd optimizer = Sgd.of(0.5);
    GradpoetClassificationModel trained = new GradpoetClassifier()
        .setNetwork(network)
        .setOptimizer(optimizer)
        .setNumShards(5)
        .setBatchSize(64)
        .setMaxIter(3)
        .setSeed(5)
        .fit(data);

    Model expected = NetworkClass.of(network.getName()).create(new Generator().manualSeed(5));
    List<Row> rows = data.collectAsList();
    Tensor x = Tensor.of(
        rows.stream().map(row -> row.<Vector>getAs(0).toArray()).toArray(double[][]::new));
    Tensor y = Tensor.of(rows.stream().mapToInt(row -> (int) row.getDouble(1)).toArray());
    Trainer trainer = expected.trainer(optimizer, 61);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(trained.objectiveHistory()[epoch])
          .isCloseTo(trainer.step(x, y), Percentage.withPercentage(1e-11));
    }
    expected
        .parameters()
        .forEach(
            (name, tensor) -> assertThat(trained.model().parameters().get(name).toDoubleArray())
                .containsExactly(tensor.toDoubleArray(), Offset.offset(1e-13)));
  }

  @Test
  void regressionInDouble() {
    Dataset<Row> data = Frames.numbers(spark, 300);
    GradpoetRegressor regressor = new GradpoetRegressor()
        .setNetwork(Nets_LineNetwork.class)
        .setStepSize(0.02)
        .setBatchSize(16)
        .setMaxIter(20);

    GradpoetRegressionModel model = regressor.fit(data);

    assertThat(model.objectiveHistory()[19]).isLessThan(0.3).isPositive();
    Row first = model.transform(data).first();
    assertThat(first.getDouble(2))
        .isEqualTo(model.predict(first.getAs(0)))
        .isEqualTo(model
            .model()
            .forward(Tensor.of(((Vector) first.getAs(0)).toArray()))
            .get(0));
  }

  private static float[] floats(Row row) {
    double[] x = ((Vector) row.get(0)).toArray();
    float[] floats = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    return floats;
  }

  static byte[] bits(Model model) {
    return TensorBytes.write(TensorBytes.live(model));
  }
}
