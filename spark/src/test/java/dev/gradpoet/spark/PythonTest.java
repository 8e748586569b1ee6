package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.spark.PythonClient.Ref;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import py4j.Gateway;
import py4j.GatewayServer;

/** The stages through Py4J's gateway, call by call as PySpark's wrappers of JVM stages make them. */
class PythonTest {

  private static final String CLASSIFIER = GradpoetClassifier.class.getName();
  private static final String REGRESSOR = GradpoetRegressor.class.getName();

  private static SparkSession spark;
  private static GatewayServer server;
  private static Gateway gateway;
  private static PythonClient python;

  @TempDir
  private Path directory;

  @BeforeAll
  static void start() throws IOException {
    spark = Sessions.local(2);
    server = new GatewayServer.GatewayServerBuilder().javaPort(0).build();
    server.start(true);
    gateway = server.getGateway();
    python = new PythonClient(server.getListeningPort());
  }

  @AfterAll
  static void stop() throws IOException {
    python.close();
    server.shutdown();
    spark.stop();
  }

  private static Ref frame(Dataset<Row> rows) {
    return new Ref(gateway.putNewObject(rows));
  }

  private static Object object(Ref ref) {
    return gateway.getObject(ref.id());
  }

  /** As {@code JavaParams._transfer_params_to_java} does: {@code obj.set(obj.getParam(name).w(value))}. */
  private static void set(Ref stage, String param, Object value) throws IOException {
    python.call(stage, "set", python.ref(python.ref(stage, "getParam", param), "w", value));
  }

  /** As {@code _transfer_params_from_java} does. */
  private static Object get(Ref stage, String param) throws IOException {
    return python.call(stage, "getOrDefault", python.ref(stage, "getParam", param));
  }

  @Test
  void settersTakeWhatPythonHas() throws IOException {
    Ref stage = python.construct(CLASSIFIER, "mine");
    python.call(stage, "setNetwork", Nets_ClassesNetwork.class.getName());
    python.call(stage, "setMaxIter", 3);
    python.call(stage, "setStepSize", 0.05);
    python.call(stage, "setBatchSize", 32);
    python.call(stage, "setNumShards", 2);
    python.call(stage, "setCheckpointInterval", -1);
    python.call(stage, "setOptimizer", "AdamW.of(stepSize).weightDecay(0.1)");
    python.call(stage, "setSeed", 5);
    python.call(stage, "setFeaturesCol", "x");
    python.call(stage, "setThresholds", python.doubles(0.2, 0.3, 0.5));

    assertThat(python.call(stage, "uid")).isEqualTo("mine");
    assertThat(python.call(stage, "getNetwork")).isEqualTo(Nets_ClassesNetwork.class.getName());
    assertThat(python.call(stage, "getMaxIter")).isEqualTo(3);
    assertThat(python.call(stage, "getStepSize")).isEqualTo(0.05);
    assertThat(python.call(stage, "getBatchSize")).isEqualTo(32);
    assertThat(python.call(stage, "getNumShards")).isEqualTo(2);
    assertThat(python.call(stage, "getCheckpointInterval")).isEqualTo(-1);
    assertThat(python.call(stage, "getOptimizer")).isEqualTo("AdamW.of(stepSize).weightDecay(0.1)");
    assertThat(((GradpoetClassifier) object(stage)).getSeed()).isEqualTo(5);
    assertThat(((GradpoetClassifier) object(stage)).getFeaturesCol()).isEqualTo("x");
    assertThat(((GradpoetClassifier) object(stage)).getThresholds()).containsExactly(0.2, 0.3, 0.5);
    python.call(stage, "setSeed", 1L << 40);
    assertThat(((GradpoetClassifier) object(stage)).getSeed()).isEqualTo(1L << 40);
  }

