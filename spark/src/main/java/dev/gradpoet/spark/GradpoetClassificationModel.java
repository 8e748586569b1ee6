package dev.gradpoet.spark;

import dev.gradpoet.runtime.Model;
import java.util.List;
import java.util.stream.Stream;
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
 *
 * <p>The raw prediction is the outputs of the network, one for each class. Two logits a and b of {@code CROSS_ENTROPY} give ((a - b) / 2, (b - a) / 2), one logit z gives (-z, z), and one probability p gives (1 - p, p):
 * the second number ranks rows as the probability of class 1 does, which is what BinaryClassificationEvaluator needs.
 */
public final class GradpoetClassificationModel
    extends ProbabilisticClassificationModel<Vector, GradpoetClassificationModel>
    implements NetworkParams, MLWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final TrainedNetwork network;

  /** Found once, because a row at a time may be scored; null before. */
  private transient Classes.Outputs kind;

  GradpoetClassificationModel(String uid, TrainedNetwork network) {
    this(StageUid.pending(uid), network);
  }

  private GradpoetClassificationModel(StageUid pending, TrainedNetwork network) {
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
  public int numClasses() {
    return network.form().classes();
  }

  /** The schema of {@link #transform}: that of the DataFrame, and then the new columns. */
  @Override
  public StructType transformSchema(StructType schema) {
    Columns.requireFeatures(schema, getFeaturesCol(), network.form().inputs());
    StructType all = super.transformSchema(schema);
    StructType ordered = schema;
    for (String column : columns()) {
      ordered = ordered.add(all.apply(column));
    }
    return ordered;
  }

  /** The new columns in the order in which spark.ml's own models append them, which is not that of their schemas. */
  private List<String> columns() {
    return Stream.of(getRawPredictionCol(), getProbabilityCol(), getPredictionCol())
        .filter(column -> !column.isEmpty())
        .toList();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Classes.requireThresholds(this, numClasses());
    StructType schema = transformSchema(dataset.schema(), true);
    Classes classes = classes();
    List<Scorer.Output> outputs =
        columns().stream().map(column -> output(column, classes)).toList();
    return network.append(dataset, getFeaturesCol(), schema, outputs);
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
    if (kind == null) {
      kind = kind();
    }
    return new Classes(kind, isDefined(thresholds()) ? getThresholds() : null);
  }

  private Classes.Outputs kind() {
    if (network.form().target() == Target.BINARY) {
      return network.probabilities(0.25)[0] == 0.25
          ? Classes.Outputs.PROBABILITY
          : Classes.Outputs.LOGIT;
    }
    // a softmax, unlike the exponentials of NLL, makes halves of two zeros
    return numClasses() == 2 && network.probabilities(0, 0)[0] == 0.5
        ? Classes.Outputs.TWO_LOGITS
        : Classes.Outputs.EACH;
  }

  /**
   * The raw prediction of one vector of features.
   *
   * @throws IllegalArgumentException if it is null or has another length than the network's input
   */
  @Override
  public Vector predictRaw(Vector features) {
    return classes().raw(network.outputs(features));
  }

  /**
   * The probability of each class for one vector of features.
   *
   * @throws IllegalArgumentException if it is null or has another length than the network's input
   */
  @Override
  public Vector predictProbability(Vector features) {
    // not from the raw prediction, whose bits may differ from those of the outputs
    return classes().probabilities(network.probabilities(network.outputs(features)));
  }

  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    double[] values = ((DenseVector) raw).values();
    double[] outputs = network.form().target() == Target.BINARY ? new double[] {values[1]} : values;
    double[] probabilities =
        classes().probabilities(network.probabilities(outputs)).toArray();
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
    GradpoetClassificationModel copy = new GradpoetClassificationModel(uid, network);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this, model());
  }

  /** Reads a model that was saved. */
  public static MLReader<GradpoetClassificationModel> read() {
    return new ModelFiles.Reader<>(
        GradpoetClassificationModel.class,
        uid -> new GradpoetClassificationModel(uid, TrainedNetwork.none()),
        (uid, model) -> new GradpoetClassificationModel(uid, TrainedNetwork.ofClassifier(model)));
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
