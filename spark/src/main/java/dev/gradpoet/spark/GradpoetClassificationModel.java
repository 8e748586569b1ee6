package dev.gradpoet.spark;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple3;

/**
 * A network that a {@link GradpoetClassifier} has trained: it appends the columns {@code rawPrediction}, {@code probability} and {@code prediction}. Scoring takes batches of rows, with a predictor for each
 * task. It is saved as spark.ml's metadata and {@code model.safetensors}.
 */
public final class GradpoetClassificationModel
    extends ProbabilisticClassificationModel<Vector, GradpoetClassificationModel>
    implements NetworkParams, MLWritable {

  private static final long serialVersionUID = 1;

  // no initializer: it would run after the constructor of the superclass, which already asks for it
  private String uid;

  private final Trained trained;
  private final NetworkForm form;
  private final double[] losses;

  GradpoetClassificationModel(String uid, Model model, double... losses) {
    this(StageUid.of(uid), model, losses);
  }

  private GradpoetClassificationModel(StageUid pending, Model model, double... losses) {
    uid();
    pending.close();
    this.trained = new Trained(model);
    this.form = model == null ? null : NetworkForm.ofClassifier(model.getClass().getName(), model);
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
  public int numClasses() {
    return form.classes();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireFeatures(schema, getFeaturesCol(), form.inputs());
    return super.transformSchema(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    Classes classes = classes();
    List<Scorer.Output> outputs = new ArrayList<>();
    for (int i = dataset.schema().size(); i < schema.size(); i++) {
      outputs.add(output(schema.apply(i).name(), classes));
    }
    return Scorer.append(dataset, form, model(), getFeaturesCol(), schema, outputs);
  }

  private Scorer.Output output(String column, Classes classes) {
    if (column.equals(getRawPredictionCol())) {
      return (outputs, probabilities) -> classes.raw(outputs);
    }
    if (column.equals(getProbabilityCol())) {
      return (outputs, probabilities) -> classes.probabilities(probabilities);
    }
    return classes::prediction;
  }

  private Classes classes() {
    return new Classes(
        form.target() == Target.BINARY,
        form.target() == Target.BINARY && probability(0.25) == 0.25,
        isDefined(thresholds()) ? getThresholds() : null);
  }

  private double probability(double output) {
    return probabilitiesOf(output)[0];
  }

  private double[] probabilitiesOf(double... outputs) {
    try (Predictor predictor = model().predictor()) {
      Tensor tensor = Tensor.of(outputs, 1, outputs.length).to(form.dtype());
      return predictor.probabilitiesOf(tensor).toDoubleArray();
    }
  }

  /**
   * The raw prediction of one vector of features.
   *
   * @throws IllegalArgumentException if it is null or has another length than the network's input
   */
  @Override
  public Vector predictRaw(Vector features) {
    String problem = new RowReader(form, "features").problem(features);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    Features row = Features.of(form.dtype(), 1, form.inputs());
    row.set(0, features);
    return classes().raw(model().forward(row.tensor(1)).toDoubleArray());
  }

  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    double[] values = ((DenseVector) raw).values();
    double[] outputs = form.target() == Target.BINARY ? new double[] {values[1]} : values;
    double[] probabilities = classes().probabilities(probabilitiesOf(outputs)).toArray();
    System.arraycopy(probabilities, 0, values, 0, values.length);
    return raw;
  }

  /** Spark's, which javac finds twice: in Scala the type of an override's result may be narrower within a tuple. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  @Override
  public GradpoetClassificationModel copy(ParamMap extra) {
    GradpoetClassificationModel copy = new GradpoetClassificationModel(uid, model(), losses);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this, model());
  }

  /** Reads a model that was saved. */
  public static MLReader<GradpoetClassificationModel> read() {
    return new ModelFiles.Reader<>(
        GradpoetClassificationModel.class, GradpoetClassificationModel::new);
  }

  /**
   * Reads a model that was saved.
   *
   * @param path as for {@code save}
   */
  public static GradpoetClassificationModel load(String path) {
    return read().load(path);
  }
}
