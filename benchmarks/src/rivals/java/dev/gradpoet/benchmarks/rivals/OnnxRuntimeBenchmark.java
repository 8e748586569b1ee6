package dev.gradpoet.benchmarks.rivals;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;
import dev.gradpoet.benchmarks.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
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
 * ONNX Runtime on one thread, as a user writes it for speed: a fixed shape, all optimizations, input and output in direct buffers that are bound
 * once, so that nothing is copied between Java and native memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OnnxRuntimeBenchmark {

  /** The network. */
  @Param public Shape shape;

  /** The rows of a call. */
  @Param({"1", "64"})
  public int rows;

  private OrtSession session;
  private Map<String, OnnxTensor> inputs;
  private Map<String, OnnxTensor> outputs;
  private FloatBuffer y;

  /** Makes the session, and checks that it computes the same results as we do. */
  @Setup
  public void setup() throws OrtException {
    Gradpoet ours = Gradpoet.of(shape, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = environment.createSession(OnnxModel.of(ours.model(), rows), options);
    Work work = ours.work(rows);
    float[] expected = ours.forward(work);
    FloatBuffer x = direct(work.inputs().length);
    x.put(work.inputs()).rewind();
    y = direct(expected.length);
    inputs = bound(environment, session.getInputInfo(), x);
    outputs = bound(environment, session.getOutputInfo(), y);
    onnxRuntime();
    float[] theirs = new float[expected.length];
    y.get(0, theirs);
    Agreement.check("ONNX Runtime", theirs, expected);
  }

  /** A tensor on a buffer, by the name of the only input or output, and with its shape. */
  private static Map<String, OnnxTensor> bound(
      OrtEnvironment environment, Map<String, NodeInfo> nodes, FloatBuffer buffer)
      throws OrtException {
    NodeInfo node = nodes.values().iterator().next();
    long[] shape = ((TensorInfo) node.getInfo()).getShape();
    return Map.of(node.getName(), OnnxTensor.createTensor(environment, buffer, shape));
  }

  private static FloatBuffer direct(int values) {
    return ByteBuffer.allocateDirect(values * 4).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Closes the session. */
  @TearDown
  public void tearDown() throws OrtException {
    session.close();
  }

  /** One call; JMH consumes an output, and a native call cannot be eliminated. */
  @Benchmark
  public float onnxRuntime() throws OrtException {
    try (OrtSession.Result result = session.run(inputs, Set.of(), outputs)) {
      return y.get(0);
    }
  }
}
