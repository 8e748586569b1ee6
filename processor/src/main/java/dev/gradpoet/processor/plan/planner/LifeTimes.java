package dev.gradpoet.processor.plan.planner;

import dev.gradpoet.processor.plan.Buffer;
import dev.gradpoet.processor.plan.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the buffers that can reuse the rows of a buffer that is no longer read. */
final class LifeTimes {

  private LifeTimes() {}

  /**
   * Assigns rows to buffers, in the order of the kernels.
   *
   * <p>Only buffers of the same size share rows. A buffer takes over the rows of another only after the last kernel that reads the other, because a
   * kernel must not write rows that it reads.
   *
   * @param kernels the kernels in order
   * @param pinned the buffers that share rows with no other
   * @param passedOn the buffers that no kernel writes, each with the buffer whose rows it uses
   * @return for each buffer that reuses rows, the buffer that they were allocated for
   */
  static Map<Buffer, Buffer> share(
      List<? extends Kernel> kernels, Set<Buffer> pinned, Map<Buffer, Buffer> passedOn) {
    Map<Buffer, Integer> lastUse = new HashMap<>();
    for (int k = 0; k < kernels.size(); k++) {
      for (Buffer read : kernels.get(k).reads()) {
        lastUse.put(passedOn.getOrDefault(read, read), k);
      }
    }
    Map<Buffer, Buffer> owners = new LinkedHashMap<>();
    Map<List<Integer>, List<Buffer>> free = new HashMap<>();
    Set<Buffer> made = new HashSet<>();
    for (int k = 0; k < kernels.size(); k++) {
      Kernel kernel = kernels.get(k);
      Buffer written = kernel.writes().orElse(null);
      if (written != null && !pinned.contains(written) && made.add(written)) {
        List<Buffer> candidates = free.getOrDefault(size(written), List.of());
        if (!candidates.isEmpty()) {
          owners.put(written, candidates.remove(candidates.size() - 1));
        }
      }
      Set<Buffer> reads = new LinkedHashSet<>();
      kernel.reads().forEach(read -> reads.add(passedOn.getOrDefault(read, read)));
      for (Buffer read : reads) {
        if (lastUse.get(read) == k && made.contains(read)) {
          free.computeIfAbsent(size(read), size -> new ArrayList<>())
              .add(owners.getOrDefault(read, read));
        }
      }
    }
    passedOn.forEach((buffer, rows) -> owners.put(buffer, owners.getOrDefault(rows, rows)));
    return owners;
  }

  private static List<Integer> size(Buffer buffer) {
    return List.of(buffer.positions(), buffer.width());
  }
}
