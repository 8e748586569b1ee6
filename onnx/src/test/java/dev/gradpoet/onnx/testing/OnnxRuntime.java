package dev.gradpoet.onnx.testing;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The reference: what ONNX Runtime computes of a model as it is, on one thread. */
public final class OnnxRuntime implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** The session of a file. */
  public OnnxRuntime(Path file) throws Exception {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    // one of its fusions fails on a Transpose between a MatMul and a BatchNormalization
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    session = environment.createSession(file.toString(), options);
  }

  /**
   * One output.
   *
   * @param rows how many there are of each input
   * @param values of inputs by name, in the types of the model; other inputs are zeros
   */
  public double[] run(int rows, Map<String, double[]> values, String output) throws Exception {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (String name : session.getInputNames()) {
      inputs.put(name, tensor(name, rows, values.get(name)));
    }
    try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
      return doubles((OnnxTensor) result.get(0));
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(String name, int rows, double[] given) throws OrtException {
    TensorInfo info = (TensorInfo) session.getInputInfo().get(name).getInfo();
    long[] shape =
        Arrays.stream(info.getShape()).map(size -> size < 0 ? rows : size).toArray();
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = given == null ? new double[count] : given;
    return switch (info.type) {
      case DOUBLE -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(values), shape);
      case INT64 ->
        OnnxTensor.createTensor(
            environment,
            LongBuffer.wrap(
                DoubleStream.of(values).mapToLong(value -> (long) value).toArray()),
            shape);
      case INT32 ->
        OnnxTensor.createTensor(
            environment,
            IntBuffer.wrap(
                DoubleStream.of(values).mapToInt(value -> (int) value).toArray()),
            shape);
      default -> {
        FloatBuffer floats = FloatBuffer.allocate(values.length);
        DoubleStream.of(values).forEach(value -> floats.put((float) value));
        yield OnnxTensor.createTensor(environment, floats.flip(), shape);
      }
    };
  }

  private static double[] doubles(OnnxTensor tensor) {
    if (tensor.getInfo().type == ai.onnxruntime.OnnxJavaType.DOUBLE) {
      DoubleBuffer values = tensor.getDoubleBuffer();
      double[] array = new double[values.remaining()];
      values.get(array);
      return array;
    }
    FloatBuffer values = tensor.getFloatBuffer();
    double[] array = new double[values.remaining()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get();
    }
    return array;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
