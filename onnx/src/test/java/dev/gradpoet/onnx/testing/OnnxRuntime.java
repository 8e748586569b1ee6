package dev.gradpoet.onnx.testing;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The reference: what ONNX Runtime computes of a model, on one thread. */
public final class OnnxRuntime implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** The session of a file. */
  public OnnxRuntime(Path file) throws Exception {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = environment.createSession(file.toString(), options);
  }

  /**
   * One output for rows of one input; other inputs are zeros.
   *
   * @param shape of the whole input, rows first
   */
  public float[] run(String input, float[] rows, long[] shape, String output) throws Exception {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (String name : session.getInputNames()) {
      boolean wanted = name.equals(input);
      long[] sizes = wanted ? shape : zeros(name, shape[0]);
      float[] values =
          wanted ? rows : new float[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
      inputs.put(name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), sizes));
    }
    try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] array = new float[values.remaining()];
      values.get(array);
      return array;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private long[] zeros(String name, long rows) throws Exception {
    long[] shape = ((TensorInfo) session.getInputInfo().get(name).getInfo()).getShape();
    return Arrays.stream(shape).map(size -> size < 0 ? rows : size).toArray();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
