package dev.gradpoet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Tensors in files of the format <a href="https://github.com/huggingface/safetensors#format">safetensors</a>: eight bytes with the length of a header
 * (little-endian), the header in JSON with type, shape and place of each tensor by name, and the values, row-major and little-endian.
 *
 * <p>Files are written in the bytes of Hugging Face's own writer: {@code FLOAT32} as {@code F32}, {@code FLOAT64} as {@code F64}, {@code INT64} as {@code
 * I64}. What its reader accepts is read, unless a name stands twice, which the format forbids. Types that have no dtype here are widened where each of their
 * values stays exact: {@code F16} and {@code BF16} to {@code FLOAT32}; {@code BOOL}, {@code U8}, {@code I8}, {@code I16}, {@code U16}, {@code I32} and {@code
 * U32} to {@code INT64}. A tensor of any other type ({@code F8_E4M3}, {@code U64}, {@code C64}, ...), or of more values than an array can have, is an error
 * when it is asked for, and is passed over otherwise.
 *
 * <p>An object of this class is what was read of one file. It does not change, unless someone writes to its tensors. The errors name the file in less than
 * 300 characters.
 */
public final class Safetensors {

  /** The metadata with which {@link Model#save(Path, Map, Map)} says what is no parameter: a JSON list of names. */
  private static final String EXTRAS = "gradpoet.extras";

  private final String source;
  private final List<SafetensorsEntry> entries;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;
  private final Set<String> extras;

  private Safetensors(String source, SafetensorsHeader header, Map<String, Tensor> tensors) {
    this.source = source;
    this.entries = header.tensors();
    this.tensors = Collections.unmodifiableMap(tensors);
    this.extras = extras(header.metadata());
    Map<String, String> ofUser = new LinkedHashMap<>(header.metadata());
    ofUser.remove(EXTRAS);
    this.metadata = Collections.unmodifiableMap(ofUser);
  }

  /**
   * Writes tensors, as {@link #save(Path, Map, Map)} without metadata.
   *
   * @throws IOException if the file cannot be written; what was there before is still there then
   */
  public static void save(Path path, Map<String, Tensor> tensors) throws IOException {
    save(path, tensors, Map.of());
  }

  /**
   * Writes tensors and metadata. The file is complete or not there: it is written beside its place, forced to the disk, and then moved over what was there
   * before, of which it keeps the mode. A symbolic link stays; the file that it names is written.
   *
   * @param path the file, in a directory that exists
   * @param tensors by name
   * @param metadata texts by name, such as {@code format} and {@code pt}; none if empty
   * @throws IOException if the file cannot be written; what was there before is still there then
   * @throws IllegalArgumentException if a tensor is named {@code __metadata__}, or a text has half of a surrogate pair
   * @throws NullPointerException if an argument, or something in it, is null
   */
  public static void save(Path path, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    save(path, tensors, Map.of(), metadata);
  }

  /**
   * Writes the parameters of a network with what belongs to it, as {@link Model#save(Path, Map, Map)} does, which generated code implements with this.
   *
   * @param extras tensors that are no parameters, by other names
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
    Map<String, String> texts =
        new LinkedHashMap<>(Objects.requireNonNull(metadata, "metadata is null"));
    Objects.requireNonNull(extras, "extras is null").forEach((name, tensor) -> {
      Objects.requireNonNull(name, "an extra tensor's name is null");
      if (tensors.containsKey(name)) {
        throw new IllegalArgumentException("an extra tensor is named " + Excerpt.name(name)
            + " as a parameter is: give it another name");
      }
      tensors.put(name, tensor);
    });
    if (texts.containsKey(EXTRAS)) {
      throw new IllegalArgumentException(
          "metadata has the name " + EXTRAS + ", which is kept for save itself: take another");
    }
    if (!extras.isEmpty()) {
      texts.put(EXTRAS, names(extras.keySet()));
    }
    new SafetensorsWriter(tensors, texts).write(path);
  }

  /** In order, so that the same network gives the same bytes. */
  private static String names(Set<String> names) {
    StringBuilder list = new StringBuilder("[");
    for (String name : new TreeSet<>(names)) {
      Json.quote(list.append(list.length() > 1 ? "," : ""), name);
    }
    return list.append(']').toString();
  }

