package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.PRelus;
import dev.gradpoet.processor.graph.formula.RowMethod;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The kernels of layers that compute each value from one value. */
public final class ElementKernels {

  private ElementKernels() {}

  /** {@code y = f(x)}: a layer that computes nothing but its activation; without one, a copy. */
  public record Activation(Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input);
    }

    @Override
    public boolean readsPadding() {
      return epilogue.isPresent();
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activation(this);
    }
  }

  /** {@code dx = f'(..) dy} in place, for the gradient of the network's output, which no kernel computes. */
  public record ActivationGradient(Buffer gradient, Derivative applied) implements BackwardKernel {
    @Override
    public boolean isByRows() {
      return true;
    }

    @Override
    public boolean readsParameters() {
      return false;
    }

    @Override
    public Optional<Derivative> derivative() {
      return Optional.of(applied);
    }

    @Override
    public List<Requirement> requires() {
      return List.of(applied.requirement(true));
    }

    @Override
    public String layer() {
      return gradient.layer();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, applied.kept());
    }

    @Override
    public Optional<Buffer> writes() {
      return Optional.of(gradient);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activationGradient(this);
    }
  }

  /**
   * {@code y = f(x * mask)}, in training.
   *
   * @param p the probability that a value is dropped
   * @param mask the factors, which are drawn before the pass
   */
  public record Dropout(
      double p, Buffer input, Buffer mask, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    @Override
    public List<Buffer> reads() {
      return List.of(input, mask);
    }

    @Override
    public Optional<ForwardKernel> inference() {
      return epilogue.map(next -> new Activation(input, next.output(), epilogue));
    }

    @Override
    public List<Buffer> keeps() {
      return List.of(mask);
    }

    @Override
    public List<Requirement> requires() {
      return epilogue.map(next -> next.requirement(true)).stream().toList();
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropout(this);
    }
  }

  /** {@code dx = dy * mask}, set or accumulated. */
  public record DropoutGradient(
      Buffer gradient, Buffer mask, Buffer target, boolean first, Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {
    @Override
    public List<Buffer> reads() {
      return List.of(gradient, mask);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropoutGradient(this);
    }
  }

  /** {@code y = f(x > 0 ? x : w x)}. */
  public record PRelu(Parameter weight, Buffer input, Buffer output, Optional<Epilogue> epilogue)
      implements ForwardKernel {

    /** Whether each value of a row has a slope; otherwise a row has one. */
    public boolean perValue() {
      return weight.count() > 1 && input.positions() == 1;
    }

    /** What it does to a row, except for the activation. */
    public RowMethod program() {
      return PRelus.prelu(perValue());
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input);
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
      return cases.prelu(this);
    }
  }

  /** {@code dx = dy} where x is above 0, else {@code w dy}, set or accumulated. */
  public record PReluGradient(
      Parameter weight,
      Buffer gradient,
      Buffer input,
      Buffer target,
      boolean first,
      Optional<Derivative> derivative)
      implements BackwardKernel.InputGradient {

    /** Whether each value of a row has a slope; otherwise a row has one. */
    public boolean perValue() {
      return weight.count() > 1 && input.positions() == 1;
    }

    /** What it does to a row, except for the derivative. */
    public RowMethod program() {
      return PRelus.inputGradient(perValue(), first);
    }

    @Override
    public List<Requirement> requires() {
      return Kernel.requirements(
          List.of(new Requirement.Program(program())),
          derivative.map(next -> next.requirement(false)));
    }

    @Override
    public List<Buffer> reads() {
      return List.of(gradient, input);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.preluGradient(this);
    }
  }

  /** {@code D = D + factor sum dy x} where x is not above 0, as {@link LinearKernels.WeightGradient} for the slopes of a PReLU. */
  public record SlopeGradient(Parameter weight, Buffer input, Buffer gradient)
      implements BackwardKernel.OfWeight {

    /** Whether each value of a row has a slope; otherwise a row has one. */
    public boolean perValue() {
      return weight.count() > 1 && input.positions() == 1;
    }

    /** What it adds to the sums of a row. */
    public RowMethod program() {
      return PRelus.slopeGradient();
    }

    @Override
    public List<Buffer> reads() {
      return List.of(input, gradient);
    }

    @Override
    public OptionalInt scratch() {
      return OptionalInt.of(gradient.width());
    }

    @Override
    public List<Requirement> requires() {
      return List.of(new Requirement.Program(program()));
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.slopeGradient(this);
    }
  }
}
