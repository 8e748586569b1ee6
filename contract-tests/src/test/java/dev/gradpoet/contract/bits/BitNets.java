package dev.gradpoet.contract.bits;

import dev.gradpoet.Activate;
import dev.gradpoet.Activation;
import dev.gradpoet.ActivationOptions;
import dev.gradpoet.Add;
import dev.gradpoet.AvgPool2d;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.Concat;
import dev.gradpoet.Conv1d;
import dev.gradpoet.Conv2d;
import dev.gradpoet.DType;
import dev.gradpoet.Dropout;
import dev.gradpoet.Embedding;
import dev.gradpoet.Flatten;
import dev.gradpoet.GlobalAvgPool;
import dev.gradpoet.Input;
import dev.gradpoet.LayerNorm;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.LossOptions;
import dev.gradpoet.MaxPool1d;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Mul;
import dev.gradpoet.Network;
import dev.gradpoet.PRelu;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Layer;

/**
 * The networks whose bits are pinned: a network for each loss, and between them every activation; layers of one tile and of several, narrow and wide,
 * long sums of few outputs, branches and merges, and one in double.
 */
final class BitNets {

  private BitNets() {}

  /** Wide enough for tiles of four vectors. */
  @Network(input = 9, loss = Loss.CROSS_ENTROPY)
  @LossOptions(labelSmoothing = 0.1)
  interface CrossEntropy {
    @Linear(out = 66, activation = Activation.RELU)
    Layer first();

    @Linear(out = 18, activation = Activation.TANH)
    Layer second();

    @Linear(out = 5)
    Layer third();
  }

  /** Its last layer sums over sixteen chains. */
  @Network(input = 5, loss = Loss.MSE)
  interface Mse {
    @Linear(out = 12, activation = Activation.GELU)
    Layer first();

    @Linear(out = 34, activation = Activation.SILU)
    Layer second();

    @Linear(out = 1)
    Layer third();
  }

  /** A residual connection, a branch and a Concat. */
  @Network(input = 6, loss = Loss.L1)
  interface L1 {
    @Linear(out = 17, activation = Activation.MISH)
    Layer first();

    @Linear(out = 17, bias = false, activation = Activation.GELU_TANH)
    Layer second();

    @Add(
        from = {"first", "second"},
        activation = Activation.SOFTSIGN)
    Layer residual();

    @Concat(
        from = {"residual", "input", "first"},
        activation = Activation.HARD_SWISH)
    Layer joined();

    @Linear(out = 3)
    Layer result();
  }

  /** The exponential linear units. */
  @Network(input = 7, loss = Loss.SMOOTH_L1)
  @LossOptions(beta = 0.5)
  interface SmoothL1 {
    @Linear(out = 18, activation = Activation.ELU)
    Layer first();

    @Linear(out = 17, activation = Activation.SELU)
    Layer second();

    @Linear(out = 16, activation = Activation.CELU)
    @ActivationOptions(alpha = 0.7)
    Layer third();

    @Linear(out = 2)
    Layer fourth();
  }

  /** Activations with corners. */
  @Network(input = 7, loss = Loss.HUBER)
  @LossOptions(reduction = Reduction.SUM, delta = 0.8)
  interface Huber {
    @Linear(out = 20, activation = Activation.LEAKY_RELU)
    Layer first();

    @Linear(out = 12, activation = Activation.RELU6)
    Layer second();

    @Linear(out = 33, activation = Activation.HARD_TANH)
    Layer third();

    @Linear(out = 2, activation = Activation.IDENTITY)
    Layer fourth();
  }

  /** Probabilities. */
  @Network(input = 3, loss = Loss.BCE)
  interface Bce {
    @Linear(out = 16, activation = Activation.SOFTPLUS)
    Layer first();

    @Linear(out = 9, activation = Activation.HARD_SIGMOID)
    Layer second();

    @Linear(out = 2, activation = Activation.SIGMOID)
    Layer third();
  }

  /** Logits. */
  @Network(input = 4, loss = Loss.BCE_WITH_LOGITS)
  @LossOptions(posWeight = {1.5, 2})
  interface BceWithLogits {
    @Linear(out = 24, activation = Activation.LOG_SIGMOID)
    Layer first();

    @Linear(out = 2)
    Layer second();
  }

  /** Log-probabilities. */
  @Network(input = 8, loss = Loss.NLL)
  @LossOptions(classWeights = {1, 2, 0.5})
  interface Nll {
    @Linear(out = 20, activation = Activation.SOFTMAX)
    Layer first();

    @Linear(out = 3, activation = Activation.LOG_SOFTMAX)
    Layer second();
  }

  /** Products: a gate, and a value times itself and another. */
  @Network(input = 18, loss = Loss.MSE)
  interface Gated {
    @Linear(out = 18, activation = Activation.SIGMOID)
    Layer gate();

    @Mul(
        from = {"gate", "input"},
        activation = Activation.GELU)
    Layer gated();

    @Linear(out = 18, activation = Activation.TANH)
    Layer hidden();

    @Mul(from = {"hidden", "gated", "hidden"})
    Layer product();

    @Linear(out = 3)
    Layer result();
  }

  /** Activations alone, of values that other layers read too. */
  @Network(input = 6, loss = Loss.MSE)
  interface Activated {
    @Linear(out = 19)
    Layer hidden();

    @Activate(Activation.GELU)
    Layer gelu();

    @Activate(value = Activation.SOFTMAX, from = "hidden")
    Layer softmax();

