package dev.gradpoet.spark;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named tensors as bytes, in which a network goes to executors and a checkpoint comes back. */
final class TensorBytes {

  private TensorBytes() {}

  /** The parameters and buffers of a network, live, by the names of {@link Model#save}. */
  static Map<String, Tensor> live(Model model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Layer layer : model.architecture().layers()) {
      layer.parameters().forEach((name, tensor) -> all.put(layer.name() + "." + name, tensor));
      layer.buffers().forEach((name, tensor) -> all.put(layer.name() + "." + name, tensor));
    }
    return all;
  }

  /** The number of bytes that {@link #write} produces; slightly too low if a name has characters outside the Basic Multilingual Plane. */
  static long size(Map<String, Tensor> tensors) {
    long bytes = Integer.BYTES;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      int value = tensor.dtype() == DType.FLOAT32 ? Float.BYTES : Double.BYTES;
      bytes += Short.BYTES
          + (long) entry.getKey().getBytes(StandardCharsets.UTF_8).length
          + 2
          + (long) Integer.BYTES * tensor.shape().length
          + (long) value * tensor.size();
    }
    return bytes;
  }

  static byte[] write(Map<String, Tensor> tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(size(tensors)));
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(tensors.size());
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        out.writeUTF(entry.getKey());
        write(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Tensor tensor) throws IOException {
    out.writeByte(tensor.dtype().ordinal());
    int[] shape = tensor.shape();
    out.writeByte(shape.length);
    for (int size : shape) {
      out.writeInt(size);
    }
    switch (tensor.dtype()) {
      case FLOAT32 -> {
        for (float value : tensor.toFloatArray()) {
          out.writeInt(Float.floatToRawIntBits(value));
        }
      }
      case FLOAT64 -> {
        for (double value : tensor.toDoubleArray()) {
          out.writeLong(Double.doubleToRawLongBits(value));
        }
      }
      case INT64 -> {
        for (long value : tensor.toLongArray()) {
          out.writeLong(value);
        }
      }
    }
  }

  static Map<String, Tensor> read(byte[] bytes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        tensors.put(name, read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tensors;
  }

  private static Tensor read(DataInputStream in) throws IOException {
    DType dtype = DType.values()[in.readByte()];
    int[] shape = new int[in.readByte()];
    int size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readInt();
      size *= shape[i];
    }
    return switch (dtype) {
      case FLOAT32 -> {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
          values[i] = Float.intBitsToFloat(in.readInt());
        }
        yield Tensor.view(values, shape);
      }
      case FLOAT64 -> {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          values[i] = Double.longBitsToDouble(in.readLong());
        }
        yield Tensor.view(values, shape);
      }
      case INT64 -> {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
          values[i] = in.readLong();
        }
        yield Tensor.of(values, shape);
      }
    };
  }

  /** Sets the parameters and buffers of a network of the same declaration. */
  static void restore(Model model, Map<String, Tensor> tensors) {
    live(model).forEach((name, tensor) -> tensor.copyFrom(tensors.get(name)));
  }
}
