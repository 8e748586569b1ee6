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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Appends the outputs of a network to rows: one predictor for each task, which takes batches of rows. */
final class Scorer implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;

  /** The rows of a batch. */
  private static final int ROWS = 256;

  private final RowReader reader;
  private final byte[] parameters;
  private final int column;
  private final Output[] outputs;

  private Scorer(RowReader reader, byte[] parameters, int column, Output... outputs) {
    this.reader = reader;
    this.parameters = parameters;
    this.column = column;
    this.outputs = outputs;
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
   * @param schema of the result: the columns of the DataFrame, then the new ones
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
        dataset.schema().fieldIndex(features),
        outputs.toArray(new Output[0]));
    return dataset.toDF().mapPartitions(scorer, Encoders.row(schema));
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
    private final Features batch =
        Features.of(reader.form().dtype(), ROWS, reader.form().inputs());
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
      List<Row> rows = new ArrayList<>(ROWS);
      while (rows.size() < ROWS && source.hasNext()) {
        Row row = source.next();
        String problem = reader.problem(row.get(column));
        if (problem != null) {
          throw new IllegalArgumentException("a row to score: " + problem);
        }
        batch.set(rows.size(), (Vector) row.get(column));
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
