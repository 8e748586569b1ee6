package dev.gradpoet.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A regressor of spark.ml that trains a generated network on a cluster, as {@link GradpoetClassifier} does.
 *
 * <p>The network has one input of numbers, as many as a vector of features has values, one output, and a loss of regression, such as {@code MSE} or {@code HUBER}. Labels are finite numbers.
 */
public final class GradpoetRegressor
    extends Regressor<Vector, GradpoetRegressor, GradpoetRegressionModel>
    implements TrainingParams<GradpoetRegressor>, DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  // no initializer: it would run after the constructor of the superclass, which already asks for it
  private String uid;

  /** A regressor with a random uid. */
  public GradpoetRegressor() {
    this(Identifiable$.MODULE$.randomUID("gradpoetRegressor"));
  }

  /**
   * A regressor with a uid.
   *
   * @param uid the name of this stage
   */
  public GradpoetRegressor(String uid) {
    this(StageUid.of(uid));
  }

  private GradpoetRegressor(StageUid pending) {
    uid();
    pending.close();
    Estimation.setDefaults(this);
  }

  @Override
  public String uid() {
    if (uid == null) {
      uid = StageUid.pending();
    }
    return uid;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireFeatures(schema, getFeaturesCol(), form().inputs());
    Columns.requireLabel(schema, getLabelCol());
    return super.transformSchema(schema);
  }

  /**
   * Trains the network.
   *
   * @throws IllegalArgumentException if the network, a param or a row does not fit
   */
  @Override
  public GradpoetRegressionModel train(Dataset<?> dataset) {
    SparkTraining.Result result =
        Estimation.run(this, form(), dataset, getFeaturesCol(), getLabelCol());
    return new GradpoetRegressionModel(
        Identifiable$.MODULE$.randomUID("gradpoetRegressor"), result.model(), result.losses());
  }

  private NetworkForm form() {
    return NetworkForm.ofRegressor(getNetwork(), Estimation.network(this));
  }

  @Override
  public GradpoetRegressor copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads a regressor that was saved. */
  public static MLReader<GradpoetRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a regressor that was saved.
   *
   * @param path as for {@code save}
   */
  public static GradpoetRegressor load(String path) {
    return read().load(path);
  }
}
