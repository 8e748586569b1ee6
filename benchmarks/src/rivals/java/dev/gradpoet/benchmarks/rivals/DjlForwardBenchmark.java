package dev.gradpoet.benchmarks.rivals;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;
import dev.gradpoet.benchmarks.Work;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * DJL and PyTorch, inference: the block called directly, without translators, on an input that stays in native memory. The manager of each call frees
 * its intermediate arrays.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DjlForwardBenchmark {

  /** The network. */
  @Param public Shape shape;

  /** The rows of a call. */
  @Param({"1", "64"})
  public int rows;

  /** The number of threads. */
  @Param("1")
  public int threads;

  private NDManager manager;
  private Model model;
  private Block block;
  private ParameterStore store;
  private NDArray x;

  /** Makes the network, and checks that it computes the same results as we do. */
  @Setup
  public void setup() {
    Djl.configure(threads);
    Gradpoet ours = Gradpoet.of(shape, 1);
    manager = NDManager.newBaseManager("PyTorch");
    model = Djl.model(manager, ours.model().architecture(), rows);
    Djl.copyWeights(ours.model(), model);
    block = model.getBlock();
    block.freezeParameters(true);
    store = new ParameterStore(manager, false);
    Work work = ours.work(rows);
    x = manager.create(work.inputs(), Djl.inputShape(ours.model().architecture(), rows));
    Agreement.check("DJL", djl(), ours.forward(work));
  }

  /** Frees native memory. */
  @TearDown
  public void tearDown() {
    model.close();
    manager.close();
  }

  /** One call; JMH consumes the outputs. */
  @Benchmark
  public float[] djl() {
    try (NDManager call = manager.newSubManager()) {
      x.attach(call);
      float[] y =
          block.forward(store, new NDList(x), false).singletonOrThrow().toFloatArray();
      x.attach(manager);
      return y;
    }
  }
}
