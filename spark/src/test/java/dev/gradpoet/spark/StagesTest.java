package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages where users of spark.ml have stages: in pipelines, grids and files. */
class StagesTest {

  private static SparkSession spark;
  private static Dataset<Row> classes;

  @TempDir
  private Path directory;

  @BeforeAll
  static void start() {
    spark = Sessions.local(2);
    classes = Frames.classes(spark, 120).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static GradpoetClassifier classifier() {
    return new GradpoetClassifier()
        .setNetwork(Nets_NoisyNetwork.class)
        .setOptimizer(AdamW.of(0.02).weightDecay(0.1))
        .setBatchSize(40)
        .setMaxIter(2);
  }

  private String path(String name) {
    return directory.resolve(name).toUri().toString();
  }

  @Test
  void inAPipelineThatIsSavedBeforeAndAfterTraining() throws IOException {
    StandardScaler scaler = new StandardScaler().setInputCol("features").setOutputCol("scaled");
    Pipeline pipeline = new Pipeline()
        .setStages(new PipelineStage[] {scaler, classifier().setFeaturesCol("scaled")});
    PipelineModel model = pipeline.fit(classes);
    pipeline.save(path("pipeline"));
    model.save(path("model"));

    List<Row> expected = model.transform(classes).collectAsList();
    assertThat(PipelineModel.load(path("model")).transform(classes).collectAsList())
        .isEqualTo(expected);
    assertThat(Pipeline.load(path("pipeline")).fit(classes).transform(classes).collectAsList())
        .isEqualTo(expected);
    assertThat(model.transform(classes).columns())
        .containsExactlyInAnyOrder(
            "features", "label", "scaled", "rawPrediction", "probability", "prediction");
  }

  @Test
  void aSavedModelIsAFileOfSafetensorsBesideItsParams() throws IOException {
    GradpoetClassificationModel model = classifier().setPredictionCol("guess").fit(classes);
    model.setThresholds(new double[] {0.5, 0.2, 0.3});
    model.save(path("saved"));

    GradpoetClassificationModel loaded = GradpoetClassificationModel.load(path("saved"));

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.getPredictionCol()).isEqualTo("guess");
    assertThat(loaded.getNetwork()).isEqualTo(Nets_NoisyNetwork.class.getName());
    assertThat(loaded.getThresholds()).containsExactly(0.5, 0.2, 0.3);
    assertThat(loaded.numClasses()).isEqualTo(3);
    assertThat(loaded.numFeatures()).isEqualTo(4);
    assertThat(LocalTrainingTest.bits(loaded.model()))
        .isEqualTo(LocalTrainingTest.bits(model.model()));
    assertThat(Safetensors.load(directory.resolve("saved").resolve("model.safetensors"))
            .keySet())
        .isEqualTo(Set.copyOf(TensorBytes.live(model.model()).keySet()));
  }

  @Test
  void aSavedEstimatorKeepsItsParams() throws IOException {
    GradpoetClassifier estimator =
        classifier().setSeed(-7).setNumShards(3).setCheckpointInterval(-1);
    estimator.save(path("estimator"));

    GradpoetClassifier loaded = GradpoetClassifier.load(path("estimator"));

    assertThat(loaded.uid()).isEqualTo(estimator.uid());
    assertThat(loaded.extractParamMap().toString())
        .isEqualTo(estimator.extractParamMap().toString());
    assertThat(loaded.getSeed()).isEqualTo(-7);
    assertThat(loaded.getOptimizer()).isEqualTo("AdamW.of(stepSize).weightDecay(0.1)");
    assertThat(loaded.getStepSize()).isEqualTo(0.02);
  }

  @Test
  void copiesHaveTheUidAndExtraParams() {
    GradpoetClassifier estimator = classifier();
    GradpoetClassifier copy = estimator.copy(new ParamMap().put(estimator.maxIter(), 7));

    assertThat(copy.uid()).isEqualTo(estimator.uid()).startsWith("gradpoetClassifier_");
    assertThat(copy.getMaxIter()).isEqualTo(7);
    assertThat(copy.getBatchSize()).isEqualTo(40);
    assertThat(estimator.getMaxIter()).isEqualTo(2);
    assertThat(estimator.explainParams())
        .contains(
            "batchSize: rows of a step",
            "(default: 256, current: 40)",
            "featuresCol: ",
            "thresholds: ");
    assertThat(estimator.hasParam("network")).isTrue();
    assertThat(new GradpoetRegressor("mine").uid()).isEqualTo("mine");
    assertThat(new GradpoetRegressor("mine").featuresCol().parent()).isEqualTo("mine");
  }

  @Test
  void inAGridOfACrossValidator() {
    GradpoetClassifier estimator =
        classifier().setNetwork(Nets_ClassesNetwork.class).setMaxIter(4);
    ParamMap[] grid = new ParamGridBuilder()
        .addGrid(estimator.stepSize(), new double[] {1e-6, 0.05})
        .build();

    var best = new CrossValidator()
        .setEstimator(estimator)
        .setEstimatorParamMaps(grid)
        .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
        .setNumFolds(2)
        .fit(classes);

    assertThat(best.avgMetrics()[1]).isGreaterThan(best.avgMetrics()[0]);
    assertThat(((GradpoetClassifier) best.bestModel().parent()).getStepSize()).isEqualTo(0.05);
  }

