package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.Norms;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.shape.LaidOut;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The kernels of norms and normalizations. */
public final class NormKernels {

  private NormKernels() {}

  /**
   * {@code y = f(normalized w + b)}, {@code normalized = (x - mean) scale}.
   *
   * @param weight none if it is not affine; then it has no bias either
   */
  public record LayerNorm(
      Optional<Parameter> weight,
      Optional<Parameter> bias,
      double eps,
      Buffer input,
      Buffer normalized,
      Buffer scale,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    /** The program that it applies to a row before the activation. */
    public RowMethod program() {
      return Norms.layerNorm(weight.isPresent());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public List<Buffer> keeps() {
      return List.of(normalized, scale);
    }

    @Override
    public boolean readsPadding() {
      return true;
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          List.of(new Requirement.Program(program())),
          epilogue.map(next -> next.requirement(false)));
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNorm(this);
    }
  }

  /**
   * {@code dx = scale (p - mean p - normalized mean(p normalized))}, with {@code p = dy w}, set or accumulated.
   *
   * @param weight none if the norm is not affine: {@code p = dy}
   */
  public record LayerNormGradient(
      Optional<Parameter> weight,
      Buffer gradient,
      Buffer normalized,
      Buffer scale,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {

    /** The program that it applies to a row before the derivative. */
    public RowMethod program() {
      return Norms.layerNormGradient(weight.isPresent(), first);
    }

    @Override
    public OptionalInt scratch() {
      return weight.isPresent() ? OptionalInt.of(target.width()) : OptionalInt.empty();
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          List.of(new Requirement.Program(program())),
          derivative.map(next -> next.requirement(false)));
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, normalized, scale);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.layerNormGradient(this);
    }
  }

  /** {@code D = D + factor sum dy * normalized}, like {@link LinearKernels.WeightGradient}, for the weight of a norm. */
  public record ScaleGradient(Parameter weight, Buffer normalized, Buffer gradient)
      implements BackwardKernel.OfWeight {
    @Override
    public List<Buffer> reads() {
      return List.of(normalized, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.scaleGradient(this);
    }
  }

  /**
   * {@code y = f(normalized w + b)}, {@code normalized = (x - mean) scale} with the mean and the scale of the batch, in training.
   *
   * @param weight none if it is not affine, nor a bias then
   * @param momentum the share of the running statistics that it replaces
   * @param map the map whose channels it normalizes, if it is one
   * @param kept the mean and the scale
   */
  public record BatchNorm(
      Optional<Parameter> weight,
      Optional<Parameter> bias,
      Optional<LaidOut> map,
      double eps,
      double momentum,
      RunningStatistics running,
      Buffer input,
      Buffer normalized,
      Buffer kept,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    /** Whether a sample has one value of each channel, so that a single sample has no variance. */
    public boolean needsTwoRows() {
      return map.filter(of -> of.shape().area() > 1).isEmpty();
    }

    @Override
    public Optional<ForwardKernel> inference() {
      return Optional.of(
          new RunningNorm(weight, bias, map, eps, running, input, kept, output, epilogue));
    }

    @Override
    public List<Buffer> keeps() {
      return List.of(normalized, kept);
    }

    @Override
    public List<Statistic> statistics() {
      return running.all();
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.batchNorm(this);
    }
  }

  /**
   * {@code y = f((x - mean) / sqrt(variance + eps) w + b)} with the running statistics: a batch norm in inference.
   *
   * @param weight none if it is not affine, nor a bias then
   * @param map the map whose channels it normalizes, if it is one
   * @param spread what it writes a number for each channel to, for each value of a map
   */
  public record RunningNorm(
      Optional<Parameter> weight,
      Optional<Parameter> bias,
      Optional<LaidOut> map,
      double eps,
      RunningStatistics running,
      Buffer input,
      Buffer spread,
      Buffer output,
      Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public OptionalInt scratch() {
      return map.isPresent() ? OptionalInt.empty() : OptionalInt.of(output.width());
    }

    @Override
    public List<Buffer> keeps() {
      return map.isPresent() ? List.of(spread) : List.of();
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.runningNorm(this);
    }
  }

  /**
   * {@code dx = scale w (dy - mean dy - normalized mean(dy normalized))}, the means over the samples, and of a channel over its positions, set or accumulated.
   *
   * @param weight none if the norm is not affine
   * @param map the map whose channels are normalized, if it is one
   * @param kept what the norm keeps of the batch, with rows for the means
   */
  public record BatchNormGradient(
      Optional<Parameter> weight,
      Optional<LaidOut> map,
      Buffer gradient,
      Buffer normalized,
      Buffer kept,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {
    @Override
    public boolean waits() {
      return true;
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, normalized, kept);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.batchNormGradient(this);
    }
  }

  /**
   * {@code D = D + factor sum dy * normalized} and {@code D = D + factor sum dy}, as {@link LinearKernels.WeightGradient} for the weight and the bias of a norm of maps.
   *
   * @param kept what the norm keeps of the batch, with rows for the sums
   */
  public record MapScaleGradient(
      Parameter weight,
      Parameter bias,
      LaidOut map,
      Buffer normalized,
      Buffer kept,
      Buffer gradient)
      implements BackwardKernel.OfWeight {
    @Override
    public boolean waits() {
      return true;
    }

    @Override
    public List<Buffer> reads() {
      return List.of(normalized, kept, gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.mapScaleGradient(this);
    }
  }

  /** {@code y = f((x - mean) / std)}, of samples that are one row in row-major order; each channel of a map has a mean. */
  public record Normalization(
      Statistic mean, Statistic std, Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {
    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public List<Statistic> statistics() {
      return List.of(mean, std);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.normalization(this);
    }
  }

  /** {@code dx = dy / std}, set or accumulated. */
  public record NormalizationGradient(
      Statistic std, Buffer gradient, Buffer target, boolean first, Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.normalizationGradient(this);
    }
  }
}
