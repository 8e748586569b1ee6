package dev.gradpoet.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.AttributeNameParser$;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Finds and checks the columns that a stage reads, with a way out for each mistake. */
final class Columns {

  private Columns() {}

  /**
   * Checks a column of features, which may be a field of a struct.
   *
   * @param inputs the inputs of the network
   * @throws IllegalArgumentException if there is no such column, it holds no vectors, or vectors whose known length does not fit
   */
  static void requireFeatures(StructType schema, String name, int inputs) {
    StructField field = find(schema, name)
        .orElseThrow(() -> missing(schema, "featuresCol", name))
        ._2();
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
   * Checks a column of labels, whose name is exact and of the top level, because {@code Predictor.fit} looks it up that way.
   *
   * @throws IllegalArgumentException if there is no such column, it holds no numbers, or its name contains a dot
   */
  static void requireLabel(StructType schema, String name) {
    if (name.contains(".")) {
      throw new IllegalArgumentException(
          "labelCol is " + name
              + ", expected a name without a dot, which spark.ml would take for a field of a struct: rename the column with withColumnRenamed");
    }
    StructField field = Arrays.stream(schema.fields())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(schema, "labelCol", name));
    if (!(field.dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "the column " + name + " is of type "
              + field.dataType().simpleString()
              + ", expected numbers: number the labels with StringIndexer, or cast the column to double");
    }
  }

  private static IllegalArgumentException missing(StructType schema, String param, String name) {
    boolean hasDot = Arrays.asList(schema.fieldNames()).contains(name);
    return new IllegalArgumentException("there is no column " + name + ", expected one of "
        + Arrays.toString(schema.fieldNames()) + ": set " + param
        + (hasDot ? " to `" + name + "`, in backticks, because the name contains a dot" : ""));
  }

  /**
   * A column and the names of the structs that it is nested in, by the rules of Spark: case counts only if spark.sql.caseSensitive says so, and a dot leads into a struct.
   *
   * @throws IllegalArgumentException if the name is ambiguous or malformed, or leads into a column that is no struct
   */
  private static Optional<Tuple2<Seq<String>, StructField>> find(StructType schema, String name) {
    try {
      return OptionConverters.toJava(schema.findNestedField(
          AttributeNameParser$.MODULE$.parseAttributeName(name),
          false,
          SQLConf.get().resolver(),
          schema.findNestedField$default$4()));
    } catch (
        Exception e) { // Scala declares no checked exceptions: Spark throws an AnalysisException
      throw new IllegalArgumentException(
          "the column " + name + " cannot be found: " + e.getMessage() + ": set featuresCol", e);
    }
  }

  /** Where a column that exists is: the index of each field on the way to it, through structs. */
  static int[] place(StructType schema, String name) {
    Tuple2<Seq<String>, StructField> found = find(schema, name).orElseThrow();
    List<String> names = new ArrayList<>(CollectionConverters.asJava(found._1()));
    names.add(found._2().name());
    int[] place = new int[names.size()];
    StructType struct = schema;
    for (int i = 0; i < place.length; i++) {
      place[i] = struct.fieldIndex(names.get(i));
      if (i + 1 < place.length) {
        struct = (StructType) struct.fields()[place[i]].dataType();
      }
    }
    return place;
  }

  /** The value of a column in a row, null if a struct on the way to it is. */
  static Object value(Row row, int... place) {
    Object value = row;
    for (int index : place) {
      value = value == null ? null : ((Row) value).get(index);
    }
    return value;
  }
}