  @Test
  void aRegressorInATrainValidationSplit() throws IOException {
    Dataset<Row> numbers = Frames.numbers(spark, 120);
    GradpoetRegressor estimator = new GradpoetRegressor()
        .setNetwork(Nets_LineNetwork.class)
        .setBatchSize(16)
        .setOptimizer("Sgd.of(stepSize).momentum(0.9)");
    var best = new TrainValidationSplit()
        .setEstimator(estimator)
        .setEstimatorParamMaps(new ParamGridBuilder()
            .addGrid(estimator.maxIter(), new int[] {0, 4})
            .addGrid(estimator.stepSize(), new double[] {0.02})
            .build())
        .setEvaluator(new RegressionEvaluator())
        .fit(numbers);

    GradpoetRegressionModel model = (GradpoetRegressionModel) best.bestModel();
    assertThat(model.objectiveHistory()).hasSize(4);
    model.save(path("regression"));
    assertThat(
            GradpoetRegressionModel.load(path("regression")).transform(numbers).collectAsList())
        .isEqualTo(model.transform(numbers).collectAsList());
  }

  @Test
  void columnsAreTheNetworksOutputs() {
    GradpoetClassificationModel model = classifier().fit(classes);

    for (Row row : model.transform(classes).collectAsList()) {
      double[] x = ((Vector) row.getAs("features")).toArray();
      Tensor input = Tensor.of(x, 1, 4).to(DType.FLOAT32);
      Vector raw = row.getAs("rawPrediction");
      Vector probability = row.getAs("probability");
      assertThat(raw.toArray()).isEqualTo(model.model().forward(input).toDoubleArray());
      assertThat(probability.toArray())
          .isEqualTo(model.model().probabilities(input).toDoubleArray());
      assertThat(row.<Double>getAs("prediction")).isEqualTo(model.model().predictClasses(input)[0]);
      assertThat(model.predictRaw(row.getAs("features"))).isEqualTo(raw);
      assertThat(model.predictProbability(row.getAs("features"))).isEqualTo(probability);
      assertThat(model.predict(row.getAs("features"))).isEqualTo(row.getAs("prediction"));
    }
  }

  @Test
  void thresholdsMoveTheDecision() {
    Dataset<Row> halves = Frames.halves(spark, 100);
    GradpoetClassificationModel model = new GradpoetClassifier()
        .setNetwork(Nets_LogitNetwork.class)
        .setOptimizer(Sgd.of(0.1))
        .setMaxIter(1)
        .fit(halves);
    model.setThresholds(new double[] {0.9, 0.1});

    for (Row row : model.transform(halves).collectAsList()) {
      double p = row.<Vector>getAs("probability").apply(1);
      double z = row.<Vector>getAs("rawPrediction").apply(1);
      assertThat(row.<Vector>getAs("rawPrediction").apply(0)).isEqualTo(-z);
      assertThat(row.<Double>getAs("prediction")).isEqualTo(p / 0.1 > (1 - p) / 0.9 ? 1 : 0);
    }
  }

  @Test
  void aThresholdOf0TakesAllButAProbabilityOf0() {
    Classes classes = new Classes(Classes.Outputs.EACH, new double[] {0, 0.5, 0.5});
    assertThat(classes.prediction(new double[3], 0.1, 0.3, 0.6)).isEqualTo(0);
    assertThat(classes.prediction(new double[3], 0, 0.3, 0.7)).isEqualTo(2);
    assertThat(classes.prediction(new double[3], 0, 0.6, 0.4)).isEqualTo(1);
    Classes last = new Classes(Classes.Outputs.EACH, new double[] {0.5, 0.5, 0});
    assertThat(last.prediction(new double[3], 0.6, 0.4, 0)).isEqualTo(0);
    assertThat(last.prediction(new double[3], 0.6, 0.39, 0.01)).isEqualTo(2);
    Classes binary = new Classes(Classes.Outputs.LOGIT, new double[] {0, 1});
    assertThat(binary.prediction(new double[] {9}, 1)).isEqualTo(1);
    assertThat(binary.prediction(new double[] {9}, 0.999)).isEqualTo(0);
  }

  @Test
  void aProbabilityIsItsOwnRawPrediction() {
    Dataset<Row> halves = Frames.halves(spark, 400);
    GradpoetClassificationModel model = new GradpoetClassifier()
        .setNetwork(Nets_ProbabilityNetwork.class)
        .setStepSize(0.05)
        .setBatchSize(32)
        .setProbabilityCol("")
        .fit(halves);

    Dataset<Row> scored = model.transform(halves);
    assertThat(scored.columns()).doesNotContain("probability", "");
    double right = 0;
    for (Row row : scored.collectAsList()) {
      Vector raw = row.getAs("rawPrediction");
      assertThat(raw.apply(0)).isEqualTo(1 - raw.apply(1));
      right += row.<Double>getAs("prediction").equals(row.getAs("label")) ? 1 : 0;
    }
    assertThat(right / 400).isGreaterThan(0.9);
  }

  @Test
  void aModelMayBePartOfAUsersFunction() {
    GradpoetClassificationModel model = classifier().setMaxIter(0).fit(classes);

    List<Double> predicted = classes
        .map(
            (MapFunction<Row, Double>) row -> model.predict(row.getAs("features")),
            Encoders.DOUBLE())
        .collectAsList();

    assertThat(predicted)
        .isEqualTo(
            model.transform(classes).select("prediction").as(Encoders.DOUBLE()).collectAsList());
  }

  @Test
  void columnsMayBeLeftOut() {
    GradpoetClassificationModel model =
        classifier().setMaxIter(0).setRawPredictionCol("").setPredictionCol("").fit(classes);
    assertThat(model.transform(classes).columns())
        .containsExactly("features", "label", "probability");
  }
}
