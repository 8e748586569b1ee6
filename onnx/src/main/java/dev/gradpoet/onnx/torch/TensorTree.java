package dev.gradpoet.onnx.torch;

import dev.gradpoet.DType;
import dev.gradpoet.onnx.torch.TorchObjects.Storage;
import dev.gradpoet.onnx.torch.TorchObjects.View;
import dev.gradpoet.onnx.wire.MalformedFileException;
import dev.gradpoet.onnx.wire.Shown;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Heap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the tensors of nested dictionaries and lists under names such as {@code model.fc1.weight}. */
final class TensorTree {

  /** Reads the bytes of a storage. */
  interface Storages {
    ByteBuffer read(Storage storage) throws IOException;
  }

  private static final int MAX_DEPTH = 64;
  static final int MAX_ENTRIES = 100_000;

  private final String file;
  private final Storages storages;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<String> left = new ArrayList<>();
  private int entries;
  private long memory;

  TensorTree(String file, Storages storages) {
    this.file = file;
    this.storages = storages;
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** What is no tensor, in words. */
  List<String> left() {
    return left;
  }

  void add(Object root) throws IOException {
    add("", root, 0);
  }

  private void add(String name, Object value, int depth) throws IOException {
    if (depth > MAX_DEPTH || ++entries > MAX_ENTRIES) {
      throw new MalformedFileException(
          file,
          "its dictionaries are nested more than " + MAX_DEPTH + " deep or have more than "
              + MAX_ENTRIES + " entries");
    }
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        add(joined(name, String.valueOf(entry.getKey())), entry.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(joined(name, String.valueOf(i)), list.get(i), depth + 1);
      }
    } else if (value instanceof View view) {
      String full = name.isEmpty() ? "tensor" : name;
      if (tensors.put(full, tensor(full, view)) != null) {
        throw new MalformedFileException(file, "it has two tensors " + Shown.text(full));
      }
    } else {
      left.add(Shown.text(name.isEmpty() ? "the value" : name) + ", which is not a tensor: "
          + PickleReader.shown(value));
    }
  }

  private static String joined(String name, String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private Tensor tensor(String name, View view) throws IOException {
    int[] shape = view.sizes().stream().mapToInt(Long::intValue).toArray();
    long count = 1;
    long last = view.offset();
    for (int d = 0; d < shape.length; d++) {
      count = Math.min(count * shape[d], Integer.MAX_VALUE);
      last += (shape[d] - 1L) * view.strides().get(d);
    }
    String shown = "the tensor " + Shown.text(name);
    if (count > 0 && last >= view.storage().count()) {
      throw new MalformedFileException(
          file,
          shown + " reads value " + last + " of a storage of " + view.storage().count());
    }
    DType dtype = view.storage().type().dtype();
    memory += count * (dtype == DType.FLOAT32 ? 4 : 8);
    Optional<String> problem = count >= Heap.LONGEST
        ? Optional.of("it is too large")
        : Heap.problem("the content of the file", memory);
    if (problem.isPresent()) {
      throw new MalformedFileException(file, shown + ": " + problem.get());
    }
    ByteBuffer values = count == 0
        ? ByteBuffer.allocate(0)
        : storages.read(view.storage()).order(ByteOrder.LITTLE_ENDIAN);
    if (values.remaining() / view.storage().type().bytes() <= (count == 0 ? -1 : last)) {
      throw new MalformedFileException(
          file, shown + " reads value " + last + " of " + values.remaining() + " bytes");
    }
    return copy(view, values, shape, (int) count, dtype);
  }

  private static Tensor copy(View view, ByteBuffer values, int[] shape, int count, DType dtype) {
    int[] places = new int[count];
    int[] index = new int[shape.length];
    int at = (int) view.offset();
    for (int i = 0; i < count; i++) {
      places[i] = at;
      for (int d = shape.length - 1; d >= 0; d--) {
        at += (int) (long) view.strides().get(d);
        if (++index[d] < shape[d]) {
          break;
        }
        at -= (int) (long) view.strides().get(d) * shape[d];
        index[d] = 0;
      }
    }
    TorchType type = view.storage().type();
    return switch (dtype) {
      case FLOAT32 -> {
        float[] data = new float[count];
        for (int i = 0; i < count; i++) {
          data[i] = (float) type.real(values, places[i]);
        }
        yield Tensor.of(data, shape);
      }
      case FLOAT64 -> {
        double[] data = new double[count];
        for (int i = 0; i < count; i++) {
          data[i] = type.real(values, places[i]);
        }
        yield Tensor.of(data, shape);
      }
      case INT64 -> {
        long[] data = new long[count];
        for (int i = 0; i < count; i++) {
          data[i] = type.integer(values, places[i]);
        }
        yield Tensor.of(data, shape);
      }
    };
  }
}
