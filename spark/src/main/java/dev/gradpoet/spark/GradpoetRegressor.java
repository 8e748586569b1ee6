package dev.gradpoet.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * A regressor of spark.ml that trains a generated network on a cluster, as {@link GradpoetClassifier} does.
 *
 * <p>The network has one input of numbers, as many as a vector of features has values, one output, and a loss of regression, such as {@code MSE} or {@code HUBER}. Labels are finite numbers.
 */
public final class GradpoetRegressor
    extends Regressor<Vector, GradpoetRegressor, GradpoetRegressionModel>
    implements TrainingParams<GradpoetRegressor>, NetworkParams, DefaultParamsWritable, MLWritable {

  // two of the interfaces are superinterfaces of the others, too: Py4J, and so PySpark, finds no
  // default method that is further away

  private static final long serialVersionUID = 1;

  private final String uid;

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
    this(StageUid.pending(uid));
  }

  private GradpoetRegressor(StageUid pending) {
    uid = pending.take();
    Estimation.setDefaults(this);
  }

  @Override
  public String uid() {
    return StageUid.or(uid);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Estimation.require(this, form(), schema);
    return super.transformSchema(schema);
  }

  /**
   * Trains the network.
   *
   * @throws IllegalArgumentException if the network, a param or a row does not fit
   * @throws IllegalStateException if the job was cancelled, the thread was interrupted, rows that were computed again are not the same, or too many tasks were lost
   */
  @Override
  public GradpoetRegressionModel train(Dataset<?> dataset) {
    SparkTraining.Result result = Estimation.run(this, form(), dataset);
    return new GradpoetRegressionModel(
        Identifiable$.MODULE$.randomUID("gradpoetRegressor"),
        TrainedNetwork.ofRegressor(result.model(), result.losses()));
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
