package test;

import dev.gradpoet.DType;
import dev.gradpoet.GeneratedNetwork;
import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.LoadOption;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.FloatLinear;
import dev.gradpoet.runtime.support.FloatOptimizer;
import dev.gradpoet.runtime.support.Heap;
import dev.gradpoet.runtime.support.Initialization;
import dev.gradpoet.runtime.support.NamedTensors;
import dev.gradpoet.runtime.support.Panels;
import dev.gradpoet.runtime.support.Probabilities;
import dev.gradpoet.runtime.support.Rows;
import dev.gradpoet.runtime.support.Simd;
import dev.gradpoet.runtime.support.Summary;
import dev.gradpoet.runtime.support.Targets;
import dev.gradpoet.runtime.support.TrainerBase;
import java.io.IOException;
import java.lang.Deprecated;
import java.lang.Float;
import java.lang.Math;
import java.lang.Override;
import java.lang.Runtime;
import java.lang.String;
import java.lang.System;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.processing.Generated;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The network that {@link A} declares, in {@code float}, with 3 parameters.
 *
 * <table>
 * <caption>Layers</caption>
 * <tr><th>layer</th><th>computes</th><th>from</th><th>to</th><th>parameters</th></tr>
 * <tr><td>a</td><td>{@code input W^T + b}</td><td>2</td><td>1</td><td>3</td></tr>
 * </table>
 *
 * <p>Trained on {@code MSE} ({@code mean}).
 *
 * <p>Generated from the declaration: change that, not this. The nested classes hold, in the order in which data flows,
 * the parameters, the values of a batch, the gradients of its rows, and the kernels that compute them.
 */
@GeneratedNetwork(A.class)
@Generated("dev.gradpoet.processor.NetworkProcessor")
@Deprecated
public final class ANetwork implements A, Model {
  /** The number of values in an input row. */
  public static final int INPUTS = 2;
  /** The number of values in an output row. */
  public static final int OUTPUTS = 1;
  /** The number of parameters. */
  public static final int PARAMETERS = 3;
  /** The rows of one pass of inference. */
  private static final int TILE = 24;
  /** Whether this virtual machine runs the vector kernels well. */
  private static final boolean SIMD = Simd.isUsable("jdk.incubator.vector", ANetwork.class);
  /** Whichever: they compute the same bits. */
  private static final Kernels KERNELS = SIMD ? new SimdKernels() : new PlainKernels();
  private final Parameters p;
  private final List<Layer> layers;
  private final Map<String, Tensor> parameters;

  /**
   * A network with the initial parameters that PyTorch draws after {@code torch.manual_seed(seed)}.
   *
   * @param seed any number; its low 32 bits count
   */
  public ANetwork(long seed) {
    this(new Generator().manualSeed(seed));
  }

  /**
   * A network with initial parameters from a generator, which is left where they end.
   *
   * @param g where the numbers come from
   */
  public ANetwork(Generator g) {
    this(new Parameters());
    p.draw(Objects.requireNonNull(g, "g"));
  }

  private ANetwork(Parameters p) {
    this.p = p;
    this.layers = layers(p);
    this.parameters = NamedTensors.of(layers);
  }

  private static List<Layer> layers(Parameters p) {
    List<Layer> layers = new ArrayList<>();
    p.addTo(layers);
    return layers;
  }

  /**
   * The outputs of one row or of many. Any thread may call it; for many calls, a {@link Predictor} allocates nothing.
   *
   * @param x n rows of {@link #INPUTS} values, one after the other
   * @return n rows of {@link #OUTPUTS} values
   * @throws IllegalArgumentException if the length is not that of whole rows
   */
  public float[] forward(float[] x) {
    int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
    float[] y = new float[Check.outputs(n, OUTPUTS, Float.BYTES)];
    new Predictor(this, Math.min(n, TILE)).infer(x, n, y);
    return y;
  }

  @Override public Tensor forward(Tensor x) {
    int n = Check.matrixOrRow("x", x, DType.FLOAT32, INPUTS);
    float[] y = forward(x.toFloatArray());
    return x.shape().length == 1 ? Tensor.view(y, OUTPUTS) : Tensor.view(y, n, OUTPUTS);
  }

  private void forward(Values v, int n) {
    if (n == 1) {
      KERNELS.row(v.row, v.input[0]);
      return;
    }
    KERNELS.aForward(n, v.input, p.a.w, p.a.b, v.a);
  }

  /** The outputs of rows that are arrays of their own, each of {@link #INPUTS} values. */
  public float[][] forward(float[][] x) {
    return Rows.split(forward(Rows.flat(x, INPUTS)), OUTPUTS);
  }

  /**
   * The loss of any number of rows.
   *
   * @param x n rows of {@link #INPUTS} values
   * @param y a row of {@link #OUTPUTS} values for each row
   * @throws IllegalArgumentException if a length does not fit
   */
  public float evaluate(float[] x, float[] y) {
    return evaluate(x, Targets.dense(x, INPUTS, y, OUTPUTS), y);
  }

  /** {@code evaluate} on the first n rows of longer arrays. */
  public float evaluate(float[] x, int n, float[] y) {
    return new Evaluation(this).loss(x, n, y);
  }

  @Override public double evaluate(Tensor x, Tensor y) {
    int n = Check.matrix("x", x, DType.FLOAT32, INPUTS);
    Check.exactMatrix("y", y, DType.FLOAT32, n, OUTPUTS);
    return evaluate(x.toFloatArray(), n, y.toFloatArray());
  }

  @Override
  @Deprecated
  public Layer a() {
    return layers.get(0);
  }

  @Override public Layer layer(int index) {
    return layers.get(Check.layer(index, layers.size()));
  }

  @Override public Map<String, Tensor> parameters() {
    return parameters;
  }

  @Override public ANetwork copy() {
    Parameters copy = new Parameters();
    copy.copyFrom(p);
    return new ANetwork(copy);
  }

  @Override public String summary() {
    return Summary.of("A", DType.FLOAT32, INPUTS, OUTPUTS, layers);
  }

  @Override public String toString() {
    return summary();
  }

  @Override public void save(Path path) throws IOException {
    Safetensors.save(path, parameters);
  }