  @Test
  void paramsAreFoundByName() throws IOException {
    Ref stage = python.construct(REGRESSOR, "mine");
    for (String param : new String[] {
      "network",
      "maxIter",
      "stepSize",
      "seed",
      "batchSize",
      "numShards",
      "optimizer",
      "checkpointInterval",
      "featuresCol",
      "labelCol",
      "predictionCol"
    }) {
      assertThat(python.call(stage, "hasParam", param)).as(param).isEqualTo(true);
      assertThat(python.call(stage, "hasDefault", python.ref(stage, "getParam", param)))
          .as(param)
          .isEqualTo(!param.equals("network"));
    }
    assertThat(python.length(python.ref(stage, "params"))).isEqualTo(11);
    assertThat(python.call(stage, "hasParam", "layers")).isEqualTo(false);
    assertThat(get(stage, "maxIter")).isEqualTo(10);
    assertThat(get(stage, "optimizer")).isEqualTo("Adam.of(stepSize)");
    assertThat((String) python.call(stage, "explainParams"))
        .contains("batchSize: rows of a step", "(default: 256)", "network: binary name");

    set(stage, "maxIter", 4);
    set(stage, "stepSize", 0.5);
    set(stage, "seed", 1L);
    set(stage, "network", Nets_LineNetwork.class.getName());
    set(stage, "labelCol", "y");
    assertThat(get(stage, "maxIter")).isEqualTo(4);
    assertThat(get(stage, "stepSize")).isEqualTo(0.5);
    assertThat(((GradpoetRegressor) object(stage)).getSeed()).isEqualTo(1);
    assertThat(python.call(stage, "isSet", python.ref(stage, "getParam", "batchSize")))
        .isEqualTo(false);
    assertThat(python.call(stage, "isSet", python.ref(stage, "getParam", "labelCol")))
        .isEqualTo(true);

    Ref copy = python.ref(stage, "copy", python.construct("org.apache.spark.ml.param.ParamMap"));
    set(copy, "maxIter", 9);
    assertThat(python.call(copy, "uid")).isEqualTo("mine");
    assertThat(get(copy, "stepSize")).isEqualTo(0.5);
    assertThat(get(stage, "maxIter")).isEqualTo(4);
  }

  @Test
  void fitTransformSaveAndLoad() throws IOException {
    Ref data = frame(Frames.classes(spark, 120));
    Ref stage = python.construct(CLASSIFIER, "mine");
    set(stage, "network", Nets_ClassesNetwork.class.getName());
    set(stage, "maxIter", 2);
    set(stage, "stepSize", 0.02);
    python.call(stage, "save", directory.resolve("stage").toUri().toString());
    Ref loaded = (Ref)
        python.callStatic(CLASSIFIER, "load", directory.resolve("stage").toUri().toString());

    Ref model = python.ref(loaded, "fit", data);

    assertThat(get(model, "network")).isEqualTo(Nets_ClassesNetwork.class.getName());
    assertThat(python.call(model, "numFeatures")).isEqualTo(4);
    assertThat(python.call(model, "numClasses")).isEqualTo(3);
    assertThat(python.length(python.ref(model, "objectiveHistory"))).isEqualTo(2);
    Ref scored = python.ref(model, "transform", data);
    Dataset<?> expected = (Dataset<?>) object(scored);
    assertThat(expected.columns())
        .containsExactly("features", "label", "rawPrediction", "probability", "prediction");

    String place = directory.resolve("model").toUri().toString();
    python.call(python.ref(python.ref(model, "write"), "overwrite"), "save", place);
    Ref read = (Ref) python.callStatic(GradpoetClassificationModel.class.getName(), "load", place);
    assertThat(python.call(read, "uid")).isEqualTo(python.call(model, "uid"));
    assertThat(((Dataset<?>) object(python.ref(read, "transform", data))).collectAsList())
        .isEqualTo(expected.collectAsList());

    Ref first = new Ref(gateway.putNewObject(((Row) expected.first()).getAs("features")));
    assertThat(python.call(read, "predict", first))
        .isEqualTo(((Row) expected.first()).getAs("prediction"));
  }

  @Test
  void mistakesHaveTheirText() throws IOException {
    Ref stage = python.construct(CLASSIFIER);
    assertThat((String) python.call(stage, "uid")).startsWith("gradpoetClassifier_");
    Ref data = frame(Frames.classes(spark, 10));
    assertThatThrownBy(() -> python.call(stage, "fit", data))
        .hasMessage(
            "java.lang.IllegalArgumentException: network is not set: pass the generated class, as in setNetwork(DigitsNetwork.class)");
    assertThatThrownBy(() -> python.call(stage, "setMaxIter", "three"))
        .hasMessageContaining("setMaxIter([class java.lang.String]) does not exist");
  }
}
