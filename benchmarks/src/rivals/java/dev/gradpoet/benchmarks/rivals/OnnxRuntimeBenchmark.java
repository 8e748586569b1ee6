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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
 * ONNX Runtime, as a user writes it for speed: a fixed shape, all optimizations, input and output in direct buffers that are bound
 * once, so that nothing is copied between Java and native memory. A network that was imported from a model runs that very file; if its batch is fixed, a
 * call for each row.
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

  /** The number of threads. */
  @Param("1")
  public int threads;

  private OrtSession session;
  private List<Call> calls;
  private FloatBuffer y;

  /** The tensors of a call, by the names of inputs and outputs. */
  private record Call(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

  /** Makes the session, and checks that it computes the same results as we do. */
  @Setup
  public void setup() throws OrtException, IOException {
    Gradpoet ours = Gradpoet.of(shape, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    byte[] model = shape.model().isPresent()
        ? Gradpoet.file(shape.model().get())
        : OnnxModel.of(ours.model(), rows);
    session = environment.createSession(model, options);
    Work work = ours.work(rows);
    float[] expected = ours.forward(work);
    FloatBuffer x = direct(work.inputs().length);
    x.put(work.inputs()).rewind();
    y = direct(expected.length);
    calls = calls(environment, x);
    onnxRuntime();
    float[] theirs = new float[expected.length];
    y.get(0, theirs);
    Agreement.check("ONNX Runtime", theirs, expected);
  }

  /** One call, or as many as a model whose batch is fixed needs for all rows. */
  private List<Call> calls(OrtEnvironment environment, FloatBuffer x) throws OrtException {
    long batch = shapeOf(session.getInputInfo().values().iterator().next())[0];
    int rowsOfCall = batch > 0 ? (int) batch : rows;
    List<Call> made = new ArrayList<>();
    for (int from = 0; from < rows; from += rowsOfCall) {
      made.add(new Call(
          bound(environment, session.getInputInfo(), part(x, from, rowsOfCall), rowsOfCall),
          bound(environment, onlyFirst(session.getOutputInfo()), part(y, from, rowsOfCall), rowsOfCall)));
    }
    return made;
  }

  private FloatBuffer part(FloatBuffer all, int from, int count) {
    int width = all.capacity() / rows;
    return all.slice(from * width, count * width);
  }

  private static Map<String, NodeInfo> onlyFirst(Map<String, NodeInfo> nodes) {
    Map.Entry<String, NodeInfo> first = nodes.entrySet().iterator().next();
    return Map.of(first.getKey(), first.getValue());
  }

  /** A tensor on a buffer for the first node; zeros for others, such as the state that policies of Godot pass through. */
  private static Map<String, OnnxTensor> bound(
      OrtEnvironment environment, Map<String, NodeInfo> nodes, FloatBuffer buffer, int rows)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    for (NodeInfo node : nodes.values()) {
      long[] sizes = shapeOf(node);
      sizes[0] = rows;
      int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
      tensors.put(
          node.getName(),
          OnnxTensor.createTensor(environment, tensors.isEmpty() ? buffer : direct(count), sizes));
    }
    return tensors;
  }

  private static long[] shapeOf(NodeInfo node) {
    return ((TensorInfo) node.getInfo()).getShape().clone();
  }

  private static FloatBuffer direct(int values) {
    return ByteBuffer.allocateDirect(values * 4).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Closes the session. */
  @TearDown
  public void tearDown() throws OrtException {
    session.close();
  }

  /** All rows; JMH consumes an output, and a native call cannot be eliminated. */
  @Benchmark
  public float onnxRuntime() throws OrtException {
    for (int i = 0; i < calls.size(); i++) {
      session.run(calls.get(i).inputs(), Set.of(), calls.get(i).outputs()).close();
    }
    return y.get(0);
  }
}
