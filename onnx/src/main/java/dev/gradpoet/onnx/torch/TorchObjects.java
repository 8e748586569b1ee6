package dev.gradpoet.onnx.torch;

import dev.gradpoet.onnx.torch.PickleReader.Global;
import dev.gradpoet.onnx.wire.MalformedFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls of a pickle that describe tensors; all others are refused. */
final class TorchObjects {

  /**
   * The memory that tensors look into.
   *
   * @param key its name in the file
   * @param count how many values it has
   */
  record Storage(TorchType type, String key, long count) {}

  /** A tensor: where its values are in a storage. */
  record View(Storage storage, long offset, List<Long> sizes, List<Long> strides) {}

  private static final Set<String> DICTIONARIES =
      Set.of("collections.OrderedDict", "__builtin__.dict", "builtins.dict");

  private TorchObjects() {}

  /** The storage that a persistent id names: {@code ('storage', torch.FloatStorage, key, device, count)}. */
  static Storage storage(PickleReader reader, Object id) throws MalformedFileException {
    if (id instanceof List<?> parts
        && parts.size() >= 5
        && "storage".equals(parts.get(0))
        && parts.get(1) instanceof Global kind
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long count) {
      Optional<TorchType> type = TorchType.ofStorage(kind.name());
      if (type.isEmpty()) {
        throw reader.error("a storage of type " + PickleReader.shown(kind)
            + ", expected torch.FloatStorage or another one of real numbers or integers");
      }
      if (parts.size() > 5 && parts.get(5) != PickleReader.Null.NONE) {
        throw reader.error("a view of a storage, which no PyTorch since 0.4 writes");
      }
      return new Storage(type.get(), key, count);
    }
    throw reader.error("a persistent id that is not ('storage', type, key, device, count)");
  }

  /** The result of calling a function of Python. */
  static Object call(PickleReader reader, Object function, Object arguments)
      throws MalformedFileException {
    if (function instanceof Global global && arguments instanceof List<?> list) {
      String name = global.name();
      if (DICTIONARIES.contains(name) && list.isEmpty()) {
        return new LinkedHashMap<>();
      }
      if (name.equals("torch._utils._rebuild_tensor_v2")
          || name.equals("torch._utils._rebuild_tensor")) {
        return tensor(reader, list);
      }
      if (name.startsWith("torch._utils._rebuild_parameter")
          && !list.isEmpty()
          && list.get(0) instanceof View view) {
        return view;
      }
      if (name.equals("torch.Size") && list.size() == 1 && list.get(0) instanceof List<?> sizes) {
        return new ArrayList<>(sizes);
      }
    }
    throw reader.error(
        "it calls " + PickleReader.shown(function)
            + ", which is not a tensor, a parameter or a dictionary: save model.state_dict() instead of the model");
  }

  private static View tensor(PickleReader reader, List<?> arguments) throws MalformedFileException {
    if (arguments.size() >= 4
        && arguments.get(0) instanceof Storage storage
        && arguments.get(1) instanceof Long offset
        && arguments.get(2) instanceof List<?> sizes
        && arguments.get(3) instanceof List<?> strides
        && sizes.size() == strides.size()) {
      List<Long> shape = integers(reader, sizes);
      List<Long> steps = integers(reader, strides);
      if (offset >= 0 && shape.size() <= 32) {
        return new View(storage, offset, shape, steps);
      }
    }
    throw reader.error("a tensor without a storage, an offset, sizes and strides");
  }

  private static List<Long> integers(PickleReader reader, List<?> values)
      throws MalformedFileException {
    List<Long> integers = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
        throw reader.error("a tensor with the size or stride " + PickleReader.shown(value));
      }
      integers.add(number);
    }
    return integers;
  }
}
