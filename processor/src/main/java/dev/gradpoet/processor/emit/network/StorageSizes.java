package dev.gradpoet.processor.emit.network;

import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelChoice;
import dev.gradpoet.processor.emit.kernel.RowFunction;
import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Plan;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many bytes the values and gradients of a trainer take, and how wide the scratch of a row is. */
public record StorageSizes(Plan plan, Scalar scalar, KernelChoice choice) {

  /** The bytes of an array besides its values: its header and a reference to it. */
  private static final int ARRAY_BYTES = 20;

  /** The bytes of a row of a trainer's values and gradients, without those that only the gradient of the input needs. */
  public long rowBytes() {
    Set<Buffer> lent = new HashSet<>(plan.sharedGradients().keySet());
    lent.addAll(plan.gradientsOnDemand());
    return bytesOfRow(Stream.concat(
        plan.values().stream(), plan.gradients().stream().filter(b -> !lent.contains(b))));
  }

  /** The bytes of the values, and of the gradient of the outputs, of a tile of rows, which {@code evaluate} computes at once. */
  public long tileBytes(int tile) {
    Set<Buffer> used = plan.inferenceValues();
    List<Buffer> own = plan.values().stream()
        .filter(b -> used.contains(b) && !plan.sharedValues().containsKey(b))
        .toList();
    long gradient = (long) Padding.padded(plan.outputs()) * scalar.bytes() + ARRAY_BYTES;
    return tile * (gradient + bytesOfRow(own.stream()))
        + bytesOfStatistics(own.stream())
        + partialBytes();
  }

  /** The bytes of a trainer's values and gradients that do not depend on the number of rows, with vector kernels or plain ones. */
  public long fixedBytes(boolean vectors) {
    long copies = Plan.transposed(plan.backward()).stream()
        .mapToLong(
            weight -> (long) weight.width() * Padding.padded(weight.height()) * scalar.bytes())
        .sum();
    return bytesOfStatistics(plan.values().stream()) + copies + scratchBytes(vectors);
  }

  /** The bytes of scratch, of which each thread has its own. */
  public long scratchBytes(boolean vectors) {
    long maps = plan.convolutions().isEmpty()
        ? 0
        : new MapScratch(plan, scalar, choice).values(vectors) * scalar.bytes();
    return maps + partialBytes();
  }

  private long bytesOfRow(Stream<Buffer> buffers) {
    return buffers
        .filter(b -> b.height().isEmpty())
        .mapToLong(b -> b.positions() * (bytes(b) + ARRAY_BYTES))
        .sum();
  }

  /** The bytes of buffers whose rows are not those of samples. */
  private long bytesOfStatistics(Stream<Buffer> buffers) {
    return buffers
        .filter(b -> b.height().isPresent())
        .mapToLong(b -> b.height().getAsInt() * (bytes(b) + ARRAY_BYTES))
        .sum();
  }

  private long partialBytes() {
    return (long) partialWidth().orElse(0) * scalar.bytes();
  }

  private long bytes(Buffer buffer) {
    return buffer.holdsIndices()
        ? (long) buffer.width() * Integer.BYTES
        : (long) plan.stored(buffer) * scalar.bytes();
  }

  /** The width of the scratch for a row, if any kernel needs it. */
  OptionalInt partialWidth() {
    IntStream ofDerivatives = plan.backwardKernels().stream()
        .flatMap(kernel -> kernel.derivative().stream())
        .filter(next -> new RowFunction(next.function(), true).needsScratch(scalar, choice))
        .mapToInt(next -> Padding.padded(next.kept().width()));
    IntStream ofKernels = plan.kernels().stream()
        .flatMapToInt(kernel -> kernel.scratch().stream())
        .map(Padding::padded);
    return Stream.of(widthsOfPartialSums(), ofDerivatives, ofKernels)
        .flatMapToInt(widths -> widths)
        .max();
  }

  private IntStream widthsOfPartialSums() {
    return plan.sumOrders().stream()
        .filter(order -> order.chains() > 1)
        .mapToInt(order -> Math.max(SumOrder.LANES, Padding.padded(order.outer())));
  }
}
