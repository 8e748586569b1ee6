package dev.gradpoet.runtime;

import dev.gradpoet.runtime.files.Excerpt;
import dev.gradpoet.runtime.files.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tensors in files of the format <a href="https://github.com/huggingface/safetensors#format">safetensors</a>: eight bytes with the length of a header
 * (little-endian), the header in JSON with type, shape and place of each tensor by name, and the values, row-major and little-endian.
 *
 * <p>Files are byte-for-byte those of Hugging Face's writer: {@code FLOAT32} as {@code F32}, {@code FLOAT64} as {@code F64}, {@code INT64} as {@code
 * I64}. Every file that its reader accepts can be read, except one with a duplicate name, which the format forbids. Types without a {@code DType} are widened if
 * all their values stay exact: {@code F16} and {@code BF16} to {@code FLOAT32}; {@code BOOL}, {@code U8}, {@code I8}, {@code I16}, {@code U16}, {@code I32} and {@code
 * U32} to {@code INT64}. A tensor of any other type ({@code F8_E4M3}, {@code U64}, {@code C64}, ...), or with more values than an array can hold, is an error
 * when it is requested, and is skipped otherwise.
 *
 * <p>An instance holds the contents of one file. It is immutable, except that its tensors can be written to. Error messages name the file and are shorter than
 * 300 characters.
 */
public final class Safetensors {

  private final String source;
  private final List<SafetensorsEntry> entries;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;
  private final Set<String> extras;

  private Safetensors(String source, SafetensorsHeader header, Map<String, Tensor> tensors) {
    this.source = source;
    this.entries = header.tensors();
    this.tensors = Collections.unmodifiableMap(tensors);
    this.extras = ExtrasEntry.read(header.metadata());
    this.metadata = Collections.unmodifiableMap(ExtrasEntry.removed(header.metadata()));
  }

  /**
   * Writes tensors, as {@link #save(Path, Map, Map)} without metadata.
   *
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   */
  public static void save(Path path, Map<String, Tensor> tensors) throws IOException {
    save(path, tensors, Map.of());
  }

  /**
   * Writes tensors and metadata. The write is atomic: a temporary file in the same directory is written, forced to disk, and then renamed over an existing file,
   * whose permissions it keeps. A symbolic link is followed: its target is replaced.
   *
   * @param path the file, in a directory that exists
   * @param tensors by name
   * @param metadata strings by name, such as {@code format} and {@code pt}; may be empty
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   * @throws IllegalArgumentException if a tensor is named {@code __metadata__}, or a string contains an unpaired surrogate
   * @throws NullPointerException if an argument, or one of its keys or values, is null
   */
  public static void save(Path path, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    save(path, tensors, Map.of(), metadata);
  }

