package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.List;
import java.util.Optional;

/**
 * All that a run measured.
 *
 * @param environment where
 * @param set what
 * @param peak floating-point operations a nanosecond at the limit of one core
 * @param measurements times
 * @param startUp from the start of a JVM
 * @param code what the compiler wrote
 */
public record Results(
    Environment environment,
    MeasuredSet set,
    double peak,
    List<Measurement> measurements,
    StartUp startUp,
    List<CodeSize> code) {

  /** What a system needed. */
  Optional<Measurement> find(Kind kind, Shape shape, String system) {
    return measurements.stream()
        .filter(m -> m.kind() == kind && m.shape() == shape && m.system().equals(system))
        .findFirst();
  }

  /** The part of the peak that a measurement reaches. */
  double shareOfPeak(Measurement measurement) {
    return measurement.kind().flops(measurement.shape()) / measurement.median() / peak;
  }
}
