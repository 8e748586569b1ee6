package dev.gradpoet.processor.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the threads of a backward pass wait for each other: before a kernel that reads what another thread may still write, or writes what another may
 * still read.
 */
final class Waits {

  private final Map<Buffer, Buffer> owners;

  /** The kernels since the last wait. */
  private final List<Access> running = new ArrayList<>();

  private Waits(Map<Buffer, Buffer> owners) {
    this.owners = owners;
  }

  /** What a kernel reads and writes: rows, or the parameters of a layer and their transposed copy. */
  private record Access(boolean byRows, Set<Object> reads, Set<Object> writes) {

    boolean conflicts(Access later) {
      return meet(writes, later.reads, later)
          || meet(writes, later.writes, later)
          || meet(reads, later.writes, later);
    }

    /**
     * A thread computes the same rows in all kernels by rows. Other kernels have parameters of their own, and what reads a copy of these comes before what
     * changes them.
     */
    private boolean meet(Set<Object> own, Set<Object> others, Access later) {
      return own.stream()
          .filter(others::contains)
          .anyMatch(both -> byRows != later.byRows || both instanceof Buffer != byRows);
    }
  }

  private record OfLayer(String layer, boolean transposed) {}

  /**
   * The places of the kernels before which they wait, if the kernel does not itself.
   *
   * @param owners the buffers that use the rows of others
   */
  static Set<Integer> before(List<BackwardKernel> kernels, Map<Buffer, Buffer> owners) {
    Waits waits = new Waits(owners);
    Set<Integer> before = new HashSet<>();
    for (int i = 0; i < kernels.size(); i++) {
      BackwardKernel kernel = kernels.get(i);
      Access access = waits.access(kernel);
      if (kernel.waits()) {
        waits.running.clear();
      } else if (waits.running.stream().anyMatch(earlier -> earlier.conflicts(access))) {
        waits.running.clear();
        before.add(i);
      }
      waits.running.add(access);
    }
    return before;
  }

  private Access access(BackwardKernel kernel) {
    Set<Object> reads = new HashSet<>();
    Set<Object> writes = new HashSet<>();
    kernel.reads().forEach(buffer -> reads.add(owners.getOrDefault(buffer, buffer)));
    kernel.writes().ifPresent(buffer -> writes.add(owners.getOrDefault(buffer, buffer)));
    OfLayer parameters = new OfLayer(kernel.layer(), false);
    OfLayer copy = new OfLayer(kernel.layer(), true);
    if (kernel.readsParameters() || kernel.copies()) {
      reads.add(parameters);
    }
    if (kernel.readsCopy()) {
      reads.add(copy);
    }
    if (kernel.copies()) {
      writes.add(copy);
    } else if (!kernel.isByRows()) {
      writes.add(parameters);
    }
    return new Access(kernel.isByRows(), reads, writes);
  }
}
