package dev.gradpoet.spark;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of training.
 *
 * @param <T> the estimator
 */
public interface TrainingParams<T extends TrainingParams<T>> extends NetworkParams {

  /** The name of the column of features, which Spark's rules resolve: the case counts only if {@code spark.sql.caseSensitive} says so, and {@code a.b} is a field of a struct. */
  String getFeaturesCol();

  /** The name of the column of labels: a top-level column, matched exactly, without a dot. */
  String getLabelCol();

  /** The number of epochs, at least 0 (default: 10). */
  default IntParam maxIter() {
    return new IntParam(uid(), "maxIter", "number of epochs (>= 0)", ParamValidators.gtEq(0));
  }

  /** The learning rate, above 0 (default: 0.001). */
  default DoubleParam stepSize() {
    return new DoubleParam(uid(), "stepSize", "learning rate (> 0)", ParamValidators.gt(0));
  }

  /** The seed of the initial parameters, of the order of the rows and of dropout (default: a number that depends on the class of the estimator). */
  default LongParam seed() {
    return new LongParam(uid(), "seed", "seed of initial parameters, orders and dropout");
  }

  /** The number of rows of a step, on all executors together, at least {@link #numShards} (default: 256). */
  default IntParam batchSize() {
    return new IntParam(
        uid(),
        "batchSize",
        "rows of a step on all executors together (>= numShards)",
        ParamValidators.gtEq(1));
  }

  /**
   * The number of shards, into which the rows are cut and whose gradients are computed independently, at least 1 (default: 4): the most tasks that can share the work. The
   * bits of the model depend on it, and not on the number of tasks.
   */
  default IntParam numShards() {
    return new IntParam(
        uid(),
        "numShards",
        "independent parts of each step, the most tasks that can share the work (>= 1); results depend on it, not on the number of executors",
        ParamValidators.gtEq(1));
  }

  /** The optimizer as it is created in Java, with {@code stepSize} for the learning rate (default: {@code Adam.of(stepSize)}). */
  default Param<String> optimizer() {
    return new Param<>(
        uid(),
        "optimizer",
        "optimizer: Sgd, Adam, AdamW, RmsProp or Adagrad, with options as in Sgd.of(stepSize).momentum(0.9)",
        String.class);
  }

  /** The number of epochs after which the driver takes a checkpoint, from which a run goes on if an executor is lost; at least 1, or -1 for none (default: 10). */
  default IntParam checkpointInterval() {
    return new IntParam(
        uid(),
        "checkpointInterval",
        "epochs between checkpoints, which the driver keeps in memory (>= 1), or -1 for none",
        ParamValidators.gtEq(-1));
  }

  /** Sets the generated class of the network, such as {@code DigitsNetwork.class}. */
  default T setNetwork(Class<? extends Model> network) {
    return setNetwork(network.getName());
  }

  /** Sets the binary name of the generated class of the network. */
  default T setNetwork(String network) {
    set(network(), network);
    return self();
  }

  /** Sets {@link #maxIter}. */
  default T setMaxIter(int value) {
    set(maxIter(), value);
    return self();
  }

  /** Sets {@link #stepSize}. */
  default T setStepSize(double value) {
    set(stepSize(), value);
    return self();
  }

  /** Sets {@link #seed}. */
  default T setSeed(long value) {
    set(seed(), value);
    return self();
  }

  /** Sets {@link #batchSize}. */
  default T setBatchSize(int value) {
    set(batchSize(), value);
    return self();
  }

  /** Sets {@link #numShards}. */
  default T setNumShards(int value) {
    set(numShards(), value);
    return self();
  }

  /**
   * Sets {@link #optimizer}.
   *
   * @throws IllegalArgumentException if the text names no optimizer, an unknown option or a value out of its range
   */
  default T setOptimizer(String value) {
    OptimizerText.parse(value, getStepSize());
    set(optimizer(), value);
    return self();
  }

  /** Sets {@link #optimizer}, and {@link #stepSize} to its learning rate. */
  default T setOptimizer(Optimizer value) {
    setStepSize(value.learningRate());
    return setOptimizer(OptimizerText.of(value));
  }

  /** Sets {@link #checkpointInterval}. */
  default T setCheckpointInterval(int value) {
    set(checkpointInterval(), value);
    return self();
  }

  /** The number of epochs. */
  default int getMaxIter() {
    return (Integer) getOrDefault(maxIter());
  }

  /** The learning rate. */
  default double getStepSize() {
    return (Double) getOrDefault(stepSize());
  }

  /** The seed. */
  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /** The number of rows of a step. */
  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /** The number of shards. */
  default int getNumShards() {
    return (Integer) getOrDefault(numShards());
  }

  /** The optimizer as text. */
  default String getOptimizer() {
    return getOrDefault(optimizer());
  }

  /** The number of epochs between checkpoints. */
  default int getCheckpointInterval() {
    return (Integer) getOrDefault(checkpointInterval());
  }

  @SuppressWarnings("unchecked")
  private T self() {
    return (T) this;
  }
}
