package dev.gradpoet.spark;

import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks the columns that a stage reads, with a way out for each mistake. */
final class Columns {

  private Columns() {}

  /**
   * Checks a column of features.
   *
   * @param inputs the inputs of the network
   * @throws IllegalArgumentException if there is no such column, it holds no vectors, or vectors whose known length does not fit
   */
  static void requireFeatures(StructType schema, String name, int inputs) {
    StructField field = field(schema, "featuresCol", name);
    if (!field.dataType().equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          "the column " + name + " is of type "
              + field.dataType().simpleString()
              + ", expected vectors: assemble columns with VectorAssembler, or convert an array with functions.array_to_vector");
    }
    int size = AttributeGroup.fromStructField(field).size();
    if (size >= 0 && size != inputs) {
      throw new IllegalArgumentException("the vectors of the column " + name + " have " + size
          + " values, expected " + inputs + ", the inputs of the network");
    }
  }

  /**
   * Checks a column of labels.
   *
   * @throws IllegalArgumentException if there is no such column, or it holds no numbers
   */
  static void requireLabel(StructType schema, String name) {
    StructField field = field(schema, "labelCol", name);
    if (!(field.dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "the column " + name + " is of type "
              + field.dataType().simpleString()
              + ", expected numbers: number the labels with StringIndexer, or cast the column to double");
    }
  }

  private static StructField field(StructType schema, String param, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no column " + name
            + ", expected one of " + Arrays.toString(schema.fieldNames()) + ": set " + param));
  }
}
