package dev.gradpoet.benchmarks;

import dev.gradpoet.runtime.FloatPredictor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The outputs of one row or of 64. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ForwardBenchmark {

  /** The network. */
  @Param
  public Shape shape;

  /** The rows of a call. */
  @Param({"1", "64"})
  public int rows;

  /** The number of threads. */
  @Param("1")
  public int threads;

  private FloatPredictor network;
  private float[] x;
  private float[] y;

  /** Makes the network and its rows. */
  @Setup
  public void setup() {
    Gradpoet ours = Gradpoet.of(shape, 1, threads);
    Work work = ours.work(rows);
    network = ours.predictor();
    x = work.inputs();
    y = ours.forward(work);
  }

  /** One call; JMH consumes the outputs. */
  @Benchmark
  public float[] gradpoet() {
    network.forward(x, y);
    return y;
  }
}