    @Add(from = {"gelu", "softmax", "hidden"})
    Layer sum();

    @Linear(out = 3)
    Layer result();

    @Activate(Activation.TANH)
    Layer bounded();
  }

  /** Learned slopes: one, and one for each value. */
  @Network(input = 6, loss = Loss.MSE)
  interface Slopes {
    @Linear(out = 35)
    Layer first();

    @PRelu
    Layer one();

    @Linear(out = 21)
    Layer second();

    @PRelu(perChannel = true, activation = Activation.SOFTSIGN)
    Layer each();

    @Linear(out = 3)
    Layer result();
  }

  /** A small LeNet. */
  @Network(
      input = {2, 7, 9},
      loss = Loss.CROSS_ENTROPY)
  interface LeNet {
    @Conv2d(out = 5, kernel = 3, padding = 1, activation = Activation.RELU)
    Layer conv1();

    @MaxPool2d(kernel = 2)
    Layer pool1();

    @Conv2d(
        out = 18,
        kernel = {2, 3},
        bias = false,
        activation = Activation.GELU)
    Layer conv2();

    @AvgPool2d(kernel = 2, stride = 1, padding = 1)
    Layer pool2();

    @Flatten
    Layer flat();

    @Linear(out = 21, activation = Activation.TANH)
    Layer hidden();

    @Linear(out = 5)
    Layer logits();
  }

  /** Batch norms, plain and affine. */
  @Network(input = 9, loss = Loss.MSE)
  interface BatchNormed {
    @Linear(out = 19)
    Layer hidden();

    @BatchNorm(affine = false, activation = Activation.TANH)
    Layer plain();

    @Linear(out = 35, bias = false)
    Layer wide();

    @BatchNorm(momentum = 0.2, activation = Activation.GELU)
    Layer normed();

    @Linear(out = 3)
    Layer result();
  }

  /** Numbers and categories, of which few occur often, looked up by two embeddings. */
  @Network(loss = Loss.CROSS_ENTROPY)
  interface Categories {
    @Input(9)
    Layer numbers();

    @Input(value = 3, classes = 5)
    Layer categories();

    @Embedding(dim = 6, activation = Activation.GELU)
    Layer vectors();

    @Embedding(dim = 3, from = "categories")
    Layer others();

    @Flatten(from = "vectors")
    Layer flat();

    @Flatten(from = "others")
    Layer otherFlat();

    @Concat(from = {"numbers", "flat", "otherFlat"})
    Layer all();

    @Linear(out = 21, activation = Activation.TANH)
    Layer hidden();

    @Linear(out = 4)
    Layer logits();
  }

  /** Batch norms of images around a skip. */
  @Network(
      input = {3, 5, 7},
      loss = Loss.CROSS_ENTROPY)
  interface NormedImages {
    @Conv2d(out = 3, kernel = 3, padding = 1, bias = false)
    Layer conv1();

    @BatchNorm(activation = Activation.RELU)
    Layer normed1();

    @Conv2d(out = 3, kernel = 3, padding = 1, bias = false)
    Layer conv2();

    @BatchNorm(affine = false)
    Layer normed2();

    @Add(
        from = {"normed2", "input"},
        activation = Activation.RELU)
    Layer sum();

    @BatchNorm(momentum = 0.3, activation = Activation.SILU)
    Layer normed3();

    @Flatten
    Layer flat();

    @Linear(out = 5)
    Layer logits();
  }

  /** A depthwise block, and a convolution in groups. */
  @Network(
      input = {4, 9, 13},
      loss = Loss.CROSS_ENTROPY)
  interface Depthwise {
    @Conv2d(
        out = 20,
        kernel = {3, 2},
        stride = 2,
        padding = {1, 0, 2, 1})
    Layer stem();

    @Conv2d(out = 20, kernel = 3, padding = 1, groups = 20, bias = false)
    Layer depthwise();

    @BatchNorm(activation = Activation.RELU)
    Layer normed();

    @Conv2d(out = 36, kernel = 1, activation = Activation.SILU)
    Layer pointwise();

    @Conv2d(out = 6, kernel = 3, groups = 3, dilation = 2, padding = 2)
    Layer grouped();

    @GlobalAvgPool
    Layer pooled();

    @Flatten
    Layer flat();

    @Dropout(p = 0.3)
    Layer dropped();

    @Linear(out = 5)
    Layer logits();
  }

  /** A layer norm of signals, which are read channel by channel. */
  @Network(
      input = {3, 29},
      loss = Loss.MSE)
  interface Signals {
    @Conv1d(
        out = 7,
        kernel = 5,
        padding = {4, 0},
        activation = Activation.GELU)
    Layer causal();

    @LayerNorm(dims = 2)
    Layer normed();

    @Conv1d(out = 37, kernel = 3, stride = 2, dilation = 2)
    Layer wide();

    @MaxPool1d(kernel = 3, stride = 2, padding = 1, activation = Activation.TANH)
    Layer pooled();

    @Flatten
    Layer flat();

    @Linear(out = 2)
    Layer values();
  }

  /** In double. */
  @Network(input = 9, loss = Loss.KL_DIV, dtype = DType.FLOAT64)
  @LossOptions(reduction = Reduction.BATCH_MEAN)
  interface KlDiv {
    @Linear(out = 37, activation = Activation.TANH)
    Layer first();

    @Linear(out = 3, activation = Activation.LOG_SOFTMAX)
    Layer second();
  }
}
