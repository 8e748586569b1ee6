package dev.gradpoet.benchmarks.report;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All results of a run.
 *
 * @param environment where they were measured
 * @param set the set of measurements
 * @param peak the floating-point operations per nanosecond at the limit of one core
 * @param measurements the times
 * @param startUp the startup times of a JVM
 * @param code the sizes of the generated code
 */
public record Results(
    Environment environment,
    MeasuredSet set,
    double peak,
    List<Measurement> measurements,
    StartUp startUp,
    List<CodeSize> code) {

  /** The measurement of a contender. */
  Optional<Measurement> find(Task task, Contender contender) {
    return measurements.stream()
        .filter(m -> m.task().equals(task) && m.contender() == contender)
        .findFirst();
  }

  /** The tasks of a kind on one thread, in the order in which they were measured. */
  List<Task> tasks(Kind kind) {
    return measurements.stream()
        .map(Measurement::task)
        .filter(task -> task.kind() == kind && task.threads() == 1)
        .distinct()
        .toList();
  }

  /** Whether these are the figures that are published: the full set, of all networks. */
  boolean areComplete() {
    Set<Task> measured = new HashSet<>();
    measurements.forEach(m -> measured.add(m.task()));
    return set == MeasuredSet.FULL && measured.containsAll(set.tasks());
  }

  /** The fraction of the peak that a measurement reaches. */
  double shareOfPeak(Measurement measurement) {
    return measurement.task().flops() / measurement.time() / peak;
  }
}
