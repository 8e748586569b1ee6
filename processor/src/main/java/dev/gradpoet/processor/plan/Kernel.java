package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.plan.tiling.SumOrder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A generated method that reads and writes buffers. Each kind is a case of {@link ForwardKernel.Cases} or {@link BackwardKernel.Cases}, so a new kind
 * does not compile until every stage handles it.
 */
public sealed interface Kernel permits ForwardKernel, BackwardKernel {

  /** The layer it belongs to. */
  String layer();

  /** The buffers that it reads. */
  List<Buffer> reads();

  /** The buffer that it writes; none if it writes the gradient or the transposed copy of a parameter. */
  Optional<Buffer> writes();

  /** The primitives that it calls, in the order of use. */
  List<Requirement> requires();

  /** The width of the scratch that it needs for a row, apart from the scratch of its sums and of a derivative. */
  default OptionalInt scratch() {
    return OptionalInt.empty();
  }

  /** The order of its sums, if it is a product. */
  default Optional<SumOrder> sumOrder() {
    return Optional.empty();
  }

  /** The primitives of a kernel, followed by the function that it applies to each row. */
  static List<Requirement> requirements(List<Requirement> made, Optional<Requirement> applied) {
    return Stream.concat(made.stream(), applied.stream()).toList();
  }

  /** The kernels of a kind. */
  static <K extends Kernel> Stream<K> ofKind(Collection<? extends Kernel> kernels, Class<K> kind) {
    return kernels.stream().filter(kind::isInstance).map(kind::cast);
  }
}
