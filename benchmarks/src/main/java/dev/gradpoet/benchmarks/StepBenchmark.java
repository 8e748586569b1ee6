package dev.gradpoet.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A training step on a batch: forward, loss, backward, SGD. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {

  /** The network. */
  @Param
  public Shape shape;

  /** The number of threads. */
  @Param("1")
  public int threads;

  private Gradpoet network;
  private Work work;

  /** Makes the network and its batch. */
  @Setup
  public void setup() {
    network = Gradpoet.of(shape, shape.batch(), threads);
    work = network.work(shape.batch());
  }

  /** One step; JMH consumes the loss. */
  @Benchmark
  public float gradpoet() {
    return network.step(work);
  }
}
