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

  // no initializer: it would run after the constructor of the superclass, which already asks for it
  private String uid;

  private final Trained trained;
  private final NetworkForm form;
  private final double[] losses;

  GradpoetRegressionModel(String uid, Model model, double... losses) {
    this(StageUid.of(uid), model, losses);
  }

  private GradpoetRegressionModel(StageUid pending, Model model, double... losses) {
    uid();
    pending.close();
    this.trained = new Trained(model);
    this.form = model == null ? null : NetworkForm.ofRegressor(model.getClass().getName(), model);
    this.losses = losses;
  }

  @Override
  public String uid() {
    if (uid == null) {
      uid = StageUid.pending();
    }
    return uid;
  }

  /** The trained network itself: what is written to its parameters is what the model computes with. */
  public Model model() {
    return trained.model();
  }

  /** The mean training loss of each epoch; empty for a model that was loaded. */
  public double[] objectiveHistory() {
    return losses.clone();
  }

  @Override
  public int numFeatures() {
    return form.inputs();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireFeatures(schema, getFeaturesCol(), form.inputs());
    return super.transformSchema(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    return Scorer.append(
        dataset, form, model(), getFeaturesCol(), schema, List.of((outputs, none) -> outputs[0]));
  }

  /**
   * The prediction for one vector of features.
   *
   * @throws IllegalArgumentException if it is null or has another length than the network's input
   */
  @Override
  public double predict(Vector features) {
    String problem = new RowReader(form, "features").problem(features);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    Features row = Features.of(form.dtype(), 1, form.inputs());
    row.set(0, features);
    return model().forward(row.tensor(1)).toDoubleArray()[0];
  }

  @Override
  public GradpoetRegressionModel copy(ParamMap extra) {
    GradpoetRegressionModel copy = new GradpoetRegressionModel(uid, model(), losses);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this, model());
  }

  /** Reads a model that was saved. */
  public static MLReader<GradpoetRegressionModel> read() {
    return new ModelFiles.Reader<>(GradpoetRegressionModel.class, GradpoetRegressionModel::new);
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
