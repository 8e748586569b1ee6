package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.memory.Heap;
import java.util.Arrays;
import java.util.Objects;

/**
 * Random numbers: the stream of a <a href="https://pytorch.org/docs/stable/generated/torch.Generator.html">torch.Generator</a>
 * on a CPU, so that a seed gives the numbers that {@code torch.manual_seed} gives.
 *
 * <p>{@code rand}, {@code uniform}, {@code randint} and {@code randperm} are PyTorch's bit for bit; {@code randn} and {@code
 * normal} agree except for the last few bits, because PyTorch computes their logarithms and cosines with other libraries. Not
 * thread-safe.
 *
 * <p>The order in which {@code DataLoader(data, batch_size, shuffle=True)} of PyTorch 1.13 goes through n rows after {@code torch.manual_seed(seed)},
 * epoch by epoch. In each epoch the loader draws a seed for its workers and the sampler draws a seed for the order; only the low 32 bits of a seed are used.
 *
 * <pre>{@code
 * Generator base = new Generator().manualSeed(seed);   // and new DigitsNetwork(base), if the model is made after manual_seed
 * base.randint(0, 1L << 32);                           // in each epoch: the workers' seed, unused here
 * long drawn = base.randint(0, 1L << 32).getLong();    // the sampler's seed
 * int[] order = new Generator().manualSeed(drawn).randperm(n).toIntArray();
 * }</pre>
 *
 * <p>With {@code DataLoader(.., generator=g)} the sampler draws from g itself: in each epoch {@code g.randint(0, 1L << 32)}, {@code
 * g.randperm(n)}, and a second {@code g.randperm(n)} whose result is discarded. {@code random_split(data, [a, b], generator=g)} is {@code g.randperm(a +
 * b)}, whose first a indices are the first part.
 */
public final class Generator {

  /** The seed of a new {@code torch.Generator}. */
  private static final long DEFAULT_SEED = 67280421310721L;

  private MersenneTwister twister;
  private NormalNumbers normals;

  /** A generator with PyTorch's default seed, 67280421310721. */
  public Generator() {
    manualSeed(DEFAULT_SEED);
  }

  /**
   * Starts the stream of a seed.
   *
   * @param seed any number; only its low 32 bits are used, as in PyTorch
   * @return this
   */
  public Generator manualSeed(long seed) {
    twister = new MersenneTwister(seed);
    normals = new NormalNumbers(twister, Double.NaN);
    return this;
  }

  /**
   * The complete state of the stream, as {@code torch.Generator.get_state}, but in a different format.
   *
   * @return an INT64 tensor of shape [626]: the words of the Mersenne Twister, the index of the next one, and the bits of the cached normal number
   */
  public Tensor getState() {
    long[] state = Arrays.copyOf(twister.state(), MersenneTwister.N + 2);
    state[MersenneTwister.N + 1] = Double.doubleToLongBits(normals.cached());
    return Tensor.of(state);
  }

  /**
   * Restores a state.
   *
   * @param state a state returned by {@link #getState}
   * @return this
   * @throws IllegalArgumentException if it is not a valid state; the generator is then unchanged
   */
  public Generator setState(Tensor state) {
    int length = MersenneTwister.N + 2;
    Objects.requireNonNull(state, "state");
    if (state.dtype() != DType.INT64 || !Arrays.equals(state.shape(), new int[] {length})) {
      throw new IllegalArgumentException(
          "the state is " + state.dtype() + " of shape " + Arrays.toString(state.shape())
              + ", expected INT64 of shape [" + length + "]: pass a state returned by getState");
    }
    long[] values = state.toLongArray();
    for (int i = 0; i < length - 1; i++) {
      long most = i < MersenneTwister.N ? 0xffffffffL : MersenneTwister.N;
      if (values[i] < 0 || values[i] > most) {
        throw new IllegalArgumentException("the state holds " + values[i] + " at index " + i
            + ", expected 0 to " + most + ": pass a state returned by getState");
      }
    }
    twister = MersenneTwister.of(values);
    normals = new NormalNumbers(twister, Double.longBitsToDouble(values[length - 1]));
    return this;
  }

  /**
   * Values from the uniform distribution on [0, 1), as {@code torch.rand}.
   *
   * @param shape the shape of the result
   * @return a FLOAT32 tensor
   */
  public Tensor rand(int... shape) {
    return rand(DType.FLOAT32, shape);
  }

  /**
   * Values from the uniform distribution on [0, 1), as {@code torch.rand}.
   *
   * @param dtype FLOAT32 or FLOAT64
   * @param shape the shape of the result
   * @throws IllegalArgumentException if the dtype is INT64
   */
  public Tensor rand(DType dtype, int... shape) {
    checkReal(dtype);
    requireTwice(dtype, shape);
    Tensor t = Tensor.zeros(dtype, shape);
    uniform(t, 0, 1);
    return t;
  }

