package dev.gradpoet.processor.plan;

import java.util.List;
import java.util.Optional;

/** The kernels of layers that copy values to other places. */
public final class CopyKernels {

  private CopyKernels() {}

  /**
   * {@code y = f(x)}, in another number of rows a sample, of which one is 1.
   *
   * @param epilogue none if y is one row a sample
   */
  public record Reshape(Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    /** The larger number of rows a sample. */
    public int positions() {
      return Math.max(input.positions(), output.positions());
    }

    /** The width of these rows. */
    public int width() {
      return Math.min(input.width(), output.width());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.reshape(this);
    }
  }

  /** {@code dx = dy}, in another number of rows a sample, set or accumulated. */
  public record ReshapeGradient(Buffer gradient, Buffer target, boolean first)
      implements BackwardKernel.InputGradient {

    /** The larger number of rows a sample. */
    public int positions() {
      return Math.max(gradient.positions(), target.positions());
    }

    /** The width of these rows. */
    public int width() {
      return Math.min(gradient.width(), target.width());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.reshapeGradient(this);
    }
  }

  /**
   * {@code y[j] = f(w[x[j]])}: a row of the weight for each index.
   *
   * @param dim the number of values in a row of the weight
   */
  public record Embedding(
      Parameter weight, Buffer indices, int dim, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(indices);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.embedding(this);
    }
  }

  /**
   * {@code D[x[j]] = D[x[j]] + factor dy[j]}, like {@link LinearKernels.WeightGradient}, for the weight of an embedding.
   *
   * @param dim the number of values in a row of the weight
   */
  public record TableGradient(Parameter weight, Buffer indices, int dim, Buffer gradient)
      implements BackwardKernel.OfWeight {
    @Override
    public List<Buffer> reads() {
      return List.of(indices, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.tableGradient(this);
    }
  }
}
