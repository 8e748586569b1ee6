package dev.gradpoet.onnx.torch;

import dev.gradpoet.onnx.wire.MalformedFileException;
import dev.gradpoet.onnx.wire.Shown;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Heap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a file of PyTorch or NumPy.
 *
 * @param tensors by name
 * @param left what is no tensor, in words
 */
public record WeightsFile(Map<String, Tensor> tensors, List<String> left) {

  /**
   * Reads a file, whose kind its content tells.
   *
   * @throws IOException if it cannot be read, is damaged, or needs more than data
   */
  public static WeightsFile read(Path path) throws IOException {
    String file = path.toString();
    if (!Files.exists(path)) {
      throw new NoSuchFileException(file, null, "there is no such file");
    }
    if (!Files.isRegularFile(path)) {
      throw new MalformedFileException(
          file, "it is not a file, expected one of torch.save or NumPy");
    }
    byte[] begin = new byte[2];
    try (var in = Files.newInputStream(path)) {
      in.readNBytes(begin, 0, 2);
    }
    if (begin[0] == 'P' && begin[1] == 'K') {
      try (Archive archive = Archive.open(path)) {
        return readZip(file, archive);
      }
    }
    if ((begin[0] & 0xff) == 0x80) {
      Optional<String> problem = Heap.problem("the file", Files.size(path));
      if (problem.isPresent() || Files.size(path) > Heap.LONGEST) {
        throw new MalformedFileException(file, problem.orElse("it is too large"));
      }
      return of(TorchFile.readLegacy(file, ByteBuffer.wrap(Files.readAllBytes(path))));
    }
    throw new MalformedFileException(
        file,
        0,
        "neither a zip archive nor a pickle, expected a file of torch.save (.pt, .pth) or NumPy (.npz)");
  }

  private static WeightsFile of(TensorTree tree) {
    return new WeightsFile(tree.tensors(), tree.left());
  }

  private static WeightsFile readZip(String file, Archive archive) throws IOException {
    Optional<String> pickle = archive.names().stream()
        .filter(name -> name.equals("data.pkl") || name.matches("[^/]+/data\\.pkl"))
        .findFirst();
    if (pickle.isPresent()) {
      return of(TorchFile.readZip(file, archive, pickle.get()));
    }
    List<String> arrays =
        archive.names().stream().filter(name -> name.endsWith(".npy")).toList();
    if (arrays.isEmpty()) {
      throw new MalformedFileException(
          file, "a zip archive without data.pkl or .npy, expected a file of torch.save or NumPy");
    }
    Map<String, ByteBuffer> values = new HashMap<>();
    TensorTree tree = new TensorTree(file, storage -> values.get(storage.key()).duplicate());
    Map<String, Object> views = new LinkedHashMap<>();
    for (String name : arrays) {
      NumpyArray array = NumpyArray.read(file + ", " + Shown.text(name), archive.read(name));
      values.put(array.view().storage().key(), array.values());
      views.put(name.substring(0, name.length() - ".npy".length()), array.view());
    }
    tree.add(views);
    return of(tree);
  }
}
