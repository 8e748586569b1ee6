package dev.gradpoet.runtime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises, by their first bytes, other files that are often passed as safetensors files, so that the message can explain what to do. */
final class ForeignFile {

  private static final String CONVERT =
      "in Python, safetensors.torch.save_file(model.state_dict(), path) writes such a file";

  /** A kind of file and its first bytes. */
  private record Kind(String begin, String text) {}

  private static final List<Kind> KINDS = List.of(
      new Kind("PK\u0003\u0004", "a ZIP archive, as torch.save and numpy.savez write: " + CONVERT),
      new Kind("PK\u0005\u0006", "an empty ZIP archive"),
      new Kind("\u0080\u0002", "a pickle, as torch.save wrote before 1.6: " + CONVERT),
      new Kind("\u0080\u0003", "a pickle: " + CONVERT),
      new Kind("\u0080\u0004", "a pickle: " + CONVERT),
      new Kind("\u0080\u0005", "a pickle: " + CONVERT),
      new Kind("\u001f\u008b", "compressed with gzip: decompress it, or pass a GZIPInputStream"),
      new Kind("BZh", "compressed with bzip2: decompress it"),
      new Kind("\u00fd7zXZ", "compressed with xz: decompress it"),
      new Kind("\u0028\u00b5\u002f\u00fd", "compressed with zstd: decompress it"),
      new Kind("version ", "a Git LFS pointer instead of the file: run git lfs pull"),
      new Kind("<", "an HTML or XML page, perhaps from a failed download: open it to check"),
      new Kind("{", "JSON without the 8-byte header length, perhaps the index of a sharded model"),
      new Kind("\u0089HDF", "an HDF5 file, as Keras writes: " + CONVERT),
      new Kind(
          "\u0093NUMPY", "a NumPy array: safetensors.numpy.save_file writes a safetensors file"),
      new Kind("GGUF", "a GGUF file, as llama.cpp reads"));

  private ForeignFile() {}

  /** The kind of a file with this beginning and how to convert it, if known. */
  static Optional<String> describe(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    // HTML pages may begin with white space; files of the other kinds never do.
    String trimmed = text.stripLeading().toLowerCase(Locale.ROOT);
    return KINDS.stream()
        .filter(kind -> text.startsWith(kind.begin())
            || trimmed.startsWith(kind.begin()) && kind.begin().equals("<"))
        .map(Kind::text)
        .findFirst();
  }
}
