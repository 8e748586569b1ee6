package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What both models are made of: a network, its form, and the losses of its training. Java's serialization writes the network as the name of its class and its tensors: models of
 * spark.ml may be part of a user's function.
 */
final class TrainedNetwork implements Serializable {

  private static final long serialVersionUID = 1;

  private final transient Model model;
  private final transient NetworkForm form;
  private final transient double[] losses;

  /**
   * A network, or none.
   *
   * @param form of the network; null without one
   * @param losses the mean training loss of each epoch; none of a model that was loaded
   */
  TrainedNetwork(Model model, NetworkForm form, double... losses) {
    this.model = model;
    this.form = form;
    this.losses = losses;
  }

  /** Of a stage of which only the params are read. */
  static TrainedNetwork none() {
    return new TrainedNetwork(null, null);
  }

  static TrainedNetwork ofClassifier(Model model, double... losses) {
    return new TrainedNetwork(
        model, NetworkForm.ofClassifier(model.getClass().getName(), model), losses);
  }

  static TrainedNetwork ofRegressor(Model model, double... losses) {
    return new TrainedNetwork(
        model, NetworkForm.ofRegressor(model.getClass().getName(), model), losses);
  }

  Model model() {
    return model;
  }

  NetworkForm form() {
    return form;
  }

  double[] losses() {
    return losses.clone();
  }

  /** Appends the columns of a schema that a DataFrame does not have, none if there are no outputs. */
  Dataset<Row> append(
      Dataset<?> dataset, String features, StructType schema, List<Scorer.Output> outputs) {
    return outputs.isEmpty()
        ? dataset.toDF()
        : Scorer.append(dataset, form, model, features, schema, outputs);
  }

  /**
   * The outputs for one vector of features.
   *
   * @throws IllegalArgumentException if it is null or has another length than the network's input
   */
  double[] outputs(Vector features) {
    String problem = new RowReader(form, "features").problem(features);
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    Features row = Features.of(form.dtype(), 1, form.inputs());
    row.set(0, features);
    return model.forward(row.tensor(1)).toDoubleArray();
  }

  /** The probabilities of the outputs for one vector. */
  double[] probabilities(double... outputs) {
    try (Predictor predictor = model.predictor()) {
      Tensor tensor = Tensor.of(outputs, 1, outputs.length).to(form.dtype());
      return predictor.probabilitiesOf(tensor).toDoubleArray();
    }
  }

  private Object writeReplace() {
    return new Form(form, TensorBytes.write(TensorBytes.live(model)), losses);
  }

  /** What is written. */
  private record Form(NetworkForm form, byte[] tensors, double[] losses) implements Serializable {

    private Object readResolve() {
      Model model = NetworkClass.of(form.name()).create(new Generator());
      TensorBytes.restore(model, TensorBytes.read(tensors));
      return new TrainedNetwork(model, form, losses);
    }
  }
}
