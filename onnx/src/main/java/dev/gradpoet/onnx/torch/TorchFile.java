package dev.gradpoet.onnx.torch;

import dev.gradpoet.onnx.torch.TorchObjects.Storage;
import dev.gradpoet.onnx.wire.MalformedFileException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files of {@code torch.save}: zip archives, and the pickles one after the other that PyTorch wrote before 1.6. */
final class TorchFile {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

  private TorchFile() {}

  static TensorTree readZip(String file, Archive archive, String pickle) throws IOException {
    String folder = pickle.substring(0, pickle.length() - "data.pkl".length());
    if (archive.names().contains(folder + "byteorder")
        && !new String(archive.read(folder + "byteorder").array(), StandardCharsets.US_ASCII)
            .startsWith("little")) {
      throw new MalformedFileException(file, "its values are big-endian, expected little-endian");
    }
    Map<String, ByteBuffer> read = new HashMap<>();
    TensorTree tree = new TensorTree(file, storage -> {
      if (!read.containsKey(storage.key())) {
        read.put(storage.key(), archive.read(folder + "data/" + storage.key()));
      }
      return read.get(storage.key()).duplicate();
    });
    tree.add(new PickleReader(file + ", " + pickle, archive.read(pickle)).read());
    return tree;
  }

  /** The magic number, the protocol and the system, then the object, then the keys of its storages and their values. */
  static TensorTree readLegacy(String file, ByteBuffer bytes) throws IOException {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (!MAGIC.equals(next(file, in))) {
      throw new MalformedFileException(
          file, 0, "a pickle that torch.save did not write: save a dictionary of tensors with it");
    }
    next(file, in);
    next(file, in);
    Object root = next(file, in);
    if (!(next(file, in) instanceof List<?> keys)) {
      throw new MalformedFileException(
          file, in.position(), "no list of storages: the file is damaged");
    }
    Map<String, ByteBuffer> rest = new LinkedHashMap<>();
    int begin = in.position();
    TensorTree tree = new TensorTree(file, storage -> {
      if (rest.isEmpty()) {
        rest.putAll(LegacyStorages.read(file, in, begin, keys, root));
      }
      return LegacyStorages.find(file, rest, storage);
    });
    tree.add(root);
    return tree;
  }

  private static Object next(String file, ByteBuffer in) throws IOException {
    PickleReader reader = new PickleReader(file, in);
    Object value = reader.read();
    in.position(in.position() + reader.end());
    return value;
  }

  /** The storages at the end of a file before 1.6, whose sizes need the types that the tensors name. */
  private static final class LegacyStorages {

    static Map<String, ByteBuffer> read(
        String file, ByteBuffer in, int begin, List<?> keys, Object root) throws IOException {
      Map<String, Integer> widths = new HashMap<>();
      collect(root, widths, Collections.newSetFromMap(new IdentityHashMap<>()));
      Map<String, ByteBuffer> storages = new LinkedHashMap<>();
      int at = begin;
      for (Object key : keys) {
        Integer width = key instanceof String name ? widths.get(name) : null;
        if (width == null) {
          throw new MalformedFileException(file, at, "a storage that no tensor reads");
        }
        if (in.limit() - at < 8) {
          throw new MalformedFileException(file, at, "the end of the file, expected a storage");
        }
        long count = in.getLong(at);
        at += 8;
        if (count < 0 || count > (in.limit() - at) / width) {
          throw new MalformedFileException(
              file,
              at,
              "a storage of " + count + " values, expected at most the " + (in.limit() - at) / width
                  + " that are left");
        }
        storages.put((String) key, in.slice(at, (int) count * width));
        at += (int) count * width;
      }
      return storages;
    }

    /** The bytes of a value of each storage; what is nested or repeated too often, {@link TensorTree} reports. */
    private static void collect(Object value, Map<String, Integer> widths, Set<Object> seen) {
      if (value instanceof TorchObjects.View view) {
        widths.put(view.storage().key(), view.storage().type().bytes());
      } else if (seen.size() < TensorTree.MAX_ENTRIES && seen.add(value)) {
        Collection<?> parts = value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof List<?> list ? list : List.of();
        parts.forEach(part -> collect(part, widths, seen));
      }
    }

    static ByteBuffer find(String file, Map<String, ByteBuffer> storages, Storage storage)
        throws IOException {
      ByteBuffer found = storages.get(storage.key());
      if (found == null) {
        throw new MalformedFileException(file, "it has no storage " + storage.key());
      }
      return found.duplicate();
    }
  }
}