  @Override public Safetensors load(Path path, Map<String, String> names, LoadOption... options) throws
      IOException {
    return Safetensors.load(path, parameters, names, options);
  }

  @Override public Predictor predictor() {
    return new Predictor(this, TILE);
  }

  @Override public Trainer trainer(Optimizer optimizer, int capacity) {
    return new Trainer(this, optimizer, capacity);
  }

  /** Inference on one thread: the methods on arrays allocate nothing. Others may infer at the same time, each with its own. */
  public static final class Predictor implements dev.gradpoet.runtime.Predictor {
    private final ANetwork network;
    private final Values v;
    private final Row row;

    private Predictor(ANetwork network, int rows) {
      this.network = network;
      this.v = new Values(network.p, rows);
      this.row = v.row;
    }

    /** The outputs of the rows of x, into y; as {@link ANetwork#forward(float[])} but for that. */
    public void forward(float[] x, float[] y) {
      int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
      Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, OUTPUTS);
      infer(x, n, y);
    }

    /** {@code forward} of the first n rows of arrays that may be longer, n at least 1. */
    public void forward(float[] x, int n, float[] y) {
      Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
      Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, OUTPUTS);
      infer(x, n, y);
    }

    private void infer(float[] x, int n, float[] y) {
      if (n == 1) {
        KERNELS.row(row, x);
        System.arraycopy(row.a, 0, y, 0, OUTPUTS);
        return;
      }
      for (int from = 0; from < n; from += TILE) {
        int rows = Math.min(TILE, n - from);
        Rows.read(x, from, rows, INPUTS, v.input);
        network.forward(v, rows);
        Rows.write(v.a, rows, OUTPUTS, y, from);
      }
    }

    @Override public Tensor forward(Tensor x) {
      int n = Check.matrixOrRow("x", x, DType.FLOAT32, INPUTS);
      float[] y = new float[Check.outputs(n, OUTPUTS, Float.BYTES)];
      forward(x.toFloatArray(), n, y);
      return x.shape().length == 1 ? Tensor.view(y, OUTPUTS) : Tensor.view(y, n, OUTPUTS);
    }

    @Override public int predictClass(Tensor x) {
      throw Check.noClasses("MSE");
    }

    @Override public Tensor probabilities(Tensor x) {
      throw Probabilities.none("MSE");
    }

    @Override public int[] predictClasses(Tensor x) {
      throw Check.noClasses("MSE");
    }
  }

  /** Training on one thread: the methods on arrays allocate nothing. Nobody may use the network while a step or an update runs. */
  public static final class Trainer extends TrainerBase {
    private final ANetwork network;
    private final Parameters p;
    /** The gradients of the parameters. */
    private final Parameters d = new Parameters();
    /** The momentum of each parameter, null without. */
    private final Parameters momentum;
    private final Values v;
    private final Gradients g;
    /** Null where another optimizer updates. */
    private final Sgd sgd;
    /** Whether an update is {@code w = w - lr g} and no more, which step does without keeping g. */
    private final boolean plainSgd;
    /** Any other than stochastic gradient descent. */
    private final FloatOptimizer optimizer;
    /** Scratch for the gradients of parameters. */
    private final float[][] scratch;
    /** Scratch of evaluate, apart from what forward kept. */
    private final Evaluation evaluation;

    private Trainer(ANetwork network, Optimizer optimizer, int capacity) {
      super(optimizer, capacity, 508L);
      this.network = network;
      this.p = network.p;
      this.sgd = optimizer instanceof Sgd ? (Sgd) optimizer : null;
      this.optimizer = FloatOptimizer.of(optimizer, network.layers);
      this.momentum = sgd == null || sgd.momentum() == 0 ? null : new Parameters();
      this.v = new Values(p, capacity);
      this.g = new Gradients(capacity);
      this.scratch = SIMD ? new float[1][Heap.array("scratch", (long) capacity * 64, Float.BYTES)] : new float[4][16];
      d.addTo(gradientLayers);
      this.plainSgd = sgd != null && sgd.momentum() == 0 && sgd.weightDecay() == 0 && !sgd.maximize();
      this.evaluation = new Evaluation(network);
    }

    /**
     * Exactly zeroGrad, forward, loss, backward, update. It uses the gradients up.
     *
     * @param x n rows of {@link #INPUTS} values, n at most the capacity
     * @param y a row of {@link #OUTPUTS} values for each row
     * @return the loss before the update
     * @throws IllegalArgumentException if a length does not fit; nothing has changed then
     */
    public float step(float[] x, float[] y) {
      return step(x, Targets.dense(x, INPUTS, y, OUTPUTS), y);
    }

    /** {@code step} on the first n rows of longer arrays, n from 1 to the capacity. */
    public float step(float[] x, int n, float[] y) {
      Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
      Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, OUTPUTS);
      state.checkBatch(n);
      keepForward(x, n);
      float loss = takeLoss(y, n);
      learn(n);
      return loss;
    }

    @Override public double step(Tensor x, Tensor y) {
      int n = Check.matrix("x", x, DType.FLOAT32, INPUTS);
      Check.exactMatrix("y", y, DType.FLOAT32, n, OUTPUTS);
      return step(x.toFloatArray(), n, y.toFloatArray());
    }

    /**
     * Computes the outputs of whole rows and keeps what {@link #backward()} needs.
     *
     * @param x n rows of {@link #INPUTS} values, n at most the capacity
     * @throws IllegalArgumentException if the length is not that of whole rows, or there are too many
     */
    public void forward(float[] x) {
      int n = Check.rows("x", Objects.requireNonNull(x, "x").length, INPUTS);
      state.checkBatch(n);
      keepForward(x, n);
    }

    /** {@code forward} of the first n rows of a longer array, n from 1 to the capacity. */
    public void forward(float[] x, int n) {
      Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
      state.checkBatch(n);
      keepForward(x, n);
    }

    @Override public void forward(Tensor x) {
      int n = Check.matrix("x", x, DType.FLOAT32, INPUTS);
      forward(x.toFloatArray(), n);
    }

    private void keepForward(float[] x, int n) {
      Rows.read(x, 0, n, INPUTS, v.input);
      network.forward(v, n);
      state.forward(n);
    }

    @Override public Tensor output() {
      return Tensor.view(v.a, state.rows("output"), OUTPUTS);
    }

    /**
     * The loss of the last forward.
     *
     * @param y a row of {@link #OUTPUTS} values for each row
     * @throws IllegalArgumentException if the length is another
     * @throws IllegalStateException before the first forward
     */
    public float loss(float[] y) {
      int n = state.rows("loss");
      Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, OUTPUTS);
      return takeLoss(y, n);
    }

    private float takeLoss(float[] y, int n) {
      state.takingLoss();
      double count = (double) n * OUTPUTS;
      double sum = Losses.mse(v.a, n, y, 0, 0, (float) (1 / count), g.a);
      state.lossTaken();
      return (float) (sum / count);
    }

    @Override public double loss(Tensor y) {
      int n = state.rows("loss");
      Check.exactMatrix("y", y, DType.FLOAT32, n, OUTPUTS);
      return loss(y.toFloatArray());
    }

    @Override public Tensor losses() {
      throw Check.reduced("MEAN");
    }

    @Override public void backward() {
      int n = state.backwardOfLoss();
      backpropagate(n);
    }

    /**
     * Adds the gradient of any function of the outputs to the gradients of the parameters.
     *
     * @param gradOutput its gradient with respect to the outputs of the last forward: n rows of {@link #OUTPUTS} values
     * @throws IllegalArgumentException if the length is another
     * @throws IllegalStateException without a forward before it, or after update or step
     */
    public void backward(float[] gradOutput) {
      int n = state.backwardOfOutput();
      Check.exactRows("gradOutput", n, Objects.requireNonNull(gradOutput, "gradOutput").length, OUTPUTS);
      Rows.read(gradOutput, 0, n, OUTPUTS, g.a);
      backpropagate(n);
    }

    @Override public void backward(Tensor gradOutput) {
      int n = state.backwardOfOutput();
      Check.exactMatrix("gradOutput", gradOutput, DType.FLOAT32, n, OUTPUTS);
      backward(gradOutput.toFloatArray());
    }

    private void backpropagate(int n) {
      if (state.backward()) {
        d.zero();
      }
      propagate(n, 1f, d);
    }

    /** The way back: adds the gradient of each parameter, times factor, to {@code to}, its gradient or the parameter itself. */
    private void propagate(int n, float factor, Parameters to) {
      KERNELS.weightGradient(n, v.input, g.a, scratch, factor, to.a.w, 2, 1);
      KERNELS.biasGradient(n, g.a, scratch, factor, to.a.b);
    }

    @Override public Tensor inputGradient() {
      int n = state.inputGradient();
      g.forInput(state.capacity());
      propagateToInput(n);
      return Tensor.view(g.input, n, INPUTS);
    }

    private void propagateToInput(int n) {
      KERNELS.transpose(p.a.w, g.aTransposed, 2, 1);
      KERNELS.aInputGradient(n, g.a, g.aTransposed, g.input);
    }

    @Override public void update() {
      state.gradients("update");
      if (hasGradients()) {
        descend();
        state.update();
      }
    }

    private void descend() {
      updates++;
      if (optimizer != null) {
        optimizer.update(updates, learningRate, network.layers, gradientLayers);
      } else {
        descendBySgd();
      }
    }

    private void descendBySgd() {
      for (int i = 0; i < p.all.length; i++) {
        descend(p.all[i], d.all[i], momentum == null ? null : momentum.all[i]);
      }
    }

    private void descend(FloatLinear w, FloatLinear g, FloatLinear m) {
      float lr = (float) learningRate;
      for (int i = 0; i < w.w.length; i++) {
        KERNELS.sgd(sgd, lr, updates == 1, w.w[i], g.w[i], m == null ? null : m.w[i]);
      }
      if (w.b != null) {
        KERNELS.sgd(sgd, lr, updates == 1, w.b, g.b, m == null ? null : m.b);
      }
    }

    /** The second half of {@code step}: the way back, and the update. */
    private void learn(int n) {
      state.backward();
      if (plainSgd) {
        updates++;
        propagate(n, (float) -learningRate, p);
      } else {
        d.zero();
        propagate(n, 1f, d);
        descend();
      }
      state.step();
    }

    @Override public void zeroGrad() {
      d.zero();
      state.zeroGrad();
    }

    @Override
    protected Map<String, ? extends List<? extends Layer>> buffers() {
      if (optimizer != null) {
        return optimizer.buffers();
      }
      return momentum == null ? Map.of() : Map.of("momentum_buffer", layers(momentum));
    }

    /** As the network's, without allocating; n may be above the capacity. Nothing changes, nor what forward kept. */
    public float evaluate(float[] x, float[] y) {
      return evaluate(x, Targets.dense(x, INPUTS, y, OUTPUTS), y);
    }

    /** {@code evaluate} on the first n rows of longer arrays. */
    public float evaluate(float[] x, int n, float[] y) {
      return evaluation.loss(x, n, y);
    }

    @Override public double evaluate(Tensor x, Tensor y) {
      return network.evaluate(x, y);
    }
  }

  /** The parameters of the linear layers; another one of these holds their gradients, or the momentum of each. */
  private static final class Parameters {
    final FloatLinear a;
    final FloatLinear[] all;

    Parameters() {
      a = FloatLinear.byInput("a", 2, 1, true, SIMD ? 16 : 0);
      all = new FloatLinear[] {a};
    }

    void draw(Generator g) {
      for (FloatLinear layer : all) {
        Initialization.pytorchDefault(g, layer);
      }
    }

    void copyFrom(Parameters other) {
      for (int i = 0; i < all.length; i++) {
        all[i].copyFrom(other.all[i]);
      }
    }

    void zero() {
      for (FloatLinear layer : all) {
        layer.zero();
      }
    }

    void addTo(List<Layer> layers) {
      layers.addAll(List.of(all));
    }
  }

  /** What each layer computes for a batch, a row a sample, padded with zeros to a multiple of 16 values. */
  private static final class Values {
    final float[][] input;
    final float[][] a;
    final Row row;

    Values(Parameters p, int rows) {
      input = new float[rows][16];
      a = new float[rows][16];
      row = new Row(p, this);
    }
  }

  /** The arrays that a single row meets: to find them one by one would take longer than a small network. */
  private static final class Row {
    final float[][] aWeight;
    final float[] aBias;
    final float[] a;

    Row(Parameters p, Values v) {
      aWeight = p.a.w;
      aBias = p.a.b;
      a = v.a[0];
    }
  }

  /**
   * The gradient of what each layer computes, a row a sample, and transposed copies of weights. A layer takes over the rows
   * of one whose gradient nothing reads any more.
   */
  private static final class Gradients {
    final float[][] a;
    float[][] aTransposed;
    float[][] input;

    Gradients(int rows) {
      a = new float[rows][16];
    }

    /** What only the gradient of the input needs, made when it is first asked for. */
    void forInput(int rows) {
      if (input == null) {
        allocateForInput(rows);
      }
    }

    private void allocateForInput(int rows) {
      aTransposed = SIMD ? Panels.floats("a", 1, 16, 16) : new float[1][16];
      input = new float[rows][16];
    }
  }

  /** The loss of any number of rows, a tile at a time, without a way back. */
  private static final class Evaluation {
    final ANetwork network;
    final Values v;
    /** The gradient that nobody has a use for. */
    final float[][] ignored = new float[TILE][16];

    Evaluation(ANetwork network) {
      this.network = network;
      this.v = new Values(network.p, TILE);
    }

    float loss(float[] x, int n, float[] y) {
      Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, INPUTS);
      Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, OUTPUTS);
      double count = (double) n * OUTPUTS;
      double sum = 0;
      for (int from = 0; from < n; from += TILE) {
        int rows = Math.min(TILE, n - from);
        Rows.read(x, from, rows, INPUTS, v.input);
        network.forward(v, rows);
        sum = Losses.mse(v.a, rows, y, from, sum, 0f, ignored);
      }
      return (float) (sum / count);
    }
  }

  /** The loss: its sum over the rows, in double and in order, and the gradient of each row. */
  private static final class Losses {
    /**
     * The sum of {@code (x - t)^2} over 1 values a row, added to {@code sum} in order, and its gradient times {@code scale}. The
     * target of row r is row {@code from + r} of {@code ts}.
     */
    static double mse(float[][] xs, int n, float[] ts, int from, double sum, float scale,
        float[][] dxs) {
      for (int r = 0; r < n; r++) {
        float[] xr = xs[r];
        float[] dx = dxs[r];
        int at = (from + r) * 1;
        for (int o = 0; o < 1; o++) {
          float x = xr[o];
          float t = ts[at + o];
          float loss = (x - t) * (x - t);
          sum += loss;
          dx[o] = (x - t) * (2f * scale);
        }
      }
      return sum;
    }
  }

  /**
   * The kernels of the layers, and what they are made of, which there is in plain Java and in vectors.
   * Of rows {@code xs}, {@code n} are computed, {@code xs[0]} first. Of several chains, only
   * the first starts from what is named, the others from zero. A class that the virtual machine
   * lacks is named behind it only, so nothing looks for it before it is used.
   */
  private abstract static class Kernels {
    /** What sums without a bias start from; never written. */
    static final float[] ZEROS = new float[16];

    /** {@code a = input W^T + b}, 2 to 1. Each sum is one chain from the bias. */
    void aForward(int n, float[][] xs, float[][] w, float[] b, float[][] ys) {
      product(n, xs, 2, 2, w, b, null, ys, 1);
    }

    /** {@code dX = dY W} of what a reads. Each sum is one chain from zero. */
    void aInputGradient(int n, float[][] dys, float[][] w, float[][] dxs) {
      product(n, dys, 1, 1, w, ZEROS, null, dxs, 2);
    }

    /** All layers on one row, {@code x}. */
    abstract void row(Row row, float[] x);

    /**
     * {@code ys = xs W}, {@code inner} terms a sum, in chains of {@code length}, the first from {@code start} (null: from what is there), which are
     * added in order. {@code partial} is scratch for a chain.
     */
    abstract void product(int n, float[][] xs, int inner, int length, float[][] w, float[] start,
        float[] partial, float[][] ys, int width);
    /** A copy of any layer's weight for the gradient of its input; made anew on each way back, so never stale. */
    abstract void transpose(float[][] w, float[][] transposed, int height, int width);

    /**
     * {@code D = D + factor xs^T dys} of any layer, a row of D for each column of xs, each sum over n samples in order from zero: the gradient of a
     * weight with factor 1; with -lr, D being the weight itself, the step of plain descent, which then needs no gradient.
     */
    abstract void weightGradient(int n, float[][] xs, float[][] dys, float[][] scratch,
        float factor, float[][] d, int height, int width);
    /** {@code d = d + factor sum dY} of any layer, the samples in order from zero. */
    abstract void biasGradient(int n, float[][] dys, float[][] scratch, float factor, float[] d);

    /**
     * Parameters w by stochastic gradient descent with the gradient g, the formula of torch.optim.SGD:
     * {@code d = g} (or {@code -g} to maximize) {@code + weightDecay w}; with momentum, {@code v = d} at first, then
     * {@code v = momentum v + (1 - dampening) d}, and {@code d = v} ({@code d + momentum v} for Nesterov's);
     * {@code w = w - lr d}.
     */
    abstract void sgd(Sgd sgd, float lr, boolean first, float[] w, float[] g, float[] v);
  }

  /**
   * The kernels in plain Java. Every sum has one order, whatever the
   * machine, so that the same inputs give the same bits.
   */
  private static final class PlainKernels extends Kernels {
    @Override
    void row(Row row, float[] x) {
      rowProduct2(x, 2, 2, row.aWeight, row.aBias, row.a, 1);
    }

    @Override
    void product(int n, float[][] xs, int inner, int length, float[][] w, float[] start,
        float[] partial, float[][] ys, int width) {
      if (width <= 2) {
        for (int r = 0; r < n; r++) {
          rowProduct2(xs[r], inner, length, w, start, ys[r], width);
        }
        return;
      }
    }

    @Override
    void transpose(float[][] w, float[][] transposed, int height, int width) {
      for (int i = 0; i < height; i++) {
        float[] row = w[i];
        for (int o = 0; o < width; o++) {
          transposed[o][i] = row[o];
        }
      }
    }

    @Override
    void weightGradient(int n, float[][] xs, float[][] dys, float[][] scratch, float factor,
        float[][] d, int height, int width) {
      float[] y0 = scratch[0], y1 = scratch[1], y2 = scratch[2], y3 = scratch[3];
      for (int i = 0; i < height; i += 4) {
        for (float[] sums : scratch) {
          Arrays.fill(sums, 0, width, 0f);
        }
        int i1 = Math.min(i + 1, height - 1), i2 = Math.min(i + 2, height - 1),
            i3 = Math.min(i + 3, height - 1);
        int r = 0;
        for (; r + 2 <= n; r += 2) {
          float[] x0 = xs[r], x1 = xs[r + 1];
          add4x2(x0[i], x1[i], x0[i1], x1[i1], x0[i2], x1[i2], x0[i3], x1[i3], dys[r],
              dys[r + 1], y0, y1, y2, y3, width);
        }
        for (; r < n; r++) {
          float[] x0 = xs[r];
          add4x1(x0[i], x0[i1], x0[i2], x0[i3], dys[r], y0, y1, y2, y3, width);
        }
        for (int q = 0; q < 4 && i + q < height; q++) {
          float[] sums = scratch[q], to = d[i + q];
          for (int j = 0; j < width; j++) {
            to[j] = Math.fma(factor, sums[j], to[j]);
          }
        }
      }
    }

    @Override
    void biasGradient(int n, float[][] dys, float[][] scratch, float factor, float[] d) {
      float[] sums = scratch[0];
      Arrays.fill(sums, 0f);
      for (int r = 0; r < n; r++) {
        float[] dy = dys[r];
        for (int o = 0; o < d.length; o++) {
          sums[o] += dy[o];
        }
      }
      for (int o = 0; o < d.length; o++) {
        d[o] = Math.fma(factor, sums[o], d[o]);
      }
    }

    @Override
    void sgd(Sgd sgd, float lr, boolean first, float[] w, float[] g, float[] v) {
      boolean maximize = sgd.maximize();
      boolean nesterov = sgd.nesterov();
      float decay = (float) sgd.weightDecay();
      float momentum = (float) sgd.momentum();
      float share = (float) (1 - sgd.dampening());
      for (int j = 0; j < w.length; j++) {
        float d = maximize ? -g[j] : g[j];
        d = decay == 0 ? d : Math.fma(decay, w[j], d);
        if (v != null) {
          v[j] = first ? d : Math.fma(momentum, v[j], share * d);
          d = nesterov ? Math.fma(momentum, v[j], d) : v[j];
        }
        w[j] = Math.fma(-lr, d, w[j]);
      }
    }

    /** {@code y = x W} for one row of up to 2 outputs: too few for vectors, so the sums are variables, which are added in order to -0. */
    private static void rowProduct2(float[] x, int inner, int length, float[][] w, float[] start,
        float[] y, int width) {
      float t0 = -0.0f, t1 = -0.0f;
      for (int from = 0; from < inner; from += length) {
        float[] s = from == 0 ? start : ZEROS;
        float c0 = s[0], c1 = s[1];
        int to = Math.min(from + length, inner);
        for (int k = from; k < to; k++) {
          float[] r = w[k];
          c0 = Math.fma(x[k], r[0], c0); c1 = Math.fma(x[k], r[1], c1);
        }
        t0 += c0; t1 += c1;
      }
      y[0] = t0;
      if (width > 1) y[1] = t1;
    }

    /** 4 rows of {@code y}, 2 terms added to each: every index is j, the form that C2 turns into vectors. */
    private static void add4x2(float a00, float a01, float a10, float a11, float a20, float a21,
        float a30, float a31, float[] r0, float[] r1, float[] y0, float[] y1, float[] y2,
        float[] y3, int width) {
      for (int j = 0; j < width; j++) {
        float w0 = r0[j], w1 = r1[j];
        y0[j] = Math.fma(a01, w1, Math.fma(a00, w0, y0[j]));
        y1[j] = Math.fma(a11, w1, Math.fma(a10, w0, y1[j]));
        y2[j] = Math.fma(a21, w1, Math.fma(a20, w0, y2[j]));
        y3[j] = Math.fma(a31, w1, Math.fma(a30, w0, y3[j]));
      }
    }

    /** 4 rows of {@code y}, one term added to each: every index is j, the form that C2 turns into vectors. */
    private static void add4x1(float a00, float a10, float a20, float a30, float[] r0, float[] y0,
        float[] y1, float[] y2, float[] y3, int width) {
      for (int j = 0; j < width; j++) {
        float w0 = r0[j];
        y0[j] = Math.fma(a00, w0, y0[j]);
        y1[j] = Math.fma(a10, w0, y1[j]);
        y2[j] = Math.fma(a20, w0, y2[j]);
        y3[j] = Math.fma(a30, w0, y3[j]);
      }
    }
  }

  /**
   * The kernels in vectors, of the same bits as those in plain Java: every sum has the same order, since vectors run over other
   * dimensions, and functions take the same steps. A weight lies in panels of 64 columns, the rows of each one after the other, which
   * tiles read from the first to the last value; one of few rows is a single panel. Padding of rows may hold anything here; nothing
   * reads it but to compute padding.
   */
  private static final class SimdKernels extends Kernels {
    /** As wide as the machine's vectors, up to 512 bits: rows are padded to that. */
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED.length() > FloatVector.SPECIES_512.length()
            ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    /** The values of a vector. */
    private static final int L = S.length();

    /**
     * For one row of up to four outputs: 16 bytes rarely lie across two lines of a cache. C2 of older JDKs knows a vector by the class that it
     * has mostly seen, so there a second width would make objects of both.
     */
    private static final VectorSpecies<Float> S4 = Runtime.version().feature() < 25 ? S : FloatVector.SPECIES_128;

    @Override
    void row(Row row, float[] x) {
      aRow(x, row.aWeight, row.aBias, row.a);
    }

    /** One row of {@link #aForward}: four outputs at a time, one chain each, is what registers hold. */
    private void aRow(float[] x, float[][] w, float[] b, float[] y) {
      float[] m = w[0];
      FloatVector c00 = FloatVector.fromArray(S4, b, 0);
      for (int k = 0; k < 2; k++) {
        FloatVector x0 = FloatVector.broadcast(S4, x[k]); c00 = x0.fma(FloatVector.fromArray(S4, m, k * 16), c00);
      }
      c00.intoArray(y, 0);
    }

    /**
     * Tiles of 6 rows by 4 vectors fill 32 registers and read each weight once for six rows; 6 by 2 fill the 16 of narrower machines, or leave
     * room for the sum of the chains before, which is -0 at first, as that changes no bit. {@code one.fma(c, t)} is {@code t + c}, asked of a vector
     * whose class C2 of JDK 17 knows, too: what a loop carries, it might make an object to ask.
     */
    @Override
    void product(int n, float[][] xs, int inner, int length, float[][] w, float[] start,
        float[] partial, float[][] ys, int width) {
      int padded = (width + 15) / 16 * 16, o = 0;
      for (float[] m : w) {
        int stride = w.length == 1 ? padded : Math.min(64, padded - o), column = 0;
        for (; column + 2 * L <= stride; column += 2 * L) {
          int r = product6x2(0, n, xs, inner, length, m, start, ys, stride, column, o + column);
          product2x2(r, n, xs, inner, length, m, start, ys, stride, column, o + column);
        }
        if (column < stride) {
          int r = product6x1(0, n, xs, inner, length, m, start, ys, stride, column, o + column);
          product2x1(r, n, xs, inner, length, m, start, ys, stride, column, o + column);
        }
        o += stride;
      }
    }

    /** 6 rows by 2 vectors from row r on, as often as they fit; the row after the last. */
    private static int product6x2(int r, int n, float[][] xs, int inner, int length, float[] m,
        float[] start, float[][] ys, int stride, int column, int o) {
      FloatVector none = FloatVector.broadcast(S, -0.0f), one = FloatVector.broadcast(S, 1f);
      for (; r + 6 <= n; r += 6) {
        float[] x0 = xs[r], x1 = xs[r + 1], x2 = xs[r + 2], x3 = xs[r + 3], x4 = xs[r + 4], x5 = xs[r + 5];
        float[] y0 = ys[r], y1 = ys[r + 1], y2 = ys[r + 2], y3 = ys[r + 3], y4 = ys[r + 4], y5 = ys[r + 5];
        FloatVector t00 = none, t01 = none, t10 = none, t11 = none, t20 = none, t21 = none, t30 = none, t31 = none, t40 = none, t41 = none;
        FloatVector t50 = none, t51 = none;
        for (int from = 0, at = column; from < inner; from += length) {
          float[] s = from == 0 ? start : ZEROS;
          FloatVector s0 = FloatVector.fromArray(S, s, o), s1 = FloatVector.fromArray(S, s, o + L);
          FloatVector c00 = s0, c01 = s1, c10 = s0, c11 = s1, c20 = s0, c21 = s1, c30 = s0, c31 = s1, c40 = s0, c41 = s1, c50 = s0, c51 = s1;
          int to = Math.min(from + length, inner);
          for (int k = from; k < to; k++, at += stride) {
            FloatVector w0 = FloatVector.fromArray(S, m, at), w1 = FloatVector.fromArray(S, m, at + L), x;
            x = FloatVector.broadcast(S, x0[k]); c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
            x = FloatVector.broadcast(S, x1[k]); c10 = x.fma(w0, c10); c11 = x.fma(w1, c11);
            x = FloatVector.broadcast(S, x2[k]); c20 = x.fma(w0, c20); c21 = x.fma(w1, c21);
            x = FloatVector.broadcast(S, x3[k]); c30 = x.fma(w0, c30); c31 = x.fma(w1, c31);
            x = FloatVector.broadcast(S, x4[k]); c40 = x.fma(w0, c40); c41 = x.fma(w1, c41);
            x = FloatVector.broadcast(S, x5[k]); c50 = x.fma(w0, c50); c51 = x.fma(w1, c51);
          }
          t00 = one.fma(c00, t00); t01 = one.fma(c01, t01); t10 = one.fma(c10, t10); t11 = one.fma(c11, t11);
          t20 = one.fma(c20, t20); t21 = one.fma(c21, t21); t30 = one.fma(c30, t30); t31 = one.fma(c31, t31);
          t40 = one.fma(c40, t40); t41 = one.fma(c41, t41); t50 = one.fma(c50, t50); t51 = one.fma(c51, t51);
        }
        t00.intoArray(y0, o); t01.intoArray(y0, o + L); t10.intoArray(y1, o); t11.intoArray(y1, o + L);
        t20.intoArray(y2, o); t21.intoArray(y2, o + L); t30.intoArray(y3, o); t31.intoArray(y3, o + L);
        t40.intoArray(y4, o); t41.intoArray(y4, o + L); t50.intoArray(y5, o); t51.intoArray(y5, o + L);
      }
      return r;
    }

    /** 2 rows by 2 vectors from row r on, to the last; of an odd number, the last row is both. */
    private static void product2x2(int r, int n, float[][] xs, int inner, int length, float[] m,
        float[] start, float[][] ys, int stride, int column, int o) {
      FloatVector none = FloatVector.broadcast(S, -0.0f), one = FloatVector.broadcast(S, 1f);
      for (; r < n; r += 2) {
        int last = Math.min(r + 1, n - 1);
        float[] x0 = xs[r], x1 = xs[last];
        float[] y0 = ys[r], y1 = ys[last];
        FloatVector t00 = none, t01 = none, t10 = none, t11 = none;
        for (int from = 0, at = column; from < inner; from += length) {
          float[] s = from == 0 ? start : ZEROS;
          FloatVector s0 = FloatVector.fromArray(S, s, o), s1 = FloatVector.fromArray(S, s, o + L);
          FloatVector c00 = s0, c01 = s1, c10 = s0, c11 = s1;
          int to = Math.min(from + length, inner);
          for (int k = from; k < to; k++, at += stride) {
            FloatVector w0 = FloatVector.fromArray(S, m, at), w1 = FloatVector.fromArray(S, m, at + L), x;
            x = FloatVector.broadcast(S, x0[k]); c00 = x.fma(w0, c00); c01 = x.fma(w1, c01);
            x = FloatVector.broadcast(S, x1[k]); c10 = x.fma(w0, c10); c11 = x.fma(w1, c11);
          }
          t00 = one.fma(c00, t00); t01 = one.fma(c01, t01); t10 = one.fma(c10, t10); t11 = one.fma(c11, t11);
        }
        t00.intoArray(y0, o); t01.intoArray(y0, o + L); t10.intoArray(y1, o); t11.intoArray(y1, o + L);
      }
    }

    /** 6 rows by one vector from row r on, as often as they fit; the row after the last. */
    private static int product6x1(int r, int n, float[][] xs, int inner, int length, float[] m,
        float[] start, float[][] ys, int stride, int column, int o) {
      FloatVector none = FloatVector.broadcast(S, -0.0f), one = FloatVector.broadcast(S, 1f);
      for (; r + 6 <= n; r += 6) {
        float[] x0 = xs[r], x1 = xs[r + 1], x2 = xs[r + 2], x3 = xs[r + 3], x4 = xs[r + 4], x5 = xs[r + 5];
        float[] y0 = ys[r], y1 = ys[r + 1], y2 = ys[r + 2], y3 = ys[r + 3], y4 = ys[r + 4], y5 = ys[r + 5];
        FloatVector t00 = none, t10 = none, t20 = none, t30 = none, t40 = none, t50 = none;
        for (int from = 0, at = column; from < inner; from += length) {
          float[] s = from == 0 ? start : ZEROS;
          FloatVector s0 = FloatVector.fromArray(S, s, o);
          FloatVector c00 = s0, c10 = s0, c20 = s0, c30 = s0, c40 = s0, c50 = s0;
          int to = Math.min(from + length, inner);
          for (int k = from; k < to; k++, at += stride) {
            FloatVector w0 = FloatVector.fromArray(S, m, at), x;
            x = FloatVector.broadcast(S, x0[k]); c00 = x.fma(w0, c00);
            x = FloatVector.broadcast(S, x1[k]); c10 = x.fma(w0, c10);
            x = FloatVector.broadcast(S, x2[k]); c20 = x.fma(w0, c20);
            x = FloatVector.broadcast(S, x3[k]); c30 = x.fma(w0, c30);
            x = FloatVector.broadcast(S, x4[k]); c40 = x.fma(w0, c40);
            x = FloatVector.broadcast(S, x5[k]); c50 = x.fma(w0, c50);
          }
          t00 = one.fma(c00, t00); t10 = one.fma(c10, t10); t20 = one.fma(c20, t20); t30 = one.fma(c30, t30);
          t40 = one.fma(c40, t40); t50 = one.fma(c50, t50);
        }
        t00.intoArray(y0, o); t10.intoArray(y1, o); t20.intoArray(y2, o); t30.intoArray(y3, o); t40.intoArray(y4, o);
        t50.intoArray(y5, o);
      }
      return r;
    }

    /** 2 rows by one vector from row r on, to the last; of an odd number, the last row is both. */
    private static void product2x1(int r, int n, float[][] xs, int inner, int length, float[] m,
        float[] start, float[][] ys, int stride, int column, int o) {
      FloatVector none = FloatVector.broadcast(S, -0.0f), one = FloatVector.broadcast(S, 1f);
      for (; r < n; r += 2) {
        int last = Math.min(r + 1, n - 1);
        float[] x0 = xs[r], x1 = xs[last];
        float[] y0 = ys[r], y1 = ys[last];
        FloatVector t00 = none, t10 = none;
        for (int from = 0, at = column; from < inner; from += length) {
          float[] s = from == 0 ? start : ZEROS;
          FloatVector s0 = FloatVector.fromArray(S, s, o);
          FloatVector c00 = s0, c10 = s0;
          int to = Math.min(from + length, inner);
          for (int k = from; k < to; k++, at += stride) {
            FloatVector w0 = FloatVector.fromArray(S, m, at), x;
            x = FloatVector.broadcast(S, x0[k]); c00 = x.fma(w0, c00);
            x = FloatVector.broadcast(S, x1[k]); c10 = x.fma(w0, c10);
          }
          t00 = one.fma(c00, t00); t10 = one.fma(c10, t10);
        }
        t00.intoArray(y0, o); t10.intoArray(y1, o);
      }
    }

    @Override
    void transpose(float[][] w, float[][] transposed, int height, int width) {
      int o = 0;
      for (float[] from : w) {
        int stride = w.length == 1 ? (width + 15) / 16 * 16 : from.length / height;
        int columns = Math.min(stride, width - o), i = 0;
        for (float[] to : transposed) {
          int toStride = transposed.length == 1 ? (height + 15) / 16 * 16 : to.length / width;
          int rows = Math.min(toStride, height - i);
          for (int column = 0; column < columns; column++) {
            for (int k = 0, at = (o + column) * toStride, j = i * stride + column; k < rows; k++, j += stride) {
              to[at + k] = from[j];
            }
          }
          i += rows;
        }
        o += columns;
      }
    }

    /**
     * A weight itself changes from the registers that hold its gradient, a row of a tile at a time, the others moving up. Tiles of 6 rows by 4
     * vectors fill 32 registers, 6 by 2 the 16 of narrower machines.
     */
    @Override
    void weightGradient(int n, float[][] xs, float[][] dys, float[][] scratch, float factor,
        float[][] d, int height, int width) {
      float[] packed = scratch[0];
      int padded = (width + 15) / 16 * 16, o = 0;
      for (float[] m : d) {
        int stride = d.length == 1 ? padded : Math.min(64, padded - o), column = 0;
        for (; column + 2 * L <= stride; column += 2 * L) {
          pack(n, dys, o + column, 2 * L, packed);
          gradient6x2(height, n, xs, dys, packed, factor, m, stride, column);
        }
        if (column < stride) {
          pack(n, dys, o + column, L, packed);
          gradient6x1(height, n, xs, dys, packed, factor, m, stride, column);
        }
        o += stride;
      }
    }

    /** 6 rows by 2 vectors; the last tile moves up to end with the last row, and adds only those that are left. */
    private static void gradient6x2(int height, int n, float[][] xs, float[][] dys, float[] packed,
        float factor, float[] m, int stride, int column) {
      FloatVector none = FloatVector.zero(S), f = FloatVector.broadcast(S, factor);
      for (int i = 0; i < height; i += 6) {
        int first = Math.max(0, Math.min(i, height - 6));
        FloatVector c00 = none, c01 = none, c10 = none, c11 = none, c20 = none, c21 = none, c30 = none, c31 = none, c40 = none, c41 = none;
        FloatVector c50 = none, c51 = none;
        for (int r = 0, at = 0; r < n; r++, at += 2 * L) {
          float[] xr = xs[r];
          FloatVector d0 = FloatVector.fromArray(S, packed, at), d1 = FloatVector.fromArray(S, packed, at + L);
          FloatVector x;
          x = FloatVector.broadcast(S, xr[first]); c00 = x.fma(d0, c00); c01 = x.fma(d1, c01);
          x = FloatVector.broadcast(S, xr[first + 1]); c10 = x.fma(d0, c10); c11 = x.fma(d1, c11);
          x = FloatVector.broadcast(S, xr[first + 2]); c20 = x.fma(d0, c20); c21 = x.fma(d1, c21);
          x = FloatVector.broadcast(S, xr[first + 3]); c30 = x.fma(d0, c30); c31 = x.fma(d1, c31);
          x = FloatVector.broadcast(S, xr[first + 4]); c40 = x.fma(d0, c40); c41 = x.fma(d1, c41);
          x = FloatVector.broadcast(S, xr[first + 5]); c50 = x.fma(d0, c50); c51 = x.fma(d1, c51);
        }
        for (int r = 0, at = first * stride + column; r < 6; r++, at += stride) {
          if (first + r >= i && first + r < height) {
            f.fma(c00, FloatVector.fromArray(S, m, at)).intoArray(m, at);
            f.fma(c01, FloatVector.fromArray(S, m, at + L)).intoArray(m, at + L);
          }
          c00 = c10; c01 = c11; c10 = c20; c11 = c21; c20 = c30; c21 = c31; c30 = c40; c31 = c41; c40 = c50; c41 = c51;
        }
      }
    }

    /** 6 rows by one vector; the last tile moves up to end with the last row, and adds only those that are left. */
    private static void gradient6x1(int height, int n, float[][] xs, float[][] dys, float[] packed,
        float factor, float[] m, int stride, int column) {
      FloatVector none = FloatVector.zero(S), f = FloatVector.broadcast(S, factor);
      for (int i = 0; i < height; i += 6) {
        int first = Math.max(0, Math.min(i, height - 6));
        FloatVector c00 = none, c10 = none, c20 = none, c30 = none, c40 = none, c50 = none;
        for (int r = 0, at = 0; r < n; r++, at += L) {
          float[] xr = xs[r];
          FloatVector d0 = FloatVector.fromArray(S, packed, at), x;
          x = FloatVector.broadcast(S, xr[first]); c00 = x.fma(d0, c00);
          x = FloatVector.broadcast(S, xr[first + 1]); c10 = x.fma(d0, c10);
          x = FloatVector.broadcast(S, xr[first + 2]); c20 = x.fma(d0, c20);
          x = FloatVector.broadcast(S, xr[first + 3]); c30 = x.fma(d0, c30);
          x = FloatVector.broadcast(S, xr[first + 4]); c40 = x.fma(d0, c40);
          x = FloatVector.broadcast(S, xr[first + 5]); c50 = x.fma(d0, c50);
        }
        for (int r = 0, at = first * stride + column; r < 6; r++, at += stride) {
          if (first + r >= i && first + r < height) {
            f.fma(c00, FloatVector.fromArray(S, m, at)).intoArray(m, at);
          }
          c00 = c10; c10 = c20; c20 = c30; c30 = c40; c40 = c50;
        }
      }
    }

    @Override
    void biasGradient(int n, float[][] dys, float[][] scratch, float factor, float[] d) {
      for (int o = 0; o < d.length; o += L) {
        FloatVector c = FloatVector.zero(S);
        for (int r = 0; r < n; r++) {
          c = FloatVector.fromArray(S, dys[r], o).add(c);
        }
        c.fma(FloatVector.broadcast(S, factor), FloatVector.fromArray(S, d, o)).intoArray(d, o);
      }
    }

    @Override
    void sgd(Sgd sgd, float lr, boolean first, float[] w, float[] g, float[] v) {
      boolean maximize = sgd.maximize();
      boolean nesterov = sgd.nesterov();
      float decay = (float) sgd.weightDecay();
      float momentum = (float) sgd.momentum();
      float share = (float) (1 - sgd.dampening());
      for (int j = 0; j < w.length; j += L) {
        FloatVector x = FloatVector.fromArray(S, w, j), d = FloatVector.fromArray(S, g, j);
        d = maximize ? d.neg() : d;
        d = decay == 0 ? d : x.fma(FloatVector.broadcast(S, decay), d);
        if (v != null) {
          FloatVector m = first ? d : FloatVector.fromArray(S, v, j).fma(FloatVector.broadcast(S, momentum), d.mul(share));
          m.intoArray(v, j);
          d = nesterov ? m.fma(FloatVector.broadcast(S, momentum), d) : m;
        }
        d.fma(FloatVector.broadcast(S, -lr), x).intoArray(w, j);
      }
    }

    /** Puts a column of n rows together: all tiles of the column read it, and rows far apart would each want a page. */
    private static void pack(int n, float[][] dys, int o, int width, float[] packed) {
      for (int r = 0; r < n; r++) {
        float[] dy = dys[r];
        for (int v = 0; v < width; v += L) {
          FloatVector.fromArray(S, dy, o + v).intoArray(packed, r * width + v);
        }
      }
    }
  }
}