  /** The names in metadata that {@link #save} wrote; none of what somebody else wrote there. */
  private static Set<String> extras(Map<String, String> metadata) {
    try {
      return new LinkedHashSet<>(new Json(metadata.getOrDefault(EXTRAS, "[]")).strings());
    } catch (IOException e) {
      return Set.of();
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is not a file of this format: the text says what is wrong
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
   * Reads a stream to its end, such as one of {@code Class.getResourceAsStream}. It is not closed.
   *
   * @throws IOException as {@link #read(Path)}
   * @throws NullPointerException if {@code stream} is null, as that of a resource is which does not exist
   */
  public static Safetensors read(InputStream stream) throws IOException {
    Objects.requireNonNull(
        stream, "stream is null: of a resource it is so if there is none of the name");
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
    String name = "the array of bytes";
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
   * Reads a file into tensors that are there: all of them, or, if anything does not fit, none. Names, shapes and types are compared before any value is
   * read; see {@link Model#load(Path, Map, LoadOption...)}, which generated code implements with this.
   *
   * @param path the file
   * @param tensors what is written to, by name
   * @param names the name here for a name in the file, where they differ
   * @return what was read: these tensors as they are in the file, the extra ones of {@link Model#save(Path, Map, Map)}, and the metadata
   * @throws IOException if the file cannot be read, is not of this format, or a name, shape or type does not fit: the text says which
   * @throws NullPointerException if an argument is null
   */
  public static Safetensors load(
      Path path, Map<String, Tensor> tensors, Map<String, String> names, LoadOption... options)
      throws IOException {
    Objects.requireNonNull(path, "path is null");
    requireArguments(tensors, names, options);
    String name = Excerpt.path(path);
    try (SafetensorsSource file = SafetensorsSource.of(path)) {
      SafetensorsHeader header = SafetensorsHeader.read(file);
      Set<String> extras = extras(header.metadata());
      Map<String, Tensor> targets =
          targets(name, header.tensors(), extras, tensors, names, options);
      Map<String, Tensor> found = header.tensors(
          file, entry -> targets.containsKey(entry.name()) || extras.contains(entry.name()));
      targets.forEach((each, tensor) -> tensor.copyFrom(found.get(each)));
      return new Safetensors(name, header, found);
    } catch (IOException e) {
      throw FileErrors.named(path, e, "it cannot be read");
    }
  }

  /**
   * Copies what was read into tensors that are there, as {@link #load(Path, Map, Map, LoadOption...)} does.
   *
   * @param tensors what is written to, by name
   * @param names the name here for a name in the file, where they differ
   * @throws IOException if a name, shape or type does not fit; nothing has changed then
   * @throws IllegalArgumentException if a tensor is wanted that was ignored when the file was loaded; nothing has changed then
   * @throws NullPointerException if an argument is null
   */
  public void copyTo(Map<String, Tensor> tensors, Map<String, String> names, LoadOption... options)
      throws IOException {
    requireArguments(tensors, names, options);
    Map<String, Tensor> targets;
    try {
      targets = targets(source, entries, extras, tensors, names, options);
    } catch (IOException e) {
      throw FileErrors.named(source, e);
    }
    // All are there before the first is written to.
    Map<Tensor, Tensor> sources = new IdentityHashMap<>();
    targets.forEach((each, tensor) -> sources.put(tensor, tensor(each)));
    sources.forEach(Tensor::copyFrom);
  }

  private static void requireArguments(
      Map<String, Tensor> tensors, Map<String, String> names, LoadOption... options) {
    Objects.requireNonNull(tensors, "tensors is null");
    tensors.forEach((name, tensor) -> {
      Objects.requireNonNull(name, "a tensor's name is null");
      Objects.requireNonNull(tensor, () -> "the tensor " + Excerpt.name(name) + " is null");
    });
    Objects.requireNonNull(names, "names is null: pass Map.of() where none differ");
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
      Map<String, Tensor> tensors,
      Map<String, String> names,
      LoadOption... options)
      throws IOException {
    Predicate<String> ignored =
        List.of(options).contains(LoadOption.IGNORE_UNKNOWN) ? name -> true : extras::contains;
    int room = Excerpt.LONGEST_MESSAGE - source.length() - 2;
    return new SafetensorsMatch(entries, tensors, room).targets(names, ignored);
  }

  /**
   * The tensors by name, in the order of the file, in a map that cannot be changed: those of types that can be read.
   *
   * <p>After {@link Model#load(Path, LoadOption...)} these are copies of the parameters and the {@link #extras}; what {@link LoadOption#IGNORE_UNKNOWN} ignored
   * is not among them.
   */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * Those of the {@link #tensors} that {@link Model#save(Path, Map, Map)} got as extra ones, in a map that cannot be changed: what to pass when the network
   * is saved again.
   */
  public Map<String, Tensor> extras() {
    Map<String, Tensor> some = new LinkedHashMap<>(tensors);
    some.keySet().retainAll(extras);
    return Collections.unmodifiableMap(some);
  }

  /** The texts that are kept with the tensors, by name, in a map that cannot be changed. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if there is none of the name, or it cannot be read: the text says why
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
                ? ", which no tensor here can hold: convert it first"
                : ", and was ignored: use Safetensors.read"))
        .findFirst()
        .orElseGet(() -> "there is no tensor " + Excerpt.name(name) + ", but "
            + Excerpt.names(tensors.keySet(), 90));
    throw new IllegalArgumentException(Excerpt.message(source + ": " + why));
  }

  /** The file, its metadata, and the names of its tensors. */
  @Override
  public String toString() {
    return "Safetensors of " + source + ": " + Excerpt.names(tensors.keySet(), 120);
  }
}
