package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.List;
import java.util.Optional;

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

  /** The measurement of a system. */
  Optional<Measurement> find(Kind kind, Shape shape, String system) {
    return measurements.stream()
        .filter(m -> m.kind() == kind && m.shape() == shape && m.system().equals(system))
        .findFirst();
  }

  /** The fraction of the peak that a measurement reaches. */
  double shareOfPeak(Measurement measurement) {
    return measurement.kind().flops(measurement.shape()) / measurement.median() / peak;
  }
}
