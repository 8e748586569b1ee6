package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.Network;
import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.graph.formula.LossOp;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import dev.gradpoet.processor.shape.MapLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a network is computed: kernels in order, buffers and parameters, the same for every kernel family.
 *
 * @param network the declaration
 * @param parameters the slots of all layers, in PyTorch's order
 * @param training the kernels of the forward pass in training, from the inputs to the output
 * @param backward from the gradient of the output to the gradients of the parameters
 * @param inputGradient the rest of the backward pass, to the gradients of the inputs
 * @param values the buffers of the forward pass: the inputs first, and last the buffers that kernels keep for the backward pass
 * @param gradients the buffers of the backward pass
 * @param output the buffer of the output rows
 * @param sharedValues in inference, where nothing is kept for the backward pass, the buffers that reuse the rows of another
 * @param sharedGradients the gradients that reuse the rows of another
 */
public record Plan(
    Network network,
    List<Parameter> parameters,
    List<ForwardKernel> training,
    List<BackwardKernel> backward,
    List<BackwardKernel> inputGradient,
    List<Buffer> values,
    List<Buffer> gradients,
    Buffer output,
    Map<Buffer, Buffer> sharedValues,
    Map<Buffer, Buffer> sharedGradients) {

  /** The loss, if any. */
  public Optional<LossOp> loss() {
    return network.objective().op();
  }

  /** The values of an output row. */
  public int outputs() {
    return network.last().shape().size();
  }

  /** The kernels of the forward pass in inference, from the inputs to the output. */
  public List<ForwardKernel> inference() {
    return inference(training);
  }

  /** The kernels of the forward pass in inference, given those in training. */
  public static List<ForwardKernel> inference(List<ForwardKernel> training) {
    return training.stream().flatMap(kernel -> kernel.inference().stream()).toList();
  }

  /** Whether inference and training have different forward passes. */
  public boolean hasTwoPasses() {
    return !inference().equals(training);
  }

  /** The dropouts, whose masks are drawn before a forward pass in training. */
  public List<ElementKernels.Dropout> dropouts() {
    return Kernel.ofKind(training, ElementKernels.Dropout.class).toList();
  }

  /** The batch norms. */
  public List<NormKernels.BatchNorm> batchNorms() {
    return Kernel.ofKind(training, NormKernels.BatchNorm.class).toList();
  }

  /** Whether it has normalizations, which are fitted to inputs. */
  public boolean hasNormalizations() {
    return Kernel.ofKind(training, NormKernels.Normalization.class).findAny().isPresent();
  }

  /** The place of a layer among the batch norms. */
  public int indexOfBatchNorm(String layer) {
    return batchNorms().stream().map(NormKernels.BatchNorm::layer).toList().indexOf(layer);
  }

  /** The buffers of all layers in PyTorch's sense, in PyTorch's order. */
  public List<Statistic> statistics() {
    return training.stream().flatMap(kernel -> kernel.statistics().stream()).toList();
  }

  /** The kernels of both forward passes. */
  public List<ForwardKernel> forwardKernels() {
    return Stream.of(training, inference()).flatMap(List::stream).distinct().toList();
  }

  /** What a forward pass takes for a sample, in multiply-adds: by this, a call of several threads decides whether they gain time. */
  public long operations() {
    return inference().stream().mapToLong(ForwardKernel::operations).sum();
  }

  /** The places of the kernels of the backward pass before which its threads wait for each other. */
  public Set<Integer> waits() {
    return Waits.before(backward, sharedGradients);
  }

  /** The buffers of values that inference uses. */
  public Set<Buffer> inferenceValues() {
    Set<Buffer> used = new HashSet<>(inputs());
    used.add(output());
    for (ForwardKernel kernel : inference()) {
      used.addAll(kernel.reads());
      used.add(kernel.output());
      used.addAll(kernel.keeps());
      kernel.epilogue().ifPresent(next -> used.add(next.output()));
    }
    return used;
  }

  /** Whether, in inference, the row of a value may be the array that a caller passes as the only input. */
  public boolean isGiven(Buffer value) {
    return network.hasOneDenseInput()
        && sharedValues.getOrDefault(value, value).equals(inputs().get(0));
  }

  /** The operations on windows. */
  public List<WindowOp> windows() {
    return Kernel.ofKind(forwardKernels(), MapKernels.Window.class)
        .map(MapKernels.Window::what)
        .toList();
  }

  /** The convolutions. */
  public List<MapKernels.Convolution> convolutions() {
    return Kernel.ofKind(forwardKernels(), MapKernels.Convolution.class).toList();
  }

  /** The gradients of the inputs of convolutions. */
  public List<MapKernels.ConvolutionGradient> convolutionGradients() {
    return Kernel.ofKind(backwardKernels(), MapKernels.ConvolutionGradient.class)
        .toList();
  }

  /** The length of a row with its padding, which class indices have none of. Behind a map there is room for the vectors that begin in its last values. */
  public int stored(Buffer buffer) {
    if (buffer.holdsIndices()) {
      return buffer.width();
    }
    return Padding.padded(buffer.width()) + (isMap(buffer) ? MapLayout.ROOM : 0);
  }

  /** Whether a buffer holds maps, or may lend its rows to one that does. */
  private boolean isMap(Buffer buffer) {
    return buffer.positions() == 1
        && Stream.<Kernel>concat(
                forwardKernels().stream().filter(ForwardKernel::needsRoom),
                backwardKernels().stream().filter(BackwardKernel::needsRoom))
            .flatMap(kernel -> Stream.concat(kernel.reads().stream(), kernel.writes().stream()))
            .anyMatch(map -> map.positions() == 1 && map.width() == buffer.width());
  }

  /** Whether a sample is one row in all buffers, so that a single row has kernels of its own. */
  public boolean hasRowPass() {
    return windows().isEmpty()
        && convolutions().isEmpty()
        && batchNorms().stream().noneMatch(norm -> norm.map().isPresent())
        && values.stream().allMatch(value -> value.positions() == 1);
  }

  /** The rows of the inputs. */
  public List<Buffer> inputs() {
    return values.subList(0, network.inputs().size());
  }

  /** The gradients of the inputs that are numbers. */
  public List<Buffer> gradientsOfInputs() {
    return inputs().stream()
        .filter(input -> !input.holdsIndices())
        .map(Plan::gradientOf)
        .toList();
  }

  /** The gradients that only the gradient of the input needs. */
  public Set<Buffer> gradientsOnDemand() {
    Set<Buffer> needed = new HashSet<>();
    needed.add(gradientOf(output));
    backward.stream().flatMap(k -> k.writes().stream()).forEach(needed::add);
    Set<Buffer> onDemand = new HashSet<>(gradients);
    onDemand.removeAll(needed);
    return onDemand;
  }

  /** The weights whose transposed copies kernels make. */
  public static List<Parameter> transposed(List<BackwardKernel> kernels) {
    return Kernel.ofKind(kernels, LinearKernels.Transpose.class)
        .map(LinearKernels.Transpose::weight)
        .toList();
  }

  /** The gradient of a value's rows. */
  public static Buffer gradientOf(Buffer value) {
    return new Buffer(Buffer.Role.GRADIENT, value.layer(), 1, value.width());
  }

  /**
   * The kernels of the backward pass, including those to the inputs. A layer that reads one value twice runs the same kernel twice, which is listed
   * once.
   */
  public List<BackwardKernel> backwardKernels() {
    return Stream.of(backward, inputGradient).flatMap(List::stream).distinct().toList();
  }

  /** All kernels, in order. */
  public List<Kernel> kernels() {
    return Stream.<Kernel>concat(forwardKernels().stream(), backwardKernels().stream())
        .toList();
  }

  /** The summation orders of all products. */
  public List<SumOrder> sumOrders() {
    return kernels().stream().flatMap(kernel -> kernel.sumOrder().stream()).toList();
  }

  /** The primitives that the plan requires, in the order of first use. */
  public List<Requirement> requirements() {
    return kernels().stream()
        .flatMap(kernel -> kernel.requires().stream())
        .distinct()
        .toList();
  }

  /** Whether the loss takes two passes over the rows and keeps two numbers of each row between them. */
  public boolean hasTwoPassLoss() {
    return loss().filter(LossOp::hasTwoPasses).isPresent();
  }

  /** The slots of a layer. */
  public List<Parameter> parameters(String layer) {
    return parameters.stream().filter(p -> p.layer().equals(layer)).toList();
  }

  /** The number of inputs of the layer with this bias, on which PyTorch's default bias depends. */
  public int fanIn(Parameter bias) {
    return parameters(bias.layer()).get(0).in();
  }

  /** The parameters that are matrices. */
  public List<Parameter> matrices() {
    return parameters.stream().filter(Parameter::isMatrix).toList();
  }

  /** The number of parameters of a layer. */
  public int parameterCount(String layer) {
    return parameters(layer).stream().mapToInt(Parameter::count).sum();
  }

  /** The number of parameters. */
  public int parameterCount() {
    return parameters.stream().mapToInt(Parameter::count).sum();
  }
}
