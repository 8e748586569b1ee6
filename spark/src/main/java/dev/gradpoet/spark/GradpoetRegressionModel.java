package dev.gradpoet.spark;

import dev.gradpoet.runtime.Model;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A network that a {@link GradpoetRegressor} has trained: it appends the column {@code prediction}, and is saved as spark.ml's metadata and {@code model.safetensors}. */
public final class GradpoetRegressionModel extends RegressionModel<Vector, GradpoetRegressionModel>
    implements NetworkParams, MLWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final TrainedNetwork network;

  GradpoetRegressionModel(String uid, TrainedNetwork network) {
    this(StageUid.pending(uid), network);
  }

  private GradpoetRegressionModel(StageUid pending, TrainedNetwork network) {
    this.uid = pending.take();
    this.network = network;
  }

  @Override
  public String uid() {
    return StageUid.or(uid);
  }

  /** The trained network itself: what is written to its parameters is what the model computes with. */
  public Model model() {
    return network.model();
  }

  /** The mean training loss of each epoch; empty for a model that was loaded. */
  public double[] objectiveHistory() {
    return network.losses();
  }

  @Override
  public int numFeatures() {
    return network.form().inputs();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireFeatures(schema, getFeaturesCol(), network.form().inputs());
    return super.transformSchema(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    List<Scorer.Output> outputs =
        getPredictionCol().isEmpty() ? List.of() : List.of((values, none) -> values[0]);
    return network.append(dataset, getFeaturesCol(), schema, outputs);
  }

  /**
   * The prediction for one vector of features.
   *
   * @throws IllegalArgumentException if it is null or has another length than the network's input
   */
  @Override
  public double predict(Vector features) {
    return network.outputs(features)[0];
  }

  @Override
  public GradpoetRegressionModel copy(ParamMap extra) {
    GradpoetRegressionModel copy = new GradpoetRegressionModel(uid, network);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this, model());
  }

  /** Reads a model that was saved. */
  public static MLReader<GradpoetRegressionModel> read() {
    return new ModelFiles.Reader<>(
        GradpoetRegressionModel.class,
        uid -> new GradpoetRegressionModel(uid, TrainedNetwork.none()),
        (uid, model) -> new GradpoetRegressionModel(uid, TrainedNetwork.ofRegressor(model)));
  }

  /**
   * Reads a model that was saved.
   *
   * @param path as for {@code save}
   */
  public static GradpoetRegressionModel load(String path) {
    return read().load(path);
  }
}
