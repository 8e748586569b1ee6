package dev.gradpoet.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.Model;
import java.util.List;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The columns that stages read and append, as other stages of spark.ml expect them. */
class ColumnsTest {

  private static SparkSession spark;
  private static Dataset<Row> halves;

  @BeforeAll
  static void start() {
    spark = Sessions.local(2);
    halves = Frames.halves(spark, 200).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static GradpoetClassifier classifier(Class<? extends Model> network) {
    return new GradpoetClassifier()
        .setNetwork(network)
        .setBatchSize(32)
        .setMaxIter(1)
        .setSeed(1);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Nets_TwoLogitsNetwork.class,
        Nets_TwoLogarithmsNetwork.class,
        Nets_LogitNetwork.class,
        Nets_ProbabilityNetwork.class
      })
  void theAreaUnderTheCurveIsThatOfTheProbabilities(Class<? extends Model> network) {
    GradpoetClassificationModel model = classifier(network).fit(halves);
    Dataset<Row> scored = model.transform(halves);

    double area = new BinaryClassificationEvaluator().setNumBins(0).evaluate(scored);

    List<Row> rows = scored.collectAsList();
    assertThat(area).isBetween(0.05, 0.95).isCloseTo(area(rows), Offset.offset(1e-9));
    for (Row row : rows) {
      Vector features = row.getAs("features");
      assertThat(model.predictRaw(features)).isEqualTo(row.getAs("rawPrediction"));
      assertThat(model.predictProbability(features)).isEqualTo(row.getAs("probability"));
      assertThat(row.<Double>getAs("prediction"))
          .isEqualTo(row.<Vector>getAs("rawPrediction").argmax())
          .isEqualTo(row.<Vector>getAs("probability").argmax());
    }
  }

  /** How many of the pairs of a row of class 1 and one of class 0 the probability of class 1 puts in order. */
  private static double area(List<Row> rows) {
    double inOrder = 0;
    int pairs = 0;
    for (Row one : rows) {
      for (Row zero : rows) {
        if (one.<Double>getAs("label") == 1 && zero.<Double>getAs("label") == 0) {
          double more = probability(one) - probability(zero);
          inOrder += more > 0 ? 1 : more == 0 ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return inOrder / pairs;
  }

  private static double probability(Row row) {
    return row.<Vector>getAs("probability").apply(1);
  }

  /** Columns with metadata of spark.ml and of users, nested ones, a name with a dot, and one name twice. */
  private static Dataset<Row> described() {
    Metadata mine = new MetadataBuilder().putString("unit", "metres").build();
    Dataset<Row> words = halves.withColumn("word", col("label").cast("string").as("word", mine));
    Dataset<Row> indexed =
        new StringIndexer().setInputCol("word").setOutputCol("index").fit(words).transform(words);
    return new VectorAssembler()
        .setInputCols(new String[] {"features"})
        .setOutputCol("x")
        .transform(indexed)
        .select(
            col("*"),
            struct(lit(1).as("one", mine), col("label").as("two", mine)).as("nested", mine),
            array(struct(col("word").as("inner", mine))).as("a.b", mine),
            lit(1).as("twice"),
            lit("x").as("twice", mine));
  }

  @Test
  void metadataOfAllColumnsIsKept() {
    Dataset<Row> data = described();
    GradpoetClassificationModel model = classifier(Nets_TwoLogitsNetwork.class)
        .setFeaturesCol("x")
        .setLabelCol("index")
        .fit(data);

    Dataset<Row> scored = model.transform(data);

    assertThat(scored.schema()).isEqualTo(model.transformSchema(data.schema()));
    assertThat(scored.schema().fields()).startsWith(data.schema().fields());
    assertThat(scored.schema().apply("probability").metadata().json())
        .isEqualTo("{\"ml_attr\":{\"num_attrs\":2}}");
    assertThat(new IndexToString()
            .setInputCol("index")
            .setOutputCol("again")
            .transform(scored)
            .where("again != word")
            .count())
        .isZero();

    GradpoetRegressionModel regression = new GradpoetRegressor()
        .setNetwork(Nets_LineNetwork.class)
        .setMaxIter(0)
        .setFeaturesCol("x")
        .fit(data);
    assertThat(regression.transform(data).schema())
        .isEqualTo(regression.transformSchema(data.schema()));
    regression.setPredictionCol("");
    assertThat(regression.transform(data).schema()).isEqualTo(data.schema());
  }

  @Test
  void namesAreThoseOfSpark() {
    List<Row> expected = scores(halves, "features", "label");

    assertThat(scores(halves.toDF("FEATURES", "label"), "Features", "label")).isEqualTo(expected);
    Dataset<Row> nested = halves.select(
        col("label"), struct(lit(0), struct(col("features")).as("Data")).as("all"));
    assertThat(scores(nested, "ALL.data.features", "label")).isEqualTo(expected);
    assertThat(scores(halves.toDF("my.features", "label"), "`my.features`", "label"))
        .isEqualTo(expected);
    assertThatThrownBy(() -> scores(halves, "features", "Label"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no column Label, expected one of [features, label]");

    spark.conf().set("spark.sql.caseSensitive", "true");
    try {
      assertThatThrownBy(() -> scores(halves, "Features", "label"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there is no column Features, expected one of [features, label]");
    } finally {
      spark.conf().unset("spark.sql.caseSensitive");
    }
  }

  private static List<Row> scores(Dataset<Row> data, String features, String label) {
    return classifier(Nets_TwoLogitsNetwork.class)
        .setFeaturesCol(features)
        .setLabelCol(label)
        .fit(data)
        .transform(data)
        .select("rawPrediction", "probability", "prediction")
        .collectAsList();
  }

  @Test
  void aStructThatIsNullHasNoFeatures() {
    Row empty =
        spark.sql("select cast(null as struct<id: int, x: int>) as data").first();
    assertThat(Columns.place(empty.schema(), "DATA.x")).containsExactly(0, 1);
    assertThat(Columns.value(empty, 0, 1)).isNull();
  }

  @Test
  void batchesOfLongVectorsHaveFewRows() {
    assertThat(Scorer.rows(4)).isEqualTo(256);
    assertThat(Scorer.rows(4096)).isEqualTo(256);
    assertThat(Scorer.rows(4097)).isEqualTo(255);
    assertThat(Scorer.rows(1 << 20)).isEqualTo(1);
    assertThat(Scorer.rows(Integer.MAX_VALUE)).isEqualTo(1);
  }
}
