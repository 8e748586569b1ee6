package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Appends the outputs of a network to rows: one predictor for each task, which takes batches of rows. */
final class Scorer implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  /** The most rows of a batch. */
  private static final int ROWS = 256;

  /** The most values of features in a batch, unless one row has more. */
  private static final int VALUES = 1 << 20;

  private final RowReader reader;
  private final byte[] parameters;
  private final int[] place;
  private final Output[] outputs;

  private Scorer(RowReader reader, byte[] parameters, int[] place, Output... outputs) {
    this.reader = reader;
    this.parameters = parameters;
    this.place = place;
    this.outputs = outputs;
  }

  /** The rows of a batch of vectors of some length. */
  static int rows(int inputs) {
    return Math.max(1, Math.min(ROWS, VALUES / inputs));
  }

  /** The value of one new column. */
  interface Output extends Serializable {

    /**
     * Its value for a row.
     *
     * @param outputs of the network
     * @param probabilities by its loss; null for regression
     */
    Object of(double[] outputs, double[] probabilities);
  }

  /**
   * Appends columns to a DataFrame.
   *
   * @param features the name of the column of features
   * @param schema of the result, metadata included: the columns of the DataFrame, then the new ones
   * @param outputs the values of the new columns, in the order of the schema
   */
  static Dataset<Row> append(
      Dataset<?> dataset,
      NetworkForm form,
      Model model,
      String features,
      StructType schema,
      List<Output> outputs) {
    Scorer scorer = new Scorer(
        new RowReader(form, features),
        TensorBytes.write(TensorBytes.live(model)),
        Columns.place(dataset.schema(), features),
        outputs.toArray(new Output[0]));
    Dataset<Row> scored = dataset.toDF().mapPartitions(scorer, Encoders.row(numbered(schema)));
    Column[] columns = new Column[schema.length()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = described(scored.schema().fields()[i], schema.fields()[i]);
    }
    return scored.select(columns);
  }

  /** A schema with generated names, because column names can be arbitrary and even repeat. */
  private static StructType numbered(StructType schema) {
    StructType numbered = new StructType();
    for (StructField field : schema.fields()) {
      numbered = numbered.add("column" + numbered.length(), field.dataType(), field.nullable());
    }
    return numbered;
  }

  /** A column with the name and the metadata that it has lost on its way through rows; a cast changes nothing but the metadata of nested fields. */
  private static Column described(StructField found, StructField field) {
    Column column = functions.col(found.name());
    if (!found.dataType().equals(field.dataType())) {
      column = column.cast(field.dataType());
    }
    return column.as(field.name(), field.metadata());
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Model model = NetworkClass.of(reader.form().name()).create(new Generator());
    TensorBytes.restore(model, TensorBytes.read(parameters));
    return new Scored(rows, model.predictor());
  }

  /** The rows of a partition with their new columns, computed batch by batch. */
  private final class Scored implements Iterator<Row> {

    private final Iterator<Row> source;
    private final Predictor predictor;
    private final int size = rows(reader.form().inputs());
    private final Features batch =
        Features.of(reader.form().dtype(), size, reader.form().inputs());
    private Iterator<Row> ready = List.<Row>of().iterator();

    Scored(Iterator<Row> source, Predictor predictor) {
      this.source = source;
      this.predictor = predictor;
    }

    @Override
    public boolean hasNext() {
      if (!ready.hasNext() && source.hasNext()) {
        ready = score().iterator();
      }
      return ready.hasNext();
    }

    @Override
    public Row next() {
      hasNext();
      return ready.next();
    }

    private List<Row> score() {
      List<Row> rows = new ArrayList<>(size);
      while (rows.size() < size && source.hasNext()) {
        Row row = source.next();
        Object features = Columns.value(row, place);
        String problem = reader.problem(features);
        if (problem != null) {
          throw new IllegalArgumentException("a row to score: " + problem);
        }
        batch.set(rows.size(), (Vector) features);
        rows.add(row);
      }
      Tensor tensor = predictor.forward(batch.tensor(rows.size()));
      double[] values = tensor.toDoubleArray();
      double[] probabilities = reader.form().target() == Target.NUMBER
          ? null
          : predictor.probabilitiesOf(tensor).toDoubleArray();
      for (int i = 0; i < rows.size(); i++) {
        rows.set(i, appended(rows.get(i), part(values, i), part(probabilities, i)));
      }
      return rows;
    }

    private double[] part(double[] values, int row) {
      int width = reader.form().outputs();
      return values == null ? null : Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    private Row appended(Row row, double[] values, double[] probabilities) {
      Object[] columns = new Object[row.size() + outputs.length];
      for (int i = 0; i < row.size(); i++) {
        columns[i] = row.get(i);
      }
      for (int i = 0; i < outputs.length; i++) {
        columns[row.size() + i] = outputs[i].of(values, probabilities);
      }
      return RowFactory.create(columns);
    }
  }
}
