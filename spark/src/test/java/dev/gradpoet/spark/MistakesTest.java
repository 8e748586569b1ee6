package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every mistake is an IllegalArgumentException with the value found, what was expected, and a way out, before anything is trained. */
class MistakesTest {

  private static final Vector FITTING = Vectors.dense(1, 2, 3, 4);

  private static SparkSession spark;
  private static Dataset<Row> good;

  @BeforeAll
  static void start() {
    spark = Sessions.local(2);
    good = Frames.classes(spark, 20).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static GradpoetClassifier classifier() {
    return new GradpoetClassifier().setNetwork(Nets_ClassesNetwork.class).setMaxIter(1);
  }

  private static void refused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }

  /** The frame of {@link #good}, and then one row. */
  private static Dataset<Row> withRow(Object features, Object label) {
    List<Row> rows = new ArrayList<>(good.collectAsList());
    rows.add(RowFactory.create(features, label));
    return Frames.of(spark, rows);
  }

  @Test
  void labels() {
    refused(
        () -> classifier().fit(withRow(FITTING, 7.0)),
        "row 20 of the training data (from 0)",
        "the label is 7.0, expected a class: a whole number from 0 to 2",
        "has 3 outputs",
        "StringIndexer");
    refused(() -> classifier().fit(withRow(FITTING, 0.5)), "the label is 0.5");
    refused(() -> classifier().fit(withRow(FITTING, -1.0)), "the label is -1.0");
    refused(() -> classifier().fit(withRow(FITTING, Double.NaN)), "the label is NaN");
    refused(() -> classifier().fit(withRow(FITTING, null)), "the label is null", "na().drop()");
    refused(
        () -> classifier().setNetwork(Nets_LogitNetwork.class).fit(withRow(FITTING, 2.0)),
        "the label is 2.0, expected a class: 0 or 1");
    refused(
        () -> new GradpoetRegressor()
            .setNetwork(Nets_LineNetwork.class)
            .fit(withRow(FITTING, Double.POSITIVE_INFINITY)),
        "the label is Infinity, expected finite numbers: drop");
    refused(
        () -> new GradpoetRegressor()
            .setNetwork(Nets_SummedValuesNetwork.class)
            .fit(withRow(FITTING, -1e39)),
        "row 20",
        "the label is -1.0E39, expected finite numbers in the range of FLOAT32, with an absolute value of at most 3.4028235E38: drop, replace or scale");
  }

  @Test
  void features() {
    refused(
        () -> classifier().fit(withRow(Vectors.dense(1, 2, 3), 1.0)),
        "row 20",
        "features has 3 values, [1.0,2.0,3.0], expected 4, the inputs of the network");
    refused(
        () -> classifier().fit(withRow(null, 1.0)),
        "features is null, expected a vector of 4 values",
        "na().drop()");
    refused(
        () -> classifier().fit(withRow(Vectors.dense(1, Double.NaN, 3, 4), 1.0)),
        "features has the value NaN in [1.0,NaN,3.0,4.0], expected finite numbers",
        "Imputer");
    refused(
        () -> classifier().fit(withRow(Vectors.dense(1, 2, 1e39, 4), 1.0)),
        "features has the value 1.0E39",
        "expected finite numbers in the range of FLOAT32, with an absolute value of at most 3.4028235E38: filter out such rows, or scale the column, or declare FLOAT64");
    refused(
        () -> classifier().fit(withRow(Vectors.dense(1, 2, Double.POSITIVE_INFINITY, 4), 1.0)),
        "features has the value Infinity",
        ": filter out such rows, or scale the column");
    refused(() -> classifier().fit(good.limit(0)), "the training data has no rows");
  }

  @Test
  void columns() {
    refused(
        () -> classifier().setFeaturesCol("x").fit(good),
        "there is no column x, expected one of [features, label]: set featuresCol");
    refused(() -> classifier().setLabelCol("y").fit(good), "there is no column y", "set labelCol");
    refused(
        () -> classifier().setFeaturesCol("my.features").fit(good.toDF("my.features", "label")),
        "there is no column my.features",
        "set featuresCol to `my.features`, in backticks, because the name contains a dot");
    refused(
        () -> classifier().setFeaturesCol("features.x").fit(good),
        "the column features.x cannot be found: ",
        ": set featuresCol");
    refused(
        () -> classifier().setFeaturesCol("`features").fit(good),
        "the column `features cannot be found: ",
        ": set featuresCol");
    refused(
        () -> classifier().setLabelCol("my.label").fit(good.toDF("features", "my.label")),
        "labelCol is my.label, expected a name without a dot",
        "withColumnRenamed");
    refused(
        () -> classifier().setFeaturesCol("label").fit(good),
        "the column label is of type double, expected vectors",
        "VectorAssembler");
    refused(
        () -> classifier().fit(good.withColumn("label", good.col("label").cast("string"))),
        "the column label is of type string, expected numbers",
        "StringIndexer");
    Dataset<Row> assembled = new VectorAssembler()
        .setInputCols(new String[] {"label", "label"})
        .setOutputCol("two")
        .transform(good);
    refused(
        () -> classifier().setFeaturesCol("two").transformSchema(assembled.schema()),
        "the vectors of the column two have 2 values, expected 4");
    refused(
        () -> classifier().setPredictionCol("label").setMaxIter(0).fit(good).transform(good),
        "label already exists");
  }

