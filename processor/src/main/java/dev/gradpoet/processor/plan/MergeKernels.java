package dev.gradpoet.processor.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernels of layers that merge the values of several others. */
public final class MergeKernels {

  private MergeKernels() {}

  /** {@code y = f(a + b + ...)}. */
  public record Add(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.add(this);
    }
  }

  /** {@code dx = dy} for an operand of an addition or of an activation alone, set or accumulated. */
  public record AddGradient(
      Buffer gradient, Buffer target, boolean first, Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.addGradient(this);
    }
  }

  /** {@code y = f(a * b * ...)}. */
  public record Mul(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mul(this);
    }
  }

  /**
   * {@code dx = dy} times the other operands, for an operand of a product, set or accumulated.
   *
   * @param operands all operands, in order
   * @param operand the index of the one whose gradient it is
   */
  public record MulGradient(
      Buffer gradient,
      List<Buffer> operands,
      int operand,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {
    @Override
    public List<Buffer> reads() {
      List<Buffer> reads = new ArrayList<>(operands);
      reads.set(operand, gradient);
      return reads;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mulGradient(this);
    }
  }

  /** {@code y = f([a, b, ...])}. */
  public record Concat(List<Buffer> reads, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concat(this);
    }
  }

  /** {@code dx = dy[offset .. offset + width)} for an operand of a concatenation, set or accumulated. */
  public record ConcatGradient(
      Buffer gradient, int offset, Buffer target, boolean first, Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.concatGradient(this);
    }
  }
}
