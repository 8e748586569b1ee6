package dev.gradpoet.spark;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Reads rows of a features column and, in training, a label column, and says what is wrong with one.
 *
 * @param form of the network
 * @param features the name of the column of features
 */
record RowReader(NetworkForm form, String features) implements Serializable {

  private static final int SHOWN = 100;

  /** What is wrong with the features and the label of a row, the first two columns; null if nothing is. */
  String problem(Row row) {
    String problem = problem(row.get(0));
    if (problem != null) {
      return problem;
    }
    for (double value : ((Vector) row.get(0)).toArray()) {
      if (!form.holds(value)) {
        return features + " has the value " + value + " in " + shown(row.get(0)) + ", expected "
            + form.numbers()
            + (Double.isNaN(value)
                ? ": drop or impute such rows first, by VectorAssembler.setHandleInvalid(\"skip\") or Imputer"
                : ": filter out such rows, or scale the column"
                    + (Double.isFinite(value) ? ", or declare FLOAT64" : ""));
      }
    }
    return row.isNullAt(1)
        ? "the label is null, expected a number: drop such rows first, by na().drop()"
        : form.target().problem(row.getDouble(1), form);
  }

  /** What is wrong with features, null included, that keeps the network from reading them; null if nothing is. */
  String problem(Object value) {
    if (value == null) {
      return features + " is null, expected a vector of " + form.inputs()
          + " values: drop such rows first, by na().drop()";
    }
    Vector vector = (Vector) value;
    return vector.size() == form.inputs()
        ? null
        : features + " has " + vector.size() + " values, " + shown(vector) + ", expected "
            + form.inputs() + ", the inputs of the network " + form.name();
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
