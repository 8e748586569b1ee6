package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.LaidOut;
import dev.gradpoet.processor.shape.Shape;
import java.util.List;
import java.util.Optional;

/** An operation of the forward graph, which reads values and computes one. */
public sealed interface Op {

  /** The values that it reads, in order; a value may occur twice. */
  List<Value> inputs();

  /** The value that it computes. */
  Value output();

  /** This operation if it is an activation, otherwise empty. */
  default Optional<Activate> activation() {
    return Optional.empty();
  }

  /** The value that it passes on as it is, if it computes nothing. */
  default Optional<Value> unchanged() {
    return Optional.empty();
  }

  /** Whether it has trainable parameters. */
  default boolean hasParameters() {
    return false;
  }

  /** Calls the case of this kind of operation. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of operation: a new kind does not compile until every stage handles it. */
  interface Cases<T> {
    T linear(Linear op);

    T add(Add op);

    T mul(Mul op);

    T concat(Concat op);

    T layerNorm(LayerNorm op);

    T batchNorm(BatchNorm op);

    T normalization(Normalization op);

    T dropout(Dropout op);

    T prelu(PRelu op);

    T identity(Identity op);

    T reshape(Reshape op);

    T window(Window op);

    T embedding(Embedding op);

    T convolution(Convolution op);

    T activate(Activate op);
  }

  /** An operation that reads one value. */
  sealed interface Unary extends Op {

    /** The value that it reads. */
    Value input();

    @Override
    default List<Value> inputs() {
      return List.of(input());
    }
  }

  /**
   * {@code output = input W^T + b}.
   *
   * @param weight PyTorch's shape of the weight, {@code [out, in]}; of a convolution of one position {@code [out, in, 1...]}
   */
  record Linear(Value input, Value output, Shape weight, boolean bias) implements Unary {
    @Override
    public boolean hasParameters() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linear(this);
    }
  }

  /** {@code output = inputs[0] + inputs[1] + ...}, all of the same shape. */
  record Add(List<Value> inputs, Value output) implements Op {
    public Add {
      inputs = List.copyOf(inputs);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.add(this);
    }
  }

  /** {@code output = inputs[0] * inputs[1] * ...}, all of the same shape. */
  record Mul(List<Value> inputs, Value output) implements Op {
    public Mul {
      inputs = List.copyOf(inputs);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mul(this);
    }
  }

  /** {@code output = [inputs[0], inputs[1], ...]}, the concatenation of its inputs. */
  record Concat(List<Value> inputs, Value output) implements Op {
    public Concat {
      inputs = List.copyOf(inputs);
    }

    /** The index in the output row at which an operand begins. */
    public int offset(int operand) {
      return inputs.subList(0, operand).stream().mapToInt(Value::width).sum();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concat(this);
    }
  }

  /** {@code output = (input - mean) / sqrt(variance + eps)}, times a weight and plus a bias if it is affine. */
  sealed interface Norm extends Unary {

    /** The shape of its weight and its bias. */
    Shape normalized();

    /** Whether it has a weight and a bias. */
    boolean affine();

    /** The map that it normalizes channel by channel; otherwise it normalizes rows, or each value of a row. */
    default Optional<LaidOut> map() {
      return Optional.empty();
    }

    @Override
    default boolean hasParameters() {
      return affine();
    }
  }

  /** A norm with the mean and the variance of each row. */
  record LayerNorm(Value input, Value output, Shape normalized, double eps, boolean affine)
      implements Norm {

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNorm(this);
    }
  }

  /** A norm with the mean and the variance of each value or channel over the batch, or with the running ones in inference. */
  record BatchNorm(
      Value input, Value output, Optional<LaidOut> map, double eps, double momentum, boolean affine)
      implements Norm {
    @Override
    public Shape normalized() {
      return Shape.of(map.map(of -> of.shape().first()).orElse(output.width()));
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.batchNorm(this);
    }
  }

  /**
   * {@code output = (input - mean) / std}, of samples that are one row in row-major order.
   *
   * @param features the number of means: of values, or of channels
   * @param mean the initial means; empty for zeros
   * @param std the initial deviations; empty for ones
   */
  record Normalization(Value input, Value output, int features, List<Double> mean, List<Double> std)
      implements Unary {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.normalization(this);
    }
  }

  /** {@code output = input * mask} in training, with factors of 0 or {@code 1 / (1 - p)}; {@code output = input} in inference. */
  record Dropout(double p, Value input, Value output) implements Unary {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropout(this);
    }
  }

  /**
   * {@code output = input > 0 ? input : weight input}.
   *
   * @param slopes how many values the weight has: one for all values of a row, or one for each
   */
  record PRelu(Value input, Value output, int slopes) implements Unary {
    @Override
    public boolean hasParameters() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.prelu(this);
    }
  }

  /** {@code output = input}: of a layer that is an activation alone. Other layers may read its input, but nothing reads its output except the activation. */
  record Identity(Value input, Value output) implements Unary {
    @Override
    public Optional<Value> unchanged() {
      return Optional.of(input);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.identity(this);
    }
  }

  /** An operation on windows. */
  record Window(WindowOp what, Value input, Value output) implements Unary {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.window(this);
    }
  }

  /**
   * {@code output[j] = weight[input[j]]}, a row of the weight for each index, one after the other.
   *
   * @param classes the number of rows of the weight
   * @param dim the number of values in such a row
   */
  record Embedding(Value input, Value output, int classes, int dim) implements Unary {

    /** The number of indices of a sample. */
    public int count() {
      return input.width();
    }

    @Override
    public boolean hasParameters() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.embedding(this);
    }
  }

  /**
   * {@code output = input * weight + b}, of an input with its padding.
   *
   * @param weight PyTorch's shape of the weight, {@code [out, channels / groups, kernel...]}
   */
  record Convolution(Convolving what, Value input, Value output, Shape weight, boolean bias)
      implements Unary {
    @Override
    public boolean hasParameters() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.convolution(this);
    }
  }

  /** {@code output = input}, in another number of rows: one row a sample becomes several, or the other way round. */
  record Reshape(Value input, Value output) implements Unary {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.reshape(this);
    }
  }

  /** {@code output = function(input)}. */
  record Activate(ActivationOp function, Value input, Value output) implements Unary {
    @Override
    public Optional<Activate> activation() {
      return Optional.of(this);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activate(this);
    }
  }
}