  @Test
  void networks() {
    refused(
        () -> new GradpoetClassifier().fit(good),
        "network is not set",
        "setNetwork(DigitsNetwork.class)");
    refused(
        () -> classifier().setNetwork("com.example.None").fit(good),
        "network is com.example.None, and there is no such class",
        "--jars");
    refused(
        () -> classifier().setNetwork(Nets.Classes.class.getName()).fit(good),
        "which is not a network: pass the generated class");
    refused(
        () -> classifier().setNetwork(Nets_LineNetwork.class).fit(good),
        "gives no probabilities",
        "or use GradpoetRegressor");
    refused(
        () -> new GradpoetRegressor().setNetwork(Nets_ClassesNetwork.class).fit(good),
        "is one of classes",
        "or use GradpoetClassifier");
    refused(
        () -> new GradpoetRegressor().setNetwork(Nets_TwoValuesNetwork.class).fit(good),
        "has 2 outputs, expected 1");
    refused(
        () -> classifier().setNetwork(Nets_LosslessNetwork.class).fit(good),
        "declared without a loss");
    refused(
        () -> new GradpoetRegressor().setNetwork(Nets_TwoInputsNetwork.class).fit(good),
        "left (numbers), right (numbers)",
        "expected one of numbers");
  }

  @Test
  void params() {
    refused(() -> classifier().setMaxIter(-1), "maxIter given invalid value -1");
    refused(() -> classifier().setStepSize(0), "stepSize given invalid value 0.0");
    refused(() -> classifier().setOptimizer("lbfgs"), "optimizer is \"lbfgs\"");
    refused(
        () -> classifier().setThresholds(new double[] {0.5, 0.5}).fit(good),
        "thresholds are [0.5, 0.5], expected 3, one for each class");
    GradpoetClassificationModel model = classifier().setMaxIter(0).fit(good);
    refused(
        () -> model
            .copy(new ParamMap().put(model.thresholds(), new double[] {1, 0.5}))
            .transform(good),
        "thresholds are [1.0, 0.5], expected 3");
  }

  /** A pipeline checks the schema before its first stage is fitted. */
  @Test
  void paramsAreCheckedBeforeRowsAreRead() {
    StructType schema = good.schema();
    refused(
        () -> classifier().setCheckpointInterval(0).transformSchema(schema),
        "checkpointInterval is 0, expected at least 1, or -1 for no checkpoints");
    refused(
        () -> classifier().setBatchSize(3).transformSchema(schema),
        "batchSize is 3, expected at least 4",
        "at least 1 row");
    refused(
        () -> classifier()
            .setNetwork(Nets_NoisyNetwork.class)
            .setNumShards(200)
            .transformSchema(schema),
        "batchSize is 256, expected at least 400",
        "2 rows, which a batch norm needs");
    refused(
        () -> new GradpoetRegressor()
            .setNetwork(Nets_LineNetwork.class)
            .setNumShards(257)
            .transformSchema(schema),
        "batchSize is 256, expected at least 257");
    GradpoetClassifier stage = classifier();
    stage.set(stage.optimizer(), "lbfgs");
    refused(() -> stage.transformSchema(schema), "optimizer is \"lbfgs\"");
  }

  @Test
  void scoring() {
    GradpoetClassificationModel model = classifier().setMaxIter(0).fit(good);
    assertThatThrownBy(() -> model.transform(withRow(Vectors.dense(1), 0.0)).collectAsList())
        .hasStackTraceContaining("a row to score: features has 1 values, [1.0], expected 4");
    assertThatThrownBy(() -> model.transform(withRow(null, 0.0)).collectAsList())
        .hasStackTraceContaining("a row to score: features is null");
    refused(() -> model.predict(Vectors.dense(1)), "features has 1 values");
  }
}
