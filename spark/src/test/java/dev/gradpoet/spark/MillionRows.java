package dev.gradpoet.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.randn;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;

/**
 * A program, no test, for its name ends otherwise: an epoch of a million generated rows with one executor and with two, beside an iteration of Spark's MultilayerPerceptronClassifier, whose network is the same (sigmoid in the hidden
 * layers, softmax at the end), and the accuracy of both. {@code -Dshape=wide} takes wider layers, {@code -Dof=gradpoet} or {@code -Dof=spark} only one of the two. See README.md of this module.
 *
 * <p>An epoch here is an update for each batch; an iteration of L-BFGS is one update by the gradient of all rows, or a few if its line search needs them. Times are those of {@code fit} with some more epochs or iterations less those
 * with one, so that sessions, caches and shuffles don't count.
 */
class MillionRows {

  private static final int FEATURES = 20;
  private static final int CLASSES = 5;

  /** A network whose gradients cost less than their way to another executor. */
  @Network(
      layers = {FEATURES, 64, CLASSES},
      activation = Activation.SIGMOID,
      loss = Loss.CROSS_ENTROPY)
  interface Narrow {}

  /** One whose gradients cost more. */
  @Network(
      layers = {FEATURES, 256, 256, CLASSES},
      activation = Activation.SIGMOID,
      loss = Loss.CROSS_ENTROPY)
  interface Wide {}

  /**
   * What is measured.
   *
   * @param layers of Spark's classifier
   * @param network the class of the same network
   * @param epochs of Gradpoet
   * @param iterations of Spark's classifier
   */
  private record Shape(int[] layers, Class<? extends Model> network, int epochs, int iterations) {

    static Shape of(String name) {
      return name.equals("wide")
          ? new Shape(new int[] {FEATURES, 256, 256, CLASSES}, MillionRows_WideNetwork.class, 6, 3)
          : new Shape(new int[] {FEATURES, 64, CLASSES}, MillionRows_NarrowNetwork.class, 21, 31);
    }
  }

  @Test
  void timesAndAccuracies() {
    long rows = Long.getLong("rows", 1_000_000);
    Shape shape = Shape.of(System.getProperty("shape", "narrow"));
    for (int executors = 1; executors <= 2; executors++) {
      SparkSession spark = Sessions.measured(executors);
      try {
        measure(spark, executors, rows, shape, System.getProperty("of", "both"));
      } finally {
        spark.stop();
      }
    }
  }

  private static void measure(
      SparkSession spark, int executors, long rows, Shape shape, String of) {
    Dataset<Row> train = rows(spark, rows, 1);
    Dataset<Row> test = rows(spark, rows / 10, 2);
    train.count();
    test.count();
    GradpoetClassifier ours = new GradpoetClassifier()
        .setNetwork(shape.network())
        .setOptimizer(Adam.of(0.003))
        .setBatchSize(1024)
        .setNumShards(2)
        .setCheckpointInterval(-1);
    MultilayerPerceptronClassifier theirs =
        new MultilayerPerceptronClassifier().setLayers(shape.layers()).setTol(0).setSeed(1);
    if (!of.equals("spark")) {
      report(
          executors, "Gradpoet", shape.epochs(), test, n -> ours.setMaxIter(n).fit(train));
      printTimes();
    }
    if (!of.equals("gradpoet")) {
      report(
          executors,
          "MultilayerPerceptronClassifier",
          shape.iterations(),
          test,
          n -> theirs.setMaxIter(n).fit(train));
    }
  }

  /** Trains with a number of epochs or iterations. */
  private interface Fit {
    Transformer with(int iterations);
  }

  private static void report(
      int executors, String name, int iterations, Dataset<Row> test, Fit fit) {
    fit.with(1);
    double one = seconds(() -> fit.with(1));
    Transformer[] trained = new Transformer[1];
    double all = seconds(() -> trained[0] = fit.with(iterations));
    double accuracy = new MulticlassClassificationEvaluator()
        .setMetricName("accuracy")
        .evaluate(trained[0].transform(test));
    System.out.printf(
        Locale.ROOT,
        "%d executor(s), %s: %.2f s for each of %d more iterations after the first, fit with 1: %.1f s, with %d: %.1f s, accuracy %.4f%n",
        executors,
        name,
        (all - one) / (iterations - 1),
        iterations - 1,
        one,
        iterations,
        all,
        accuracy);
  }

  /** The last times that an executor has logged. */
  private static void printTimes() {
    Path work = Path.of(System.getenv("SPARK_HOME"), "work");
    try (Stream<Path> files = Files.walk(work)) {
      Path newest = files
          .filter(file -> file.endsWith("stderr"))
          .filter(file -> lines(file).size() > 0)
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow();
      List<String> lines = lines(newest);
      System.out.println(lines.get(lines.size() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(StepTimes.UNIT)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double seconds(Supplier<Transformer> fit) {
    long start = System.nanoTime();
    fit.get();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Normal numbers, and one of five classes by what is no line. */
  private static Dataset<Row> rows(SparkSession spark, long rows, long seed) {
    Column[] features = new Column[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      features[i] = randn(seed * 100 + i);
    }
    return spark
        .range(0, rows, 1, 2) // random numbers depend on the partition
        .select(array(features).as("x"))
        .selectExpr("x", "x[0] * x[1] + x[2] + 0.5 * x[3] * x[3] - 0.5 AS score")
        .select(
            functions.array_to_vector(col("x")).as("features"),
            expr("CASE WHEN score < -1 THEN 0D WHEN score < -0.25 THEN 1D WHEN score < 0.25 THEN 2D WHEN score < 1 THEN 3D ELSE 4D END")
                .as("label"))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