  /**
   * Fills a tensor from the uniform distribution on [from, to), as {@code Tensor.uniform_}: {@code fma(u, to - from, from)} with u
   * from [0, 1).
   *
   * @param t the tensor to fill, FLOAT32 or FLOAT64
   * @param from the lower end
   * @param to the upper end, not below {@code from}
   * @throws IllegalArgumentException if the dtype is INT64, {@code to} is below {@code from}, or their difference is not finite in the dtype
   */
  public void uniform(Tensor t, double from, double to) {
    checkReal(Objects.requireNonNull(t, "t").dtype());
    double range = t.dtype() == DType.FLOAT32 ? (float) to - (float) from : to - from;
    if (!(from <= to && Double.isFinite(range))) {
      throw new IllegalArgumentException("uniform from " + from + " to " + to
          + ", expected from <= to and a finite difference in " + t.dtype());
    }
    if (t.dtype() == DType.FLOAT32) {
      float low = (float) from;
      float[] values = new float[t.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.fma(twister.nextFloat(), (float) range, low);
      }
      t.copyFrom(values);
    } else {
      double[] values = new double[t.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.fma(twister.nextDouble(), range, from);
      }
      t.copyFrom(values);
    }
  }

  /** A number of 53 bits from the uniform distribution on [0, 1), the same that {@code rand(DType.FLOAT64, 1)} would return. */
  public double nextDouble() {
    return twister.nextDouble();
  }

  /**
   * Values from the standard normal distribution, as {@code torch.randn}.
   *
   * @param shape the shape of the result
   * @return a FLOAT32 tensor
   */
  public Tensor randn(int... shape) {
    return randn(DType.FLOAT32, shape);
  }

  /**
   * Values from the standard normal distribution, as {@code torch.randn}.
   *
   * @param dtype FLOAT32 or FLOAT64
   * @param shape the shape of the result
   * @throws IllegalArgumentException if the dtype is INT64
   */
  public Tensor randn(DType dtype, int... shape) {
    checkReal(dtype);
    requireTwice(DType.FLOAT64, shape);
    Tensor t = Tensor.zeros(dtype, shape);
    normal(t, 0, 1);
    return t;
  }

  /**
   * Fills a tensor from a normal distribution, as {@code Tensor.normal_}.
   *
   * @param t the tensor to fill, FLOAT32 or FLOAT64
   * @param mean the mean
   * @param std the standard deviation, at least 0
   * @throws IllegalArgumentException if the dtype is INT64, or the standard deviation negative or NaN
   */
  public void normal(Tensor t, double mean, double std) {
    checkReal(Objects.requireNonNull(t, "t").dtype());
    if (!(std >= 0)) {
      throw new IllegalArgumentException(
          "the standard deviation is " + std + ", expected a number of at least 0");
    }
    double[] values = normals.draw(t.size(), t.dtype());
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * std + mean;
    }
    t.copyFrom(values);
  }

  /**
   * Integers from the uniform distribution on {@code low..high-1}, as {@code torch.randint}: bit for bit the stream of every PyTorch version if
   * {@code high - low} is less than 2<sup>28</sup> or at least 2<sup>32</sup>. In between it is the stream of PyTorch up to 2.6, which draws 32 bits
   * per number; 2.7 and later draw 64 bits.
   *
   * @param low the smallest possible number
   * @param high the exclusive upper bound
   * @param shape the shape of the result
   * @return an INT64 tensor
   * @throws IllegalArgumentException if {@code low} is not below {@code high}
   */
  public Tensor randint(long low, long high, int... shape) {
    if (low >= high) {
      throw new IllegalArgumentException(
          "randint from " + low + " to " + high + ", expected low < high");
    }
    long range = high - low; // as an unsigned number, since it may exceed Long.MAX_VALUE
    boolean wide = Long.compareUnsigned(range, 1L << 32) >= 0;
    int size = Layout.contiguous(shape).size();
    long[] values = new long[Heap.array("randint", size, Long.BYTES)];
    for (int i = 0; i < values.length; i++) {
      long word = wide ? twister.nextLong() : Integer.toUnsignedLong(twister.nextWord());
      values[i] = Long.remainderUnsigned(word, range) + low;
    }
    return Tensor.owning(values, shape);
  }

  /**
   * The numbers {@code 0..n-1} in random order, as {@code torch.randperm}.
   *
   * @param n the number of values, at least 0
   * @return an INT64 tensor of shape [n]
   * @throws IllegalArgumentException if {@code n} is negative or the result does not fit into the heap
   */
  public Tensor randperm(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("randperm of " + n + ", expected at least 0");
    }
    long[] order = new long[Heap.array("randperm", n, Long.BYTES)];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = 0; i < n - 1; i++) {
      int j = i + Integer.remainderUnsigned(twister.nextWord(), n - i);
      long swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return Tensor.owning(order, n);
  }

  /** Checks that the heap holds the values twice: they are drawn into a separate array and then copied. */
  private static void requireTwice(DType dtype, int... shape) {
    long bytes = dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
    Heap.bytes("a random tensor", 2 * bytes * Layout.contiguous(shape).size());
  }

  private static void checkReal(DType dtype) {
    if (Objects.requireNonNull(dtype, "dtype") == DType.INT64) {
      throw new IllegalArgumentException(
          "random values of INT64, expected FLOAT32 or FLOAT64: for integers, use randint");
    }
  }
}
