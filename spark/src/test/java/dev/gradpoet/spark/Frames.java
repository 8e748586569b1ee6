package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** DataFrames of four random features and a label, the same in any session. */
final class Frames {

  static final StructType SCHEMA = new StructType()
      .add("features", SQLDataTypes.VectorType())
      .add("label", DataTypes.DoubleType);

  private Frames() {}

  /** Three classes: the place of the largest of the first three features. */
  static Dataset<Row> classes(SparkSession spark, int rows) {
    return frame(spark, rows, x -> x[0] > x[1] ? x[0] > x[2] ? 0 : 2 : x[1] > x[2] ? 1 : 2);
  }

  /** Two classes. */
  static Dataset<Row> halves(SparkSession spark, int rows) {
    return frame(spark, rows, x -> x[0] + x[1] > x[2] ? 1 : 0);
  }

  /** A number. */
  static Dataset<Row> numbers(SparkSession spark, int rows) {
    return frame(spark, rows, x -> x[0] - 2 * x[1] + x[2] * x[3]);
  }

  static Dataset<Row> of(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Dataset<Row> frame(
      SparkSession spark, int rows, ToDoubleFunction<double[]> label) {
    Generator generator = new Generator().manualSeed(1);
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] x = generator.randn(4).toDoubleArray();
      all.add(RowFactory.create(Vectors.dense(x), label.applyAsDouble(x)));
    }
    return of(spark, all);
  }
}