  /**
   * Writes the parameters of a network together with additional tensors and metadata.
   *
   * @param extras additional tensors by name; no name may be that of a parameter
   * @throws IllegalArgumentException as {@link #save(Path, Map, Map)}, or if an extra tensor has the name of a parameter
   */
  public static void save(
      Path path,
      Map<String, Tensor> parameters,
      Map<String, Tensor> extras,
      Map<String, String> metadata)
      throws IOException {
    Objects.requireNonNull(path, "path is null");
    Map<String, Tensor> tensors =
        new LinkedHashMap<>(Objects.requireNonNull(parameters, "tensors is null"));
    Objects.requireNonNull(metadata, "metadata is null");
    Objects.requireNonNull(extras, "extras is null").forEach((name, tensor) -> {
      Objects.requireNonNull(name, "an extra tensor's name is null");
      if (tensors.containsKey(name)) {
        throw new IllegalArgumentException("an extra tensor is named " + Excerpt.name(name)
            + " like a parameter: give it a different name");
      }
      tensors.put(name, tensor);
    });
    new SafetensorsWriter(tensors, ExtrasEntry.added(metadata, extras.keySet())).write(path);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if the file cannot be read or is not a valid safetensors file; the message gives the reason
   * @throws NullPointerException if {@code path} is null
   */
  public static Safetensors read(Path path) throws IOException {
    Objects.requireNonNull(path, "path is null");
    try (SafetensorsSource file = SafetensorsSource.of(path)) {
      return read(Excerpt.path(path), file);
    } catch (IOException e) {
      throw FileErrors.named(path, e, "it cannot be read");
    }
  }

  /**
   * Reads a stream to its end, such as the result of {@code Class.getResourceAsStream}, but does not close it.
   *
   * @throws IOException as {@link #read(Path)}
   * @throws NullPointerException if {@code stream} is null; {@code getResourceAsStream} returns null if the resource does not exist
   */
  public static Safetensors read(InputStream stream) throws IOException {
    Objects.requireNonNull(
        stream, "stream is null: getResourceAsStream returns null if the resource does not exist");
    String name = "the stream";
    try {
      return read(name, SafetensorsSource.of(stream));
    } catch (IOException e) {
      throw FileErrors.named(name, e);
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws IOException as {@link #read(Path)}
   * @throws NullPointerException if {@code bytes} is null
   */
  public static Safetensors read(byte[] bytes) throws IOException {
    Objects.requireNonNull(bytes, "bytes is null");
    String name = "the byte array";
    try {
      return read(name, SafetensorsSource.of(bytes));
    } catch (IOException e) {
      throw FileErrors.named(name, e);
    }
  }

  private static Safetensors read(String name, SafetensorsSource source) throws IOException {
    SafetensorsHeader header = SafetensorsHeader.read(source);
    return new Safetensors(name, header, header.tensors(source, entry -> true));
  }

  /**
   * Reads all tensors of a file: {@code read(path).tensors()}.
   *
   * @throws IOException as {@link #read(Path)}
   */
  public static Map<String, Tensor> load(Path path) throws IOException {
    return read(path).tensors();
  }

  /**
   * Reads a file into existing tensors: either all of them or, if anything does not match, none. Names, shapes and types are compared before any value is
   * read.
   *
   * @param path the file
   * @param tensors the tensors to write to, by name
   * @param names maps names in the file to names in {@code tensors}, where they differ
   * @return the contents of the file: copies of these tensors, the extra tensors of {@link Model#save(Path, Map, Map)}, and the metadata
   * @throws IOException if the file cannot be read, is not of this format, or a name, shape or type does not match; the message says which
   * @throws NullPointerException if an argument is null
   */
  public static Safetensors load(
      Path path, Map<String, Tensor> tensors, Map<String, String> names, LoadOption... options)
      throws IOException {
    return read(path, ModelTensors.required(tensors), names, options);
  }

  /** Reads a file into existing tensors, some of which it may lack. */
  static Safetensors read(
      Path path, ModelTensors tensors, Map<String, String> names, LoadOption... options)
      throws IOException {
    Objects.requireNonNull(path, "path is null");
    requireArguments(tensors.all(), names, options);
    String name = Excerpt.path(path);
    try (SafetensorsSource file = SafetensorsSource.of(path)) {
      SafetensorsHeader header = SafetensorsHeader.read(file);
      Set<String> extras = ExtrasEntry.read(header.metadata());
      Map<String, Tensor> targets =
          targets(name, header.tensors(), extras, tensors, names, options);
      Map<String, Tensor> found = header.tensors(
          file, entry -> targets.containsKey(entry.name()) || extras.contains(entry.name()));
      targets.forEach((each, tensor) -> tensor.copyFrom(found.get(each)));
      tensors.zeroCountsBut(targets.values());
      return new Safetensors(name, header, found);
    } catch (IOException e) {
      throw FileErrors.named(path, e, "it cannot be read");
    }
  }

  /**
   * Copies the contents of this file into existing tensors, as {@link #load(Path, Map, Map, LoadOption...)} does.
   *
   * @param tensors the tensors to write to, by name
   * @param names maps names in the file to names in {@code tensors}, where they differ
   * @throws IOException if a name, shape or type does not match; the tensors are then unchanged
   * @throws IllegalArgumentException if a requested tensor was ignored when the file was loaded; the tensors are then unchanged
   * @throws NullPointerException if an argument is null
   */
  public void copyTo(Map<String, Tensor> tensors, Map<String, String> names, LoadOption... options)
      throws IOException {
    copy(ModelTensors.required(tensors), names, options);
  }

  /** Copies the contents of this file into existing tensors, some of which it may lack. */
  void copy(ModelTensors tensors, Map<String, String> names, LoadOption... options)
      throws IOException {
    requireArguments(tensors.all(), names, options);
    Map<String, Tensor> targets;
    try {
      targets = targets(source, entries, extras, tensors, names, options);
    } catch (IOException e) {
      throw FileErrors.named(source, e);
    }
    // All are found before the first is written to.
    Map<Tensor, Tensor> sources = new IdentityHashMap<>();
    targets.forEach((each, tensor) -> sources.put(tensor, tensor(each)));
    sources.forEach(Tensor::copyFrom);
    tensors.zeroCountsBut(targets.values());
  }

  private static void requireArguments(
      Map<String, Tensor> tensors, Map<String, String> names, LoadOption... options) {
    Objects.requireNonNull(tensors, "tensors is null");
    tensors.forEach((name, tensor) -> {
      Objects.requireNonNull(name, "a tensor's name is null");
      Objects.requireNonNull(tensor, () -> "the tensor " + Excerpt.name(name) + " is null");
    });
    Objects.requireNonNull(names, "names is null: pass Map.of() if no name differs");
    names.forEach((name, here) -> {
      Objects.requireNonNull(name, "a name in names is null");
      Objects.requireNonNull(here, () -> "the name for " + Excerpt.name(name) + " is null");
    });
    for (LoadOption option : Objects.requireNonNull(options, "options is null")) {
      Objects.requireNonNull(option, "an option is null");
    }
  }

  private static Map<String, Tensor> targets(
      String source,
      List<SafetensorsEntry> entries,
      Set<String> extras,
      ModelTensors tensors,
      Map<String, String> names,
      LoadOption... options)
      throws IOException {
    Predicate<String> ignored =
        List.of(options).contains(LoadOption.IGNORE_UNKNOWN) ? name -> true : extras::contains;
    int room = Excerpt.LONGEST_MESSAGE - source.length() - 2;
    return new SafetensorsMatch(entries, tensors, room).targets(names, ignored);
  }

  /**
   * The tensors by name, in the order of the file, as an unmodifiable map. Tensors of types that cannot be read are left out.
   *
   * <p>After {@link Model#load(Path, LoadOption...)} these are copies of the parameters and the {@link #extras}, without the tensors that {@link LoadOption#IGNORE_UNKNOWN}
   * ignored.
   */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * The {@link #tensors} that were passed as extras to {@link Model#save(Path, Map, Map)}, as an unmodifiable map. Pass it when the network
   * is saved again.
   */
  public Map<String, Tensor> extras() {
    Map<String, Tensor> some = new LinkedHashMap<>(tensors);
    some.keySet().retainAll(extras);
    return Collections.unmodifiableMap(some);
  }

  /** The metadata strings by name, as an unmodifiable map. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if there is no tensor of this name, or it cannot be read; the message gives the reason
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(Objects.requireNonNull(name, "name is null"));
    if (tensor != null) {
      return tensor;
    }
    String why = entries.stream()
        .filter(entry -> entry.name().equals(name))
        .map(entry -> Excerpt.name(name) + " is " + entry.describe()
            + (entry.dtype().isEmpty()
                ? ", which no Tensor can hold: convert it first"
                : ", and was ignored: use Safetensors.read"))
        .findFirst()
        .orElseGet(() -> "there is no tensor " + Excerpt.name(name) + ", expected one of "
            + Excerpt.names(tensors.keySet(), 90));
    throw new IllegalArgumentException(Excerpt.message(source + ": " + why));
  }

  /** The file, its metadata, and the names of its tensors. */
  @Override
  public String toString() {
    return "Safetensors of " + source + ": " + Excerpt.names(tensors.keySet(), 120);
  }
}
