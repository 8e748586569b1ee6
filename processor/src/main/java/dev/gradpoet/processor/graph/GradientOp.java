package dev.gradpoet.processor.graph;

import java.util.Optional;

/**
 * An operation of the backward pass. Each value {@code v} of the graph has a gradient {@code dv}; the gradient of the output is given, and every
 * other is the sum of the contributions of these operations.
 */
public sealed interface GradientOp {

  /** Whether it contributes to the gradient of a value. */
  default boolean contributesTo(Value value) {
    return false;
  }

  /** Whether its kernel can apply the derivative of an activation to each row that it completes. */
  default boolean fuses() {
    return true;
  }

  /** The activation that it differentiates, if there is one. */
  default Optional<Op.Activate> activation() {
    return Optional.empty();
  }

  /** Calls the case of this kind of operation. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of operation. */
  interface Cases<T> {
    T weight(Weight op);

    T bias(Bias op);

    T throughLinear(ThroughLinear op);

    T kernel(Kernel op);

    T throughConvolution(ThroughConvolution op);

    T throughAdd(ThroughAdd op);

    T throughMul(ThroughMul op);

    T throughConcat(ThroughConcat op);

    T affine(Affine op);

    T throughLayerNorm(ThroughLayerNorm op);

    T throughBatchNorm(ThroughBatchNorm op);

    T throughNormalization(ThroughNormalization op);

    T throughDropout(ThroughDropout op);

    T slope(Slope op);

    T throughPRelu(ThroughPRelu op);

    T throughIdentity(ThroughIdentity op);

    T throughReshape(ThroughReshape op);

    T throughWindow(ThroughWindow op);

    T table(Table op);

    T throughActivation(ThroughActivation op);
  }

  /** An operation that contributes to the gradient of a value. */
  sealed interface Contribution extends GradientOp {

    /** The operation that it differentiates. */
    Op op();

    /** Which of the values that this operation reads. */
    default int operand() {
      return 0;
    }

    /** The value whose gradient it contributes to. */
    default Value target() {
      return op().inputs().get(operand());
    }

    /** The value whose gradient it reads. */
    default Value source() {
      return op().output();
    }

    /** Whether it is the first contribution: it sets the gradient, and the others accumulate. */
    boolean first();

    @Override
    default boolean contributesTo(Value value) {
      return target().equals(value);
    }
  }

  /** {@code dW += dy^T x}, summed over the rows in order. */
  record Weight(Op.Linear op) implements GradientOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.weight(this);
    }
  }

  /** {@code db += dy}, summed over the rows in order. */
  record Bias(Op.Linear op) implements GradientOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.bias(this);
    }
  }

  /** {@code dx = dy W}. */
  record ThroughLinear(Op.Linear op, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughLinear(this);
    }
  }

  /** {@code dW} and {@code db} of a convolution, summed over the samples and the positions in order. */
  record Kernel(Op.Convolution op) implements GradientOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.kernel(this);
    }
  }

  /** {@code dx} of a convolution, of an input with its padding. */
  record ThroughConvolution(Op.Convolution op, boolean first) implements Contribution {
    @Override
    public boolean fuses() {
      return false;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughConvolution(this);
    }
  }

  /** {@code dx = dy} for one operand of an {@link Op.Add}. */
  record ThroughAdd(Op.Add op, int operand, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughAdd(this);
    }
  }

  /** {@code dx = dy} times the other operands, for one operand of an {@link Op.Mul}. */
  record ThroughMul(Op.Mul op, int operand, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughMul(this);
    }
  }

  /** {@code dx} = the slice of {@code dy} that belongs to one operand. */
  record ThroughConcat(Op.Concat op, int operand, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughConcat(this);
    }
  }

  /** {@code dw += dy * normalized} and {@code db += dy} of a norm, each summed over the rows in order. */
  record Affine(Op.Norm op) implements GradientOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.affine(this);
    }
  }

  /** {@code dx} of a layer norm; each value of a row depends on all values of the row. */
  record ThroughLayerNorm(Op.LayerNorm op, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughLayerNorm(this);
    }
  }

  /** {@code dx} of a batch norm, in which each value of a sample depends on that of all samples. */
  record ThroughBatchNorm(Op.BatchNorm op, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughBatchNorm(this);
    }
  }

  /** {@code dx = dy / std}. */
  record ThroughNormalization(Op.Normalization op, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughNormalization(this);
    }
  }

  /** {@code dx = dy * mask}. */
  record ThroughDropout(Op.Dropout op, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughDropout(this);
    }
  }

  /** {@code dw += x dy} of a PReLU where x is not above 0, summed over the rows in order; of a single slope, then over the values. */
  record Slope(Op.PRelu op) implements GradientOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.slope(this);
    }
  }

  /** {@code dx = dy} where x is above 0, else {@code w dy}. */
  record ThroughPRelu(Op.PRelu op, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughPRelu(this);
    }
  }

  /** {@code dx = dy}, behind the derivative of the activation. */
  record ThroughIdentity(Op.Identity op, boolean first) implements Contribution {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughIdentity(this);
    }
  }

  /** {@code dx} of an operation on windows. */
  record ThroughWindow(Op.Window op, boolean first) implements Contribution {
    @Override
    public boolean fuses() {
      return false;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughWindow(this);
    }
  }

  /** {@code dW[x[j]] += dy[j]}, summed over the samples and their indices in order. */
  record Table(Op.Embedding op) implements GradientOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.table(this);
    }
  }

  /** {@code dx = dy}, in the other number of rows. */
  record ThroughReshape(Op.Reshape op, boolean first) implements Contribution {
    @Override
    public boolean fuses() {
      return false;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughReshape(this);
    }
  }

  /** {@code dx = f'(..) dy}; nothing else reads the input of an activation, so this is its whole gradient. */
  record ThroughActivation(Op.Activate op) implements GradientOp {
    @Override
    public Optional<Op.Activate> activation() {
      return Optional.of(op);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.throughActivation(this);
    }
  }
}
